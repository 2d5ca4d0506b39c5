import { minuteOfTime } from '../calendar/civil.ts';
import { without } from '../calendar/day-window.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Preferences } from '../preference/preference.ts';
import { preferencesOf } from '../preference/store.ts';
import { presentAbsence } from '../team/absence.ts';
import { deputyOf, hoursOf } from '../team/calendars.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import type { Recipient } from './plan.ts';

/** Who works a rep's leads now. */
export interface Asked {
  userId: string;
  /** Whose leads these are, where that is somebody else. */
  deputyFor: string | null;
  calendar: WorkingCalendar;
  /** As in `Recipient`. */
  away?: { until: number | null };
}

/** The owner; while they are away their deputy, if there is one. */
export function askedOf(team: Team, ownerId: string, now: number): Asked {
  const deputy = deputyOf(team, ownerId, now);
  if (deputy !== undefined) return { userId: deputy, deputyFor: ownerId, calendar: hoursOf(team, deputy) };
  const absence = presentAbsence(
    team.absences.filter(({ user_id: userId }) => userId === ownerId),
    now,
  );
  const away = absence && { until: absence.until_at };
  return { userId: ownerId, deputyFor: null, calendar: hoursOf(team, ownerId), ...(away && { away }) };
}

/** Who is asked about a lead, and how they want to be; undefined where nobody has it. */
export async function recipientOf(
  work: Work,
  { owner_id: owner }: Pick<LeadRow, 'owner_id'>,
  team: Team,
): Promise<(Recipient & Asked) | undefined> {
  if (owner === null) return undefined;
  const asked = askedOf(team, owner, work.now);
  const { quiet, nudgeIn } = await preferencesOf(work, asked.userId);
  return { ...asked, hours: sendingHours(asked.calendar, quiet), nudgeIn };
}

/**
 * When somebody may be told something: their working time without their quiet hours. Who wants quiet for all of it would
 * never hear anything, which nobody can mean.
 */
export function sendingHours(calendar: WorkingCalendar, quiet: Preferences['quiet']): WorkingCalendar {
  if (quiet === null) return calendar;
  return without(calendar, { from: minuteOfTime(quiet.from), to: minuteOfTime(quiet.to) }) ?? calendar;
}
