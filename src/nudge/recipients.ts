import { minuteOfTime } from '../calendar/civil.ts';
import { without } from '../calendar/day-window.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Preferences } from '../preference/preference.ts';
import { preferencesOfAll } from '../preference/store.ts';
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

/** Who is asked about each of these leads, and how they want to be; those without an owner are left out. */
export async function recipientsOf(
  work: Work,
  leads: readonly LeadRow[],
  teams: ReadonlyMap<number, Team>,
): Promise<Map<number, Recipient & Asked>> {
  const asked = leads.flatMap((lead): [number, Asked][] => {
    const team = teams.get(lead.sales_team_id);
    return team && lead.owner_id !== null ? [[lead.id, askedOf(team, lead.owner_id, work.now)]] : [];
  });
  const people = [...new Set(asked.map(([, { userId }]) => userId))];
  const wishes = await preferencesOfAll(work, people);
  return new Map(
    asked.map(([leadId, who]) => {
      const wish = wishes.get(who.userId);
      const hours = sendingHours(who.calendar, wish?.quiet ?? null);
      return [leadId, { ...who, hours, nudgeIn: wish?.nudgeIn ?? 'thread' }];
    }),
  );
}

/**
 * When somebody may be told something: their working time without their quiet hours. Who wants quiet for all of it would
 * never hear anything, which nobody can mean.
 */
export function sendingHours(calendar: WorkingCalendar, quiet: Preferences['quiet']): WorkingCalendar {
  if (quiet === null) return calendar;
  return without(calendar, { from: minuteOfTime(quiet.from), to: minuteOfTime(quiet.to) }) ?? calendar;
}
