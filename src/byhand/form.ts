import { z } from 'zod';
import { detail, draftOf, type LeadDraft } from '../intake/draft.ts';
import { contactNeeded, readTypedEmail, readTypedPhone } from '../intake/typed-contact.ts';
import type { FieldErrors, Submission } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';

/** The most that a field takes: of what is typed, and of what is filled in from a message. */
export const longest = { line: 150, message: 2900 } as const;

/** Slack gives 3,000 characters for what an open form remembers; this is for what was read. */
const mostRead = 2500;

/** What an open form remembers. */
export const formMemory = z.object({
  /** The arrival's key: the same form sent twice, or the same message tracked twice, is one lead. */
  key: z.string(),
  /** The team the lead is for; missing where the form asks. */
  teamId: z.number().optional(),
  /** Where the form was opened. */
  channelId: z.string().optional(),
  origin: z.object({ channelId: z.string(), ts: z.string() }).optional(),
  /** Read from the message, and not asked for. */
  read: z.object({
    form: z.string().nullable(),
    page: z.string().nullable(),
    campaign: z.string().nullable(),
    details: z.array(detail),
  }),
});

export type FormMemory = z.infer<typeof formMemory>;

/** What of a message's reading a form remembers: as many answers as fit. */
export function remembered(draft: Partial<LeadDraft>): FormMemory['read'] {
  const { form, page, campaign, details } = draftOf(draft);
  const origin = { form, page, campaign };
  let left = mostRead - JSON.stringify(origin).length;
  return {
    ...origin,
    details: details.filter((entry) => (left -= JSON.stringify(entry).length) >= 0),
  };
}

/** Where a lead comes from of whom nobody said it. */
function defaultSource(memory: Pick<FormMemory, 'origin'>): string {
  return memory.origin === undefined ? 'Added by hand' : 'Message in Slack';
}

/** Reads the form; every field that can't be used gets a sentence of its own. */
export function readForm(
  form: Submission,
  memory: Pick<FormMemory, 'origin' | 'read'>,
): { draft: LeadDraft; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const text = (field: string): string | null => textValue(form, field) || null;
  const [email, phone] = [text('email'), text('phone')];
  const readEmail = email === null ? null : readTypedEmail(email);
  const readPhone = phone === null ? null : readTypedPhone(phone);
  if (email === null && phone === null) errors['email'] = contactNeeded;
  if (readEmail && 'complaint' in readEmail) errors['email'] = readEmail.complaint;
  if (readPhone && 'complaint' in readPhone) errors['phone'] = readPhone.complaint;
  const draft = draftOf({
    ...memory.read,
    name: text('name'),
    email: readEmail && 'value' in readEmail ? readEmail.value : null,
    phone: readPhone && 'value' in readPhone ? readPhone.value : null,
    account: text('account'),
    title: text('title'),
    source: text('source') ?? defaultSource(memory),
    message: text('message'),
  });
  return { draft, errors };
}
