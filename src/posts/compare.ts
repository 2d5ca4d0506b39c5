import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { draftOf, isReachable, type LeadDraft, savedDetails } from '../intake/draft.ts';
import { line } from '../slack/kit.ts';

/** The parts of a draft, as sentences name them. Of the long ones only that they changed is said. */
const parts = {
  name: 'name',
  email: 'mail',
  phone: 'phone',
  account: 'company',
  title: 'job title',
  source: 'source',
  form: 'form',
  page: 'page',
  campaign: 'campaign',
  message: 'the message',
  details: 'the other answers',
} as const;
type Part = keyof typeof parts;
const long: ReadonlySet<Part> = new Set(['message', 'details']);

export const draftChange = z.object({
  part: z.enum(Object.keys(parts) as [Part, ...Part[]]),
  /** Null where there was nothing, or is nothing any more; long texts are left out. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type DraftChange = z.infer<typeof draftChange>;

/** The lead's own words as a draft, to compare a reading with. */
export function draftOfLead(lead: LeadRow): LeadDraft {
  const { name, email, phone, account, title, source, form, page, campaign, message } = lead;
  return draftOf({
    name,
    email,
    phone,
    account,
    title,
    source,
    form,
    page,
    campaign,
    message,
    details: savedDetails(lead),
  });
}

/** What a reading says, with another's words where it says nothing. */
export function withGapsFilled(draft: LeadDraft, from: LeadDraft): LeadDraft {
  const filled = { ...from };
  for (const part of Object.keys(parts) as Part[]) {
    const isEmpty = part === 'details' ? draft.details.length === 0 : draft[part] === null;
    if (!isEmpty) Object.assign(filled, { [part]: draft[part] });
  }
  return filled;
}

/**
 * What an edit has changed, as far as the lead does not say so already. What the post no longer says is taken away
 * only where the lead still says the same, and never the last way to reach the person.
 */
export function changesBetween(was: LeadDraft, is: LeadDraft, lead: LeadDraft): Part[] {
  const changed = (Object.keys(parts) as Part[]).filter((part) => {
    if (same(was[part], is[part]) || same(lead[part], is[part])) return false;
    const isGone = is[part] === null;
    return !isGone || (part !== 'source' && same(lead[part], was[part]));
  });
  const after = { ...lead, ...pick(is, changed) };
  return isReachable(after) ? changed : changed.filter((part) => is[part] !== null);
}

/** These parts of a draft. */
export function pick(draft: LeadDraft, chosen: readonly Part[]): Partial<LeadDraft> {
  return Object.fromEntries(chosen.map((part) => [part, draft[part]]));
}

/** For telling: each part that changed, from what the lead said. */
export function changesOf(lead: LeadDraft, is: LeadDraft, changed: readonly Part[]): DraftChange[] {
  const text = (draft: LeadDraft, part: Part): string | null =>
    part === 'details' || part === 'message' ? null : draft[part];
  return changed.map((part) => ({ part, from: text(lead, part), to: text(is, part) }));
}

/** `mail ada@old.example → ada@new.example, company is now Analytical Engines`, escaped. */
export function changesText(changes: readonly DraftChange[]): string {
  return changes
    .map(({ part, from, to }) => {
      if (long.has(part)) return parts[part];
      if (to === null) return `${parts[part]} ${line(from ?? '', 100)} removed`;
      if (from === null) return `${parts[part]} is now ${line(to, 100)}`;
      return `${parts[part]} ${line(from, 100)} → ${line(to, 100)}`;
    })
    .join(', ');
}

/** `another phone: +49 30 1. I kept +49 30 2.`, escaped: what a later post says and the lead does not take over. */
export function keptText(changes: readonly DraftChange[]): string {
  const named = changes.map(({ part, to }) =>
    long.has(part) || to === null
      ? `another text: ${parts[part]}`
      : `another ${parts[part]}: ${line(to, 100)}`,
  );
  const own = changes.flatMap(({ part, from }) => (long.has(part) || from === null ? [] : [line(from, 100)]));
  return `${named.join(', ')}. I kept ${own.length < changes.length ? 'what was here' : own.join(', ')}.`;
}

function same(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
