import { type WorkingCalendar, workingCalendar } from '../calendar/working-calendar.ts';
import type { RoutingMode, SalesTeamRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { escape } from '../slack/kit.ts';
import { ownHours } from './calendars.ts';
import type { Absence, RepRow } from './people/store.ts';

/** One sales team: where its leads arrive, who works them, who manages them, and when it works. */
export interface Team {
  id: number;
  name: string;
  /** How a lead gets its rep, and the ranks with a mode of their own. */
  mode: RoutingMode;
  rankModes: Partial<Record<string, RoutingMode>>;
  /** Whether who has the account's other leads comes before the mode. */
  sameAccountFirst: boolean;
  /** Whether a card on offer keeps name and account to itself. */
  blindClaim: boolean;
  marketingChannelId: string;
  workingDays: number[];
  dayStart: string;
  dayEnd: string;
  /** Whose public holidays the team keeps, `DE-BY`; null for the playbook's alone. */
  region: string | null;
  /** With all the team's holidays. */
  calendar: WorkingCalendar;
  /** Of people with hours of their own; asked through `hoursOf` and `ownerCalendar`. */
  calendars: ReadonlyMap<string, WorkingCalendar>;
  /** The roster's, those of the last year that are over included. */
  absences: readonly Absence[];
  /** User ids in roster order. */
  reps: string[];
  managers: string[];
}

export interface TeamParts {
  members: readonly { user_id: string; role: string }[];
  reps: readonly RepRow[];
  absences: readonly Absence[];
  /** Local dates `YYYY-MM-DD`: the playbook's and a region's. */
  holidaysOf: (region: string | null) => readonly string[];
}

/** Puts a stored team together. */
export function teamOf(row: SalesTeamRow, parts: TeamParts): Team {
  const { members, reps, absences, holidaysOf } = parts;
  const of = (role: string): string[] =>
    members.filter((entry) => entry.role === role).map((entry) => entry.user_id);
  const times = {
    workingDays: JSON.parse(row.working_days) as number[],
    dayStart: row.day_start,
    dayEnd: row.day_end,
    region: row.region,
  };
  const calendar = workingCalendar({
    zone: row.zone,
    days: times.workingDays,
    start: row.day_start,
    end: row.day_end,
    holidays: holidaysOf(row.region),
  });
  return {
    id: row.id,
    name: row.name,
    mode: row.mode,
    rankModes: JSON.parse(row.rank_modes) as Team['rankModes'],
    sameAccountFirst: row.same_account_first === 1,
    blindClaim: row.blind_claim === 1,
    marketingChannelId: row.marketing_channel_id,
    ...times,
    calendar,
    calendars: ownHours({ ...times, calendar }, reps, holidaysOf),
    absences,
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
  /** Left out for none. */
  region?: string | null;
  marketingChannelId: string;
  reps: string[];
  managers: string[];
}

export function settingsOf(team: Team): TeamSettings {
  const { name, mode, workingDays, dayStart, dayEnd, region, marketingChannelId, reps, managers } = team;
  const { zone } = team.calendar;
  return { name, mode, zone, workingDays, dayStart, dayEnd, region, marketingChannelId, reps, managers };
}

/** What the form about routing decides, beside the mode. */
export type RoutingOptions = Pick<Team, 'rankModes' | 'sameAccountFirst' | 'blindClaim'>;

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
