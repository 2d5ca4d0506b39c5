import { sql } from 'kysely';
import type { Resolution } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** Both ends in UTC milliseconds; `to` is not part of the period. */
export interface Period {
  from: number;
  to: number;
}

export interface ArrivalCount {
  source: string;
  rank: string;
  resolution: Resolution | null;
  leads: number;
}

/** The leads that arrived in the period, and what has become of them so far. */
export async function arrivals(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
): Promise<ArrivalCount[]> {
  return work.db
    .selectFrom('lead')
    .select((eb) => ['source', 'rank', 'resolution', eb.fn.countAll<number>().as('leads')])
    .where('sales_team_id', '=', salesTeamId)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .groupBy(['source', 'rank', 'resolution'])
    .execute();
}

export interface FlagCount {
  source: string;
  reason: string;
  flags: number;
}

/** What reps said was wrong with leads in the period, taken-back flags left out. */
export async function flagCounts(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
): Promise<FlagCount[]> {
  return work.db
    .selectFrom('flag')
    .select((eb) => ['source', 'reason_label as reason', eb.fn.countAll<number>().as('flags')])
    .where('sales_team_id', '=', salesTeamId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('undone_at', 'is', null)
    .groupBy(['source', 'reason_label'])
    .execute();
}

export interface ClosedCount {
  rank: string;
  resolution: Resolution;
  leads: number;
  answered: number;
}

/** The leads that were closed in the period, whenever they arrived. */
export async function closedCounts(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
): Promise<ClosedCount[]> {
  const rows = await work.db
    .selectFrom('lead')
    .select((eb) => [
      'rank',
      'resolution',
      eb.fn.countAll<number>().as('leads'),
      sql<number>`sum(answered = 1)`.as('answered'),
    ])
    .where('sales_team_id', '=', salesTeamId)
    .where('resolved_at', '>=', from)
    .where('resolved_at', '<', to)
    .groupBy(['rank', 'resolution'])
    .execute();
  return rows.flatMap((row) => (row.resolution === null ? [] : [{ ...row, resolution: row.resolution }]));
}
