import type { LeadRow } from '../db/schema.ts';
import { when } from '../slack/kit.ts';

/** ` First touch by Friday.`: what a lead's new owner has to do by when, behind another sentence; empty for nothing. */
export function dueText(
  { attempts, next_attempt_at: due, replied_at: repliedAt }: LeadRow,
  now: number,
): string {
  if (due === null) return '';
  const isPast = due <= now;
  if (repliedAt !== null) return ` They replied; the answer ${isPast ? 'was' : 'is'} due ${when(due)}.`;
  if (attempts === 0) return isPast ? ` First touch was due ${when(due)}.` : ` First touch by ${when(due)}.`;
  return ` Attempt ${attempts + 1} ${isPast ? 'was' : 'is'} due ${when(due)}.`;
}

/** The same for the lead's thread, which tells of each later attempt in its time. */
export function firstDueText(lead: LeadRow, now: number): string {
  return lead.state === 'owned' ? dueText(lead, now) : '';
}
