import { type WorkingCalendar, workingCalendar } from '../calendar/working-calendar.ts';
import type { RoutingMode, SalesTeamRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { escape } from '../slack/kit.ts';

/** One sales team: where its leads arrive, who works them, who manages them, and when it works. */
export interface Team {
  id: number;
  name: string;
  mode: RoutingMode;
  marketingChannelId: string;
  workingDays: number[];
  dayStart: string;
  dayEnd: string;
  calendar: WorkingCalendar;
  /** User ids in roster order. */
  reps: string[];
  managers: string[];
}

/** Puts a stored team together. @param holidays local dates `YYYY-MM-DD`, from the playbook */
export function teamOf(
  row: SalesTeamRow,
  members: readonly { user_id: string; role: string }[],
  holidays: readonly string[],
): Team {
  const workingDays = JSON.parse(row.working_days) as number[];
  const of = (role: string): string[] =>
    members.filter((entry) => entry.role === role).map((entry) => entry.user_id);
  return {
    id: row.id,
    name: row.name,
    mode: row.mode,
    marketingChannelId: row.marketing_channel_id,
    workingDays,
    dayStart: row.day_start,
    dayEnd: row.day_end,
    calendar: workingCalendar({
      zone: row.zone,
      days: workingDays,
      start: row.day_start,
      end: row.day_end,
      holidays: [...holidays],
    }),
    reps: of('rep'),
    managers: of('manager'),
  };
}

/** What the setup form decides; people in the order they were chosen. */
export interface TeamSettings {
  name: string;
  mode: RoutingMode;
  zone: string;
  workingDays: number[];
  dayStart: string;
  dayEnd: string;
  marketingChannelId: string;
  reps: string[];
  managers: string[];
}

export function settingsOf(team: Team): TeamSettings {
  const { name, mode, workingDays, dayStart, dayEnd, marketingChannelId, reps, managers, calendar } = team;
  return {
    name,
    mode,
    zone: calendar.zone,
    workingDays,
    dayStart,
    dayEnd,
    marketingChannelId,
    reps,
    managers,
  };
}

/**
 * Whom round robin has to take for the one served last after the roster has changed. When that rep has left, it goes
 * on with the next of the old order who is still there.
 */
export function lastServedAfter(
  before: readonly string[],
  after: readonly string[],
  lastServed: string | null,
): string | null {
  if (lastServed === null || after.includes(lastServed)) return lastServed;
  const left = before.indexOf(lastServed);
  const next = [...before.slice(left + 1), ...before.slice(0, Math.max(left, 0))].find((id) =>
    after.includes(id),
  );
  return next === undefined ? null : (after.at(after.indexOf(next) - 1) ?? null);
}

export function isManager(team: Team, userId: string): boolean {
  return team.managers.includes(userId);
}

export function isMember(team: Team, userId: string): boolean {
  return team.reps.includes(userId) || isManager(team, userId);
}

/** @throws Refusal for somebody who is neither rep nor manager of the team */
export function refuseOutsider(team: Team, userId: string): void {
  if (isMember(team, userId)) return;
  throw new Refusal(
    `You are not in ${escape(team.name)}'s roster. A manager can add you with \`/leads setup\`.`,
  );
}
