import { emailsIn } from './email.ts';
import { readPhone } from './phone.ts';

/** What was made of a field, or a plain sentence that says how to fill it in. */
type TypedField = { value: string } | { complaint: string };

export const contactNeeded = 'Give a mail address or a phone number: without one, nobody can reach them.';

/** A mail address as somebody types or pastes it: mail programs put a name around it. */
export function readTypedEmail(text: string): TypedField {
  const [email, ...others] = emailsIn(text);
  if (email === undefined)
    return { complaint: 'This is no mail address. Write it like ada@analytical.example.' };
  if (others.length > 0)
    return { complaint: 'These are several addresses. Keep one here; the others fit into the last field.' };
  return { value: email };
}

/** @param country ISO country of numbers that name none */
export function readTypedPhone(text: string, country?: string): TypedField {
  const phone = readPhone(text, country);
  if (phone === null)
    return { complaint: 'This is no phone number. Write it with its country code, like +49 30 901820.' };
  return { value: phone };
}
