import { addWorkingDays, addWorkingMinutes, nextWorkingMoment } from '../calendar/working-time.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { leadById } from '../lead/store.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { refreshNudge } from './nudge-slot.ts';
import { refuseUnlessWorkable, saveProgress } from './touch.ts';

export type NudgePlan = { leadId: number } & (
  { do: 'send'; attempt: number } | { do: 'wait'; until: number }
);

/**
 * What to do about leads whose nudge is due: send it, or, outside the team's working time (the app was down, the
 * hours were changed), wait for the next working moment. Each nudge is sent once, however late.
 */
export function planNudges(due: readonly { lead: LeadRow; team: Team }[], now: number): NudgePlan[] {
  return due.map(({ lead, team }) => {
    const until = nextWorkingMoment(team.calendar, now);
    return until > now
      ? { leadId: lead.id, do: 'wait', until }
      : { leadId: lead.id, do: 'send', attempt: lead.attempts + 1 };
  });
}

/** Whether this nudge still says something new: its attempt is due, not snoozed, and nobody has replied. */
export function isNudgeWanted(
  lead: LeadRow,
  nudge: { attempt: number; epoch: number },
  now: number,
): boolean {
  return (
    (lead.state === 'owned' || lead.state === 'working') &&
    lead.cadence_epoch === nudge.epoch &&
    lead.attempts + 1 === nudge.attempt &&
    lead.replied_at === null &&
    lead.next_attempt_at !== null &&
    Math.max(lead.next_attempt_at, lead.snoozed_until ?? 0) <= now
  );
}

export type SnoozeSpan = '1h' | 'tomorrow';

/**
 * Puts the nudge off: an hour of working time, or the next working day's start.
 * @returns when it comes back, UTC milliseconds
 * @throws Refusal when the attempt is made already, or the lead is closed or somebody else's
 */
export async function snoozeNudge(
  work: Work,
  leadId: number,
  userId: string,
  span: SnoozeSpan,
): Promise<number> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId);
  if (lead.next_attempt_at === null || lead.replied_at !== null) {
    throw new Refusal('There is nothing to put off: no attempt is due on this lead.');
  }
  const until =
    span === '1h'
      ? addWorkingMinutes(team.calendar, work.now, 60)
      : addWorkingDays(team.calendar, work.now, 1, 'start');
  const snoozed = await saveProgress(work, { ...lead, snoozed_until: until }, team);
  await recordAudit(work, { actor: userId, action: 'nudge.snoozed', leadId, detail: { until } });
  await refreshNudge(work, snoozed, snoozed.attempts + 1);
  return until;
}
