import { draftOf, type LeadDraft } from '../intake/draft.ts';
import { emailsIn } from '../intake/email.ts';
import { phoneInProse, readPhone } from '../intake/phone.ts';
import { withoutEmphasis } from '../posts/label-line.ts';
import { postUnits, type SlackPost } from '../posts/post-text.ts';
import { isFullName, nameInHeading, readProse } from '../posts/prose.ts';
import { readPost } from '../posts/read-post.ts';

/**
 * What a message says about the person somebody wants to track: read as a lead's post, and failing that any mail
 * address, number and name in it. A person looks at it before it counts, so more is guessed than `readPost` dares to.
 */
export function prefillFrom(message: SlackPost): Partial<LeadDraft> {
  const read = readPost(message);
  if (read !== null) return read;
  const lines = postUnits(message)
    .flatMap(({ label, lines: [first = '', ...rest] }) => [
      label === undefined ? first : `${label}: ${first}`,
      ...rest,
    ])
    .map((line) => withoutEmphasis(line).trim())
    .filter((line) => line !== '');
  const withMail = lines.find((line) => emailsIn(line).length > 0) ?? '';
  const [email = null] = emailsIn(withMail);
  const said = email === null ? null : readProse(withMail, email);
  const number = lines.map(phoneInProse).find((phone) => phone !== null) ?? null;
  return draftOf({
    name: said?.name ?? nameIn(lines),
    email,
    phone: number === null ? null : readPhone(number),
    account: said?.account ?? null,
    message: lines.join('\n') || null,
  });
}

function nameIn(lines: readonly string[]): string | null {
  const heading = lines.map(nameInHeading).find((name) => name !== null);
  return heading ?? lines.find((line) => line.length <= 80 && isFullName(line)) ?? null;
}
