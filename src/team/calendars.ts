import { createHash } from 'node:crypto';
import { DAY } from '../calendar/civil.ts';
import { type Interval, merged, minus } from '../calendar/intervals.ts';
import { type WorkingCalendar, workingCalendar } from '../calendar/working-calendar.ts';
import { presentAbsence } from './absence.ts';
import type { Absence, RepRow } from './people/store.ts';
import type { Team } from './team.ts';

/** Further ahead nobody knows when they are back, and Slack takes any date for a status. */
const longestAbsence = 750 * DAY;

/** The hours and days of those who have some of their own. @param holidaysOf the playbook's and a region's */
export function ownHours(
  team: Pick<Team, 'calendar' | 'workingDays' | 'dayStart' | 'dayEnd' | 'region'>,
  reps: readonly RepRow[],
  holidaysOf: (region: string | null) => readonly string[],
): ReadonlyMap<string, WorkingCalendar> {
  const own = new Map<string, WorkingCalendar>();
  for (const { user_id: userId, zone, working_days: days, day_start: start, day_end: end, region } of reps) {
    if ([zone, days, start, end, region].every((value) => value === null)) continue;
    const calendar = workingCalendar({
      zone: zone ?? team.calendar.zone,
      days: days === null ? team.workingDays : (JSON.parse(days) as number[]),
      start: start ?? team.dayStart,
      end: end ?? team.dayEnd,
      holidays: holidaysOf(region ?? team.region),
    });
    own.set(userId, calendar);
  }
  return own;
}

/** The hours of this person's in the team: their own, or the team's. Nobody's are the team's. */
export function hoursOf(team: Team, userId: string | null): WorkingCalendar {
  return (userId === null ? undefined : team.calendars.get(userId)) ?? team.calendar;
}

/**
 * When whoever has a lead works on it: in their own hours, without the time they are or were away. That time counts
 * while a deputy who is there looks after the leads; and one without an end counts until they are back.
 */
export function ownerCalendar(team: Team, ownerId: string | null): WorkingCalendar {
  const hours = hoursOf(team, ownerId);
  const absences = team.absences.filter((absence) => absence.user_id === ownerId);
  const covered = absences.flatMap((absence) => coveredTime(team, absence));
  const away = minus(merged(absences.flatMap(timeOf)), merged(covered));
  return away.length === 0 ? hours : { ...hours, away };
}

/** The part of an absence in which its deputy is there. */
function coveredTime(team: Team, absence: Absence): Interval[] {
  const { user_id: userId, deputy_id: deputy } = absence;
  if (!isDeputy(team, userId, deputy)) return [];
  return minus(timeOf(absence), team.absences.filter((each) => each.user_id === deputy).map(spanOf));
}

/**
 * Who looks after this person's leads now: somebody of the roster who is there. A deputy's own deputy is none.
 */
export function deputyOf(team: Team, userId: string | null, now: number): string | undefined {
  const of = (person: string): Absence[] => team.absences.filter((each) => each.user_id === person);
  if (userId === null) return undefined;
  const named = of(userId).filter((absence) => presentAbsence([absence], now) !== undefined);
  const deputies = named.flatMap(({ deputy_id: deputy }) => (deputy === null ? [] : [deputy]));
  return deputies.find(
    (deputy) => isDeputy(team, userId, deputy) && presentAbsence(of(deputy), now) === undefined,
  );
}

/** Whether this person may stand in for the other at all. */
export function isDeputy(team: Team, userId: string | null, deputy: string | null): boolean {
  return deputy !== null && deputy !== userId && team.reps.includes(deputy);
}

/** Whose absences that are not over name this person as the deputy. */
export function deputyFor(team: Team, deputy: string): string[] {
  const named = team.absences.filter((each) => each.deputy_id === deputy && each.ended_at === null);
  return [...new Set(named.map((each) => each.user_id))].filter((userId) => userId !== deputy);
}

const keys = new WeakMap<Team, string>();

/** Tells apart what due dates are counted with; absences, which are counted at once, aside. */
export function calendarsKey(team: Team): string {
  let key = keys.get(team);
  if (key === undefined) {
    const parts = [['', team.calendar] as const, ...team.calendars].map(([userId, calendar]) => [
      userId,
      calendar.zone,
      calendar.hours,
      [...calendar.holidays],
    ]);
    const text = JSON.stringify([parts, [...team.reps].sort()]);
    key = createHash('sha256').update(text).digest('hex').slice(0, 16);
    keys.set(team, key);
  }
  return key;
}

/** What of an absence has an end that is known. */
function timeOf(absence: Absence): Interval[] {
  const [from, end] = spanOf(absence);
  return end - from > longestAbsence ? [] : [[from, end]];
}

function spanOf({ from_at: from, until_at: until, ended_at: ended }: Absence): Interval {
  return [from, Math.min(until ?? Infinity, ended ?? Infinity)];
}
