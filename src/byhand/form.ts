import { z } from 'zod';
import { draftOf, type LeadDraft } from '../intake/draft.ts';
import { emailsIn } from '../intake/email.ts';
import { readPhone } from '../intake/phone.ts';
import type { FieldErrors, Submission } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';

/** The most that a field takes: of what is typed, and of what is filled in from a message. */
export const longest = { line: 150, message: 2900 } as const;

/** Slack gives 3,000 characters for what an open form remembers; this is for what was read. */
const mostRead = 2500;

const detail = z.object({ label: z.string(), value: z.string() });

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
export function defaultSource(memory: Pick<FormMemory, 'origin'>): string {
  return memory.origin === undefined ? 'Added by hand' : 'Message in Slack';
}

/** Reads the form; every field that can't be used gets a sentence of its own. */
export function readForm(
  form: Submission,
  memory: Pick<FormMemory, 'origin' | 'read'>,
): { draft: LeadDraft; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const text = (field: string): string | null => textValue(form, field) || null;
  const [typedEmail, typedPhone] = [text('email'), text('phone')];
  const addresses = emailsIn(typedEmail ?? '');
  const phone = typedPhone === null ? null : readPhone(typedPhone);
  if (typedEmail === null && typedPhone === null) {
    errors['email'] = 'Give a mail address or a phone number: without one, nobody can reach them.';
  }
  if (typedEmail !== null && addresses.length === 0) {
    errors['email'] = 'This is no mail address. Write it like ada@analytical.example.';
  }
  if (addresses.length > 1) {
    errors['email'] = 'These are several addresses. Keep one here; the others fit into the last field.';
  }
  if (typedPhone !== null && phone === null) {
    errors['phone'] = 'This is no phone number. Write it with its country code, like +49 30 901820.';
  }
  const draft = draftOf({
    ...memory.read,
    name: text('name'),
    email: addresses[0] ?? null,
    phone,
    account: text('account'),
    title: text('title'),
    source: text('source') ?? defaultSource(memory),
    message: text('message'),
  });
  return { draft, errors };
}
