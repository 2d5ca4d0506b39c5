import { localDay, startOfLocalDay } from '../calendar/zone.ts';
import { dateOfDay, weekdayOfDay } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { nextWorkingMoment } from '../calendar/working-time.ts';
import type { Work } from '../work.ts';
import { presentAbsence } from './absence.ts';
import { type Absence, openAbsences } from './people/store.ts';
import { type RepSettings, repsOf } from './reps.ts';
import type { Team } from './team.ts';
import { startText, untilText } from './until.ts';

/**
 * Whether a rep may be given a lead now. `why` is part of a sentence about them: "away until Friday".
 * `until`: null for nobody knows. `back`: when they work again: "on Monday". `isDayOff`: no absence, they do not work on this day.
 */
export type Availability =
  | { available: true }
  | { available: false; why: string; until: number | null; back?: string; isDayOff?: true };

/**
 * Of every rep of the roster. Who is outside their hours is available all the same: leads arrive at night and on
 * weekends, and the clocks run in working time. Who is away, has a holiday, or a day off on which the team works, is
 * not; and an absence lasts until the next working day.
 * @param known the team's reps, where the caller has read them already
 */
export async function availabilityOf(
  work: Work,
  team: Team,
  known?: readonly RepSettings[],
): Promise<Map<string, Availability>> {
  const open = await openAbsences(work, team.reps);
  const reps = known ?? (await repsOf(work, team));
  const of = (absences: readonly Absence[], userId: string): Absence[] =>
    absences.filter((absence) => absence.user_id === userId);
  return new Map(
    reps.map((rep) => {
      const now = availabilityOfRep(rep, of(open, rep.userId), work.now, team.calendar);
      const past = now.available && lastsInto(of(team.absences, rep.userId), rep.calendar, work.now);
      return [rep.userId, past || now];
    }),
  );
}

/**
 * @param absences the rep's own that nobody has ended
 * @param team when the team works: on a day on which nobody does, nobody has a day off
 */
export function availabilityOfRep(
  rep: Pick<RepSettings, 'calendar'>,
  absences: readonly Absence[],
  now: number,
  team: WorkingCalendar = rep.calendar,
): Availability {
  const absence = presentAbsence(absences, now);
  if (absence) {
    return {
      available: false,
      why: whyAbsent(absence, rep.calendar.zone, now),
      until: absence.until_at,
      ...(absence.until_at !== null && { back: backOn(rep.calendar, absence.until_at, now) }),
    };
  }
  const today = localDay(rep.calendar.zone, now);
  const isHoliday = rep.calendar.holidays.has(dateOfDay(today));
  const isOff = isHoliday || (!isWorkday(rep.calendar, today) && isWorkday(team, today));
  if (!isOff) return { available: true };
  const until = nextWorkday(rep.calendar, now);
  const why = isHoliday ? 'on a public holiday' : `off ${offText(rep, until, now)}`;
  return { available: false, why, until, back: backOn(rep.calendar, until, now), isDayOff: true };
}

function backOn(calendar: WorkingCalendar, until: number, now: number): string {
  return startText(nextWorkingMoment(calendar, until), calendar.zone, now);
}

/** Somebody whose absence ran out on the eve of a weekend is back after it, as they were told. */
function lastsInto(
  absences: readonly Absence[],
  calendar: WorkingCalendar,
  now: number,
): Availability | false {
  if (isWorkday(calendar, localDay(calendar.zone, now))) return false;
  const isOver = ({ why, until_at: until, ended_at: ended }: Absence): boolean =>
    why === 'away' && until !== null && until <= now && (ended === null || ended >= until);
  const until = nextWorkday(calendar, now);
  const into = absences.some(
    (absence) => isOver(absence) && nextWorkday(calendar, (absence.until_at ?? 0) - 1) === until,
  );
  const why = `away until ${untilText(until, calendar.zone, now)}`;
  return into && { available: false, why, until, back: backOn(calendar, until, now) };
}

function offText({ calendar }: Pick<RepSettings, 'calendar'>, until: number, now: number): string {
  const last = untilText(until, calendar.zone, now);
  return last === 'the end of today' ? 'today' : `until ${last}`;
}

function whyAbsent({ why, until_at: until }: Absence, zone: string, now: number): string {
  if (why === 'deactivated') return 'deactivated in Slack';
  return until === null ? 'away' : `away until ${untilText(until, zone, now)}`;
}

function isWorkday({ hours, holidays }: WorkingCalendar, day: number): boolean {
  return !holidays.has(dateOfDay(day)) && hours[weekdayOfDay(day)].length > 0;
}

/** The start of the next day after this moment's on which they work. */
function nextWorkday(calendar: WorkingCalendar, now: number): number {
  let day = localDay(calendar.zone, now) + 1;
  // Every week has a working day; more holidays than this in a row are a mistake in the calendar.
  for (const last = day + 400; day < last && !isWorkday(calendar, day); day += 1);
  return startOfLocalDay(calendar.zone, dateOfDay(day));
}
