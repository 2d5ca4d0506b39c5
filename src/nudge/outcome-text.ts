import type { LeadRow } from '../db/schema.ts';
import { putOffUntil } from '../lead/due.ts';
import { inSentence, user, when } from '../slack/kit.ts';
import { stepOf, stepWhen } from '../touch/agreed-step.ts';
import { attemptName } from '../touch/blocks.ts';
import { type NudgeData, nudgeFor, nudgeKey } from '../touch/nudge-slot.ts';

/** What became of something that somebody was asked for; mrkdwn without anything from outside. */
export interface OutcomeText {
  /** `Third attempt`, `Reply`, `Next step`. */
  what: string;
  /** A sentence behind the colon. */
  result: string;
  emoji: string;
  /** Whether it waits for the end of a snooze, which can be taken back. */
  isPutOff: boolean;
}

/** @param movedTo who is asked now, where that is no longer the one who was; null where it is nobody */
export function outcomeText(
  lead: LeadRow,
  nudge: NudgeData,
  now: number,
  movedTo?: string | null,
): OutcomeText {
  const what =
    nudge.repliedAt !== undefined
      ? 'Reply'
      : nudge.stepAt !== undefined
        ? 'Next step'
        : attemptName(nudge.attempt);
  const until = snoozedUntil(lead, nudge, now);
  const result = resultOf(lead, nudge, until, movedTo);
  const isLeft = movedTo !== undefined && result === whoseNow(lead, movedTo);
  const isPutOff = until !== null && !isLeft;
  return {
    what,
    result,
    isPutOff,
    emoji: isLeft ? ':handshake:' : isPutOff ? ':zzz:' : ':white_check_mark:',
  };
}

/** The same in one line about a lead. @param title it, for mrkdwn */
export function outcomeLine(
  title: string,
  lead: LeadRow,
  nudge: NudgeData,
  now: number,
  movedTo?: string | null,
): string {
  const { what, result, emoji } = outcomeText(lead, nudge, now, movedTo);
  const said = result.replace(/ Thank you\.$/, '');
  return `${emoji} ${title} · ${inSentence(what)}: ${said}`;
}

function resultOf(lead: LeadRow, nudge: NudgeData, until: number | null, movedTo?: string | null): string {
  if (movedTo !== undefined && lead.state !== 'resolved' && nudgeKey(nudgeFor(lead)) === nudgeKey(nudge))
    return whoseNow(lead, movedTo);
  if (nudge.repliedAt !== undefined) return replyResult(lead, nudge.repliedAt);
  if (lead.state === 'resolved') return 'no longer needed, the lead is closed.';
  if (nudge.epoch !== lead.cadence_epoch) return 'no longer needed.';
  if (until !== null) return `put off until ${when(until)}.`;
  if (nudge.stepAt !== undefined) return stepResult(lead, nudge.stepAt);
  if (lead.attempts >= nudge.attempt) return 'done. Thank you.';
  if (lead.replied_at !== null) return 'no longer needed, they replied.';
  return 'not due yet. It comes again in time.';
}

/** To a reader who is asked no more. @param to who is asked now */
export function movedText({ owner_id: owner }: LeadRow, to: string | null): string {
  if (to === null) return 'no longer yours';
  return `${user(to)} ${to === owner ? 'has' : 'looks after'} it now`;
}

/** What is asked for is still to be done, by somebody else. */
function whoseNow({ owner_id: owner }: LeadRow, movedTo: string | null): string {
  if (movedTo === null) return 'nobody has the lead now.';
  return movedTo === owner
    ? `${user(movedTo)} has the lead now.`
    : `${user(movedTo)} looks after the lead now.`;
}

/** Until when what this nudge asks for is put off; null where it is not, or the lead has moved on. */
function snoozedUntil(lead: LeadRow, nudge: NudgeData, now: number): number | null {
  const isOpen = lead.state === 'owned' || lead.state === 'working';
  return isOpen && nudgeKey(nudgeFor(lead)) === nudgeKey(nudge) ? putOffUntil(lead, now) : null;
}

function stepResult(lead: LeadRow, stepAt: number): string {
  const step = stepOf(lead);
  if (step?.at === stepAt) return 'not due yet. It comes again in time.';
  if (step) return `moved to ${stepWhen(step)}.`;
  return lead.next_step_at === stepAt && lead.replied_at === null ? 'done. Thank you.' : 'no longer needed.';
}

function replyResult(lead: LeadRow, repliedAt: number): string {
  if (lead.state === 'resolved') return 'the lead is closed.';
  return (lead.last_touch_at ?? 0) >= repliedAt && lead.last_touch_kind !== 'replied'
    ? 'answered. Thank you.'
    : 'no longer waiting.';
}
