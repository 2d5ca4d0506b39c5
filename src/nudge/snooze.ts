import { dateOfDay, dayOfDate, DAY, weekdayOfDay } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { addWorkingDays, addWorkingMinutes, nextWorkingMoment } from '../calendar/working-time.ts';
import { localDate, localDay, startOfLocalDay } from '../calendar/zone.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { ownerCalendar } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import { type NudgeData, refreshNudges } from '../touch/nudge-slot.ts';
import { snoozeActions, snoozeDetailOf } from '../touch/store.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import { isNudgeOpen } from './nudge.ts';

export const snoozeSpans = ['1h', 'tomorrow', 'week'] as const;
export type SnoozeSpan = (typeof snoozeSpans)[number];
/** What is put off is late nowhere: for longer than this there is _Nurture_, which everybody can see. */
const longestDays = 31;

/** An hour of working time; the start of the next working day; the start of next week. */
export function snoozeEnd(calendar: WorkingCalendar, now: number, span: SnoozeSpan): number {
  if (span === '1h') return nextWorkingMoment(calendar, addWorkingMinutes(calendar, now, 60));
  if (span === 'tomorrow') return addWorkingDays(calendar, now, 1, 'start');
  const today = localDay(calendar.zone, now);
  const monday = dateOfDay(today + 8 - weekdayOfDay(today));
  return nextWorkingMoment(calendar, startOfLocalDay(calendar.zone, monday));
}

/** The start of a chosen day, or of the next one that is worked; or why that day can't be. @param date `YYYY-MM-DD` */
export function snoozeDay(
  calendar: WorkingCalendar,
  now: number,
  date: string,
): { until: number; isMoved: boolean } | { why: string } {
  const ahead = dayOfDate(date) - localDay(calendar.zone, now);
  if (ahead <= 0) return { why: 'Choose a day that is still to come.' };
  if (ahead > longestDays)
    return {
      why: 'Choose a day within a month. For later, close the lead as Nurture: it comes back on its day.',
    };
  const until = nextWorkingMoment(calendar, startOfLocalDay(calendar.zone, date));
  return { until, isMoved: localDate(calendar, until) !== date };
}

/** The day that the form suggests: a week from now. */
export function suggestedDay(calendar: WorkingCalendar, now: number): string {
  return localDate(calendar, nextWorkingMoment(calendar, now + 7 * DAY));
}

/** What is to be put off, and when its owner works. */
export interface Snoozable {
  lead: LeadRow;
  team: Team;
  calendar: WorkingCalendar;
}

/** @throws Refusal when it is done already or not due, when somebody waits for an answer, or the lead is not theirs */
export async function snoozable(work: Work, nudge: NudgeData, userId: string): Promise<Snoozable> {
  const lead = await leadById(work, nudge.leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId, work.now);
  if (!isNudgeOpen(lead, nudge, work.now))
    throw new Refusal('There is nothing to put off: this attempt is made already, or not due.');
  if (nudge.repliedAt !== undefined)
    throw new Refusal('They wait for your answer. Write back, or agree on a next step with a date.');
  return { lead, team, calendar: ownerCalendar(team, lead.owner_id) };
}

/** Puts the nudge off until then. The card, and the messages it stands in, say until when. */
export async function snoozeUntil(
  work: Work,
  { lead, team }: Snoozable,
  userId: string,
  until: number,
): Promise<void> {
  const snoozed = await saveProgress(work, { ...lead, snoozed_until: until }, team);
  const detail = { ...snoozeDetailOf(lead, until) };
  await recordAudit(work, { actor: userId, action: snoozeActions.putOff, leadId: lead.id, detail });
  await refreshNudges(work, snoozed);
  await refreshCard(work, lead.id);
}
