import type { LeadRow } from '../db/schema.ts';
import { line, when, whenDay } from '../slack/kit.ts';

type Step = Pick<LeadRow, 'step_due_at' | 'next_step_at' | 'next_step_all_day'>;
type Due = Step & Pick<LeadRow, 'next_attempt_at' | 'snoozed_until' | 'replied_at'>;

/** The moment for which a step without a time of day stands; null where that is not what comes next. */
function dayStep({ step_due_at: due, next_step_at: at, next_step_all_day: isAllDay }: Step): number | null {
  return due !== null && isAllDay === 1 ? at : null;
}

/** From when on its rep is asked for what comes next: as it is due; for a step without a time from its morning on. */
export function askedFrom(lead: Step & Pick<LeadRow, 'next_attempt_at'>): number | null {
  const { next_attempt_at: due } = lead;
  return due === null ? null : Math.min(due, dayStep(lead) ?? due);
}

/**
 * Until when its rep has put off what comes next, while that lasts and makes a difference; else null. A reply can't be
 * put off: somebody waits.
 */
export function putOffUntil(lead: Due, now: number): number | null {
  const { snoozed_until: until, replied_at: replied } = lead;
  const asked = askedFrom(lead);
  if (asked === null || until === null || replied !== null) return null;
  return until > Math.max(asked, now) ? until : null;
}

/** When what comes next is to be done: as planned, or as its rep has put it off; null when nothing is due. */
export function dueAt(lead: Due, now: number): number | null {
  const { next_attempt_at: due } = lead;
  return due === null ? null : Math.max(due, putOffUntil(lead, now) ?? due);
}

/** `dueAt` for mrkdwn; a step without a time is due on its day. */
export function whenDue(lead: Due, now: number): string {
  const [due, day] = [dueAt(lead, now), dayStep(lead)];
  if (due === null) return '';
  return day === null || due !== lead.next_attempt_at ? when(due) : whenDay(day);
}

/** Whether it should be done by now. A snooze is a promise: what is put off is not late before it ends. */
export function isLate(lead: Due, now: number): boolean {
  const due = dueAt(lead, now);
  return due !== null && due <= now;
}

/** When its card begins to be wrong by itself: it is no longer put off, or late; null when neither is to come. */
export function redrawAt(lead: Due, now: number): number | null {
  const next = putOffUntil(lead, now) ?? lead.next_attempt_at;
  return next !== null && next > now ? next : null;
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
