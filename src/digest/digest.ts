import { z } from 'zod';
import type { Resolution } from '../db/schema.ts';
import { defineMessage } from '../outbox/message.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { renderDigest } from './blocks.ts';
import {
  arrivals,
  closedCounts,
  flagCounts,
  type ArrivalCount,
  type ClosedCount,
  type FlagCount,
  type Period,
} from './store.ts';

export interface Digest {
  teamName: string;
  zone: string;
  period: Period;
  arrived: number;
  closed: number;
  qualified: number;
  /** Closed without an answer to the prospect. */
  ghosted: number;
  /** By number of flags, most first. */
  sources: { source: string; arrived: number; flags: number; reasons: Map<string, number> }[];
  /** All reasons of the period, most frequent first. */
  reasons: { reason: string; flags: number }[];
  /** Ranks in alphabetical order: of those closed, how many were qualified. */
  ranks: { rank: string; arrived: number; closed: number; qualified: number }[];
}

/** The digest as it goes to the marketing channel, or to whoever asks for it. */
export const digestMessage = defineMessage(
  'digest',
  z.object({ salesTeamId: z.number(), from: z.number(), to: z.number() }),
  async (work, { salesTeamId, from, to }) => {
    const team = await teamById(work, salesTeamId);
    return renderDigest(await digestOf(work, team, { from, to }));
  },
);

export async function digestOf(work: Work, team: Team, period: Period): Promise<Digest> {
  return digestFrom(
    team,
    period,
    await arrivals(work, team.id, period),
    await flagCounts(work, team.id, period),
    await closedCounts(work, team.id, period),
  );
}

/** Puts the counts together for the reader. */
export function digestFrom(
  team: Pick<Team, 'name' | 'calendar'>,
  period: Period,
  arrived: readonly ArrivalCount[],
  flags: readonly FlagCount[],
  closed: readonly ClosedCount[],
): Digest {
  const sum = <T>(rows: readonly T[], read: (row: T) => number): number =>
    rows.reduce((total, row) => total + read(row), 0);
  const unique = (names: readonly string[]): string[] => [...new Set(names)];
  const isKind = (kind: Resolution) => (row: ClosedCount) => row.resolution === kind;

  const sources = unique([...arrived, ...flags].map((row) => row.source)).map((source) => {
    const own = flags.filter((row) => row.source === source);
    return {
      source,
      arrived: sum(
        arrived.filter((row) => row.source === source),
        (row) => row.leads,
      ),
      flags: sum(own, (row) => row.flags),
      reasons: new Map(own.map((row) => [row.reason, row.flags])),
    };
  });
  const reasons = unique(flags.map((row) => row.reason)).map((reason) => ({
    reason,
    flags: sum(
      flags.filter((row) => row.reason === reason),
      (row) => row.flags,
    ),
  }));
  const ranks = unique([...arrived, ...closed].map((row) => row.rank)).map((rank) => {
    const ended = closed.filter((row) => row.rank === rank);
    return {
      rank,
      arrived: sum(
        arrived.filter((row) => row.rank === rank),
        (row) => row.leads,
      ),
      closed: sum(ended, (row) => row.leads),
      qualified: sum(ended.filter(isKind('qualified')), (row) => row.leads),
    };
  });
  return {
    teamName: team.name,
    zone: team.calendar.zone,
    period,
    arrived: sum(arrived, (row) => row.leads),
    closed: sum(closed, (row) => row.leads),
    qualified: sum(closed.filter(isKind('qualified')), (row) => row.leads),
    ghosted: sum(closed, (row) => row.leads - row.answered),
    sources: sources.sort(
      (a, b) => b.flags - a.flags || b.arrived - a.arrived || a.source.localeCompare(b.source),
    ),
    reasons: reasons.sort((a, b) => b.flags - a.flags || a.reason.localeCompare(b.reason)),
    ranks: ranks.sort((a, b) => a.rank.localeCompare(b.rank)),
  };
}
