import { localDate, startOfLocalDay } from '../calendar/zone.ts';
import { dateOfDay, dayOfDate, weekdayOfDay } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Work } from '../work.ts';
import { presentAbsence } from './absence.ts';
import { type Absence, openAbsences } from './people/store.ts';
import { type RepSettings, repsOf } from './reps.ts';
import type { Team } from './team.ts';
import { untilText } from './until.ts';

/**
 * Whether a rep may be given a lead now. `why` is part of a sentence about them: "away until Friday".
 * `until`: null for nobody knows. `isDayOff`: no absence, they do not work on this day.
 */
export type Availability =
  { available: true } | { available: false; why: string; until: number | null; isDayOff?: true };

/**
 * Of every rep of the roster. Who is outside their hours is available all the same: leads arrive at night, and the
 * clocks run in working time. Who is away, has a holiday or does not work on this weekday is not.
 * @param known the team's reps, where the caller has read them already
 */
export async function availabilityOf(
  work: Work,
  team: Team,
  known?: readonly RepSettings[],
): Promise<Map<string, Availability>> {
  const absences = await openAbsences(work, team.reps);
  const reps = known ?? (await repsOf(work, team));
  return new Map(
    reps.map((rep) => [
      rep.userId,
      availabilityOfRep(
        rep,
        absences.filter((absence) => absence.user_id === rep.userId),
        work.now,
      ),
    ]),
  );
}

/** @param absences the rep's own that nobody has ended */
export function availabilityOfRep(
  rep: Pick<RepSettings, 'calendar'>,
  absences: readonly Absence[],
  now: number,
): Availability {
  const absence = presentAbsence(absences, now);
  if (absence) {
    return {
      available: false,
      why: whyAbsent(absence, rep.calendar.zone, now),
      until: absence.until_at,
    };
  }
  const date = localDate(rep.calendar, now);
  if (isWorkingDay(rep.calendar, date)) return { available: true };
  const until = startOfLocalDay(rep.calendar.zone, nextWorkingDay(rep.calendar, date));
  const why = rep.calendar.holidays.has(date) ? 'on a public holiday' : `off ${offText(rep, until, now)}`;
  return { available: false, why, until, isDayOff: true };
}

function offText({ calendar }: Pick<RepSettings, 'calendar'>, until: number, now: number): string {
  const last = untilText(until, calendar.zone, now);
  return last === 'the end of today' ? 'today' : `until ${last}`;
}

function whyAbsent({ why, until_at: until }: Absence, zone: string, now: number): string {
  if (why === 'deactivated') return 'deactivated in Slack';
  return until === null ? 'away' : `away until ${untilText(until, zone, now)}`;
}

function isWorkingDay({ hours, holidays }: WorkingCalendar, date: string): boolean {
  return !holidays.has(date) && hours[weekdayOfDay(dayOfDate(date))].length > 0;
}

function nextWorkingDay(calendar: WorkingCalendar, date: string): string {
  let day = dayOfDate(date) + 1;
  // A calendar has a working day in every week; more holidays than this in a row are a mistake in it.
  for (const last = day + 400; day < last && !isWorkingDay(calendar, dateOfDay(day)); day += 1);
  return dateOfDay(day);
}
