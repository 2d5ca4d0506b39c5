import type { LeadRow } from '../db/schema.ts';
import { line, when } from '../slack/kit.ts';

type Due = Pick<LeadRow, 'next_attempt_at' | 'snoozed_until' | 'replied_at'>;

/**
 * Until when its rep has put off what comes next, while that lasts and makes a difference; else null. A reply can't be
 * put off: somebody waits.
 */
export function putOffUntil(lead: Due, now: number): number | null {
  const { next_attempt_at: due, snoozed_until: until, replied_at: replied } = lead;
  if (due === null || until === null || replied !== null) return null;
  return until > Math.max(due, now) ? until : null;
}

/** When what comes next is to be done: as planned, or as its rep has put it off; null when nothing is due. */
export function dueAt(lead: Due, now: number): number | null {
  return putOffUntil(lead, now) ?? lead.next_attempt_at;
}

/** Whether it should be done by now. A snooze is a promise: what is put off is not late before it ends. */
export function isLate(lead: Due, now: number): boolean {
  const due = dueAt(lead, now);
  return due !== null && due <= now;
}

type Next = Pick<LeadRow, 'attempts' | 'next_step' | 'step_due_at'>;

/** What comes next, at the beginning of a sentence: `Attempt 3`; for mrkdwn. */
export function nextName(lead: Next): string {
  if (lead.step_due_at !== null) return `Next step (${line(lead.next_step ?? '', 100)})`;
  return lead.attempts === 0 ? 'First touch' : `Attempt ${lead.attempts + 1}`;
}

/** `Attempt 3 is put off until Friday`, for mrkdwn. */
export function putOffText(lead: Next, until: number): string {
  return `${nextName(lead)} is put off until ${when(until)}`;
}
