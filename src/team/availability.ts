import { localDate, startOfLocalDay } from '../calendar/zone.ts';
import { dateOfDay, dayOfDate } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Work } from '../work.ts';
import { presentAbsence } from './absence.ts';
import { type Absence, openAbsences } from './people/store.ts';
import { type RepSettings, repsOf } from './reps.ts';
import type { Team } from './team.ts';
import { untilText } from './until.ts';

/** Whether a rep may be given a lead now. `why` is part of a sentence about them: "away until Friday". */
export type Availability = { available: true } | { available: false; why: string; until: number | null };

/**
 * Of every rep of the roster. Who is outside their hours is available all the same: leads arrive at night, and the
 * clocks run in working time. Who is away or has a holiday today is not.
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
  const free = endOfHoliday(rep.calendar, now);
  return free === undefined
    ? { available: true }
    : { available: false, why: 'on a public holiday', until: free };
}

function whyAbsent({ why, until_at: until }: Absence, zone: string, now: number): string {
  if (why === 'deactivated') return 'deactivated in Slack';
  return until === null ? 'away' : `away until ${untilText(until, zone, now)}`;
}

/** When the local holidays around this moment are over; undefined if it is none. */
function endOfHoliday(calendar: WorkingCalendar, now: number): number | undefined {
  let date = localDate(calendar, now);
  if (!calendar.holidays.has(date)) return undefined;
  while (calendar.holidays.has(date)) date = dateOfDay(dayOfDate(date) + 1);
  return startOfLocalDay(calendar.zone, date);
}
