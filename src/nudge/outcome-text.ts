import type { LeadRow } from '../db/schema.ts';
import { inSentence, user, when } from '../slack/kit.ts';
import { stepOf } from '../touch/agreed-step.ts';
import { attemptName } from '../touch/blocks.ts';
import type { NudgeData } from '../touch/nudge-slot.ts';

/** What became of something that somebody was asked for; mrkdwn without anything from outside. */
export interface OutcomeText {
  /** `Third attempt`, `Reply of`, `Next step with`. */
  what: string;
  /** A sentence behind the colon. */
  result: string;
  emoji: string;
}

export function outcomeText(lead: LeadRow, nudge: NudgeData, now: number): OutcomeText {
  const what =
    nudge.repliedAt !== undefined
      ? 'Reply of'
      : nudge.stepAt !== undefined
        ? 'Next step with'
        : attemptName(nudge.attempt);
  const isSnoozed = lead.state !== 'resolved' && nudge.repliedAt === undefined && isPutOff(lead, nudge, now);
  const result = resultOf(lead, nudge, isSnoozed);
  const isLeft = result === whoseNow(lead);
  return { what, result, emoji: isSnoozed ? ':zzz:' : isLeft ? ':handshake:' : ':white_check_mark:' };
}

/** The same in one line about a lead. @param title it, for mrkdwn */
export function outcomeLine(title: string, lead: LeadRow, nudge: NudgeData, now: number): string {
  const { what, result, emoji } = outcomeText(lead, nudge, now);
  const said = result.replace(/ Thank you\.$/, '');
  return `${emoji} ${title} · ${inSentence(what.replace(/ (of|with)$/, ''))}: ${said}`;
}

function resultOf(lead: LeadRow, nudge: NudgeData, isSnoozed: boolean): string {
  if (nudge.repliedAt !== undefined) return replyResult(lead, nudge.repliedAt);
  if (lead.state === 'resolved') return 'no longer needed, the lead is closed.';
  if (nudge.epoch !== lead.cadence_epoch) return 'no longer needed.';
  if (isSnoozed) return `snoozed until ${when(lead.snoozed_until ?? 0)}.`;
  if (nudge.stepAt !== undefined) return stepResult(lead, nudge.stepAt);
  if (lead.attempts >= nudge.attempt) return 'done. Thank you.';
  if (lead.replied_at !== null) return 'no longer needed, they replied.';
  // The attempt was not made, and is due no more: somebody else has time for it now.
  return lead.attempts + 1 === nudge.attempt ? whoseNow(lead) : 'not due yet. It comes again in time.';
}

function whoseNow({ owner_id: owner }: LeadRow): string {
  return owner === null ? 'nobody has the lead now.' : `${user(owner)} has the lead now.`;
}

function isPutOff(lead: LeadRow, nudge: NudgeData, now: number): boolean {
  if (nudge.epoch !== lead.cadence_epoch || lead.snoozed_until === null || lead.snoozed_until <= now)
    return false;
  return nudge.stepAt !== undefined
    ? nudge.stepAt === stepOf(lead)?.at
    : lead.attempts < nudge.attempt && lead.replied_at === null;
}

function stepResult(lead: LeadRow, stepAt: number): string {
  const step = stepOf(lead);
  if (step?.at === stepAt) return 'not due yet. It comes again in time.';
  if (step) return `put off until ${when(step.at)}.`;
  return lead.next_step_at === stepAt && lead.replied_at === null ? 'done. Thank you.' : 'no longer needed.';
}

function replyResult(lead: LeadRow, repliedAt: number): string {
  if (lead.state === 'resolved') return 'the lead is closed.';
  return (lead.last_touch_at ?? 0) >= repliedAt && lead.last_touch_kind !== 'replied'
    ? 'answered. Thank you.'
    : 'no longer waiting.';
}
