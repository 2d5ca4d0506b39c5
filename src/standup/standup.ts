import { endOfLocalDay } from '../calendar/zone.ts';
import { startOfLocalWeek } from '../calendar/recurring.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type OpenGroup, openGroups, type ResolvedCount, resolvedSince } from './store.ts';

export interface RepStanding {
  userId: string;
  open: number;
  dueToday: number;
  overdue: number;
  /** How many leads are late on which attempt, lowest attempt first. */
  lateOn: { attempt: number; leads: number }[];
  /** Leads that never had a touch, late or not. */
  untouched: number;
  repliesWaiting: number;
  /** All planned attempts made, waiting for a result. */
  toClose: number;
  resolvedThisWeek: number;
  qualifiedThisWeek: number;
}

export interface Standup {
  teamName: string;
  reps: RepStanding[];
  /** Leads on offer that nobody has taken. */
  unclaimed: number;
}

/** The team now: everyone in the roster, and whoever else holds its leads, the latest first. */
export async function standupOf(work: Work, team: Team): Promise<Standup> {
  const { zone } = team.calendar;
  const groups = await openGroups(work, team.id, endOfLocalDay(zone, work.now));
  const resolved = await resolvedSince(work, team.id, startOfLocalWeek(zone, work.now));
  return standupFrom(team, groups, resolved);
}

/** Puts the counts together per rep. */
export function standupFrom(
  team: Pick<Team, 'name' | 'reps'>,
  groups: readonly OpenGroup[],
  resolved: readonly ResolvedCount[],
): Standup {
  const holders = [...groups, ...resolved].flatMap((row) => (row.ownerId === null ? [] : [row.ownerId]));
  const users = [...new Set([...team.reps, ...holders])];
  const reps = users.map((userId): RepStanding => {
    const own = groups.filter((group) => group.ownerId === userId);
    const closed = resolved.find((row) => row.ownerId === userId);
    const total = (read: (group: OpenGroup) => number): number =>
      own.reduce((sum, group) => sum + read(group), 0);
    return {
      userId,
      open: total((group) => group.open),
      dueToday: total((group) => group.today),
      overdue: total((group) => group.overdue),
      lateOn: own
        .filter((group) => group.overdue > 0)
        .map((group) => ({ attempt: group.attempts + 1, leads: group.overdue }))
        .sort((a, b) => a.attempt - b.attempt),
      untouched: total((group) => (group.attempts === 0 ? group.open - group.replied : 0)),
      repliesWaiting: total((group) => group.replied),
      toClose: total((group) => group.finished),
      resolvedThisWeek: closed?.resolved ?? 0,
      qualifiedThisWeek: closed?.qualified ?? 0,
    };
  });
  return {
    teamName: team.name,
    reps: reps.sort((a, b) => b.overdue - a.overdue),
    unclaimed: groups.reduce((sum, group) => sum + (group.ownerId === null ? group.open : 0), 0),
  };
}
