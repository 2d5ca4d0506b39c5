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
