import { addWorkingDays, addWorkingMinutes, nextWorkingMoment } from '../calendar/working-time.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { ownerCalendar } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type NudgeData, nudgeFor, refreshNudges } from '../touch/nudge-slot.ts';
import type { SnoozeDetail } from '../touch/store.ts';
import { saveProgress } from '../touch/touch.ts';

export type NudgePlan = { leadId: number } & (
  { do: 'send'; nudge: NudgeData } | { do: 'wait'; until: number }
);

/**
 * What to do about leads whose nudge is due: send it, or, outside its owner's working time (the app was down, the
 * hours were changed), wait for the next working moment. Each nudge is sent once, however late.
 */
export function planNudges(due: readonly { lead: LeadRow; team: Team }[], now: number): NudgePlan[] {
  return due.map(({ lead, team }) => {
    const until = nextWorkingMoment(ownerCalendar(team, lead.owner_id), now);
    return until > now
      ? { leadId: lead.id, do: 'wait', until }
      : { leadId: lead.id, do: 'send', nudge: nudgeFor(lead) };
  });
}

/** Whether this nudge still says something new: the reply still waits, or the attempt is due and not snoozed. */
export function isNudgeWanted(lead: LeadRow, nudge: NudgeData, now: number): boolean {
  return isNudgeOpen(lead, nudge, now) && (nudge.repliedAt !== undefined || (lead.snoozed_until ?? 0) <= now);
}

function isNudgeOpen(lead: LeadRow, nudge: NudgeData, now: number): boolean {
  const present = nudgeFor(lead);
  return (
    (lead.state === 'owned' || lead.state === 'working') &&
    present.epoch === nudge.epoch &&
    present.attempt === nudge.attempt &&
    present.repliedAt === nudge.repliedAt &&
    present.stepAt === nudge.stepAt &&
    lead.next_attempt_at !== null &&
    lead.next_attempt_at <= now
  );
}

export type SnoozeSpan = '1h' | 'tomorrow';

/**
 * Puts the nudge off: an hour of working time, or the next working day's start. The nudge itself says until when.
 * @throws Refusal when the attempt is made already, or the lead is closed or somebody else's
 */
export async function snoozeNudge(
  work: Work,
  nudge: NudgeData,
  userId: string,
  span: SnoozeSpan,
): Promise<void> {
  const lead = await leadById(work, nudge.leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId, work.now);
  if (!isNudgeOpen(lead, nudge, work.now)) {
    throw new Refusal('There is nothing to put off: this attempt is made already, or not due.');
  }
  const calendar = ownerCalendar(team, lead.owner_id);
  const until =
    span === '1h'
      ? nextWorkingMoment(calendar, addWorkingMinutes(calendar, work.now, 60))
      : addWorkingDays(calendar, work.now, 1, 'start');
  const detail: SnoozeDetail = { until, attempt: nudge.attempt, epoch: nudge.epoch };
  const snoozed = await saveProgress(work, { ...lead, snoozed_until: until }, team);
  await recordAudit(work, { actor: userId, action: 'nudge.snoozed', leadId: lead.id, detail: { ...detail } });
  await refreshNudges(work, snoozed);
}
