import { sql } from 'kysely';
import type { Work } from '../work.ts';

/** A rep's open leads with the same number of attempts behind them. `owner_id` is null for leads on offer. */
export interface OpenGroup {
  ownerId: string | null;
  attempts: number;
  open: number;
  overdue: number;
  /** Due later today. */
  today: number;
  replied: number;
  /** All planned attempts made, no result yet. */
  finished: number;
}

/** Answered from the index of open leads alone. @param endOfDay UTC milliseconds */
export async function openGroups(work: Work, salesTeamId: number, endOfDay: number): Promise<OpenGroup[]> {
  const sum = (condition: ReturnType<typeof sql<boolean>>) => sql<number>`sum(${condition})`;
  return work.db
    .selectFrom('lead')
    .select((eb) => [
      'owner_id as ownerId',
      'attempts',
      eb.fn.countAll<number>().as('open'),
      sum(sql`replied_at IS NULL AND next_attempt_at <= ${work.now}`).as('overdue'),
      sum(sql`replied_at IS NULL AND next_attempt_at > ${work.now} AND next_attempt_at <= ${endOfDay}`).as(
        'today',
      ),
      sum(sql`replied_at IS NOT NULL`).as('replied'),
      sum(sql`owner_id IS NOT NULL AND next_attempt_at IS NULL`).as('finished'),
    ])
    .where('sales_team_id', '=', salesTeamId)
    .where('state', '<>', 'resolved')
    .groupBy(['owner_id', 'attempts'])
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, overdue: row.overdue ?? 0, today: row.today ?? 0 })));
}

export interface ResolvedCount {
  ownerId: string | null;
  resolved: number;
  qualified: number;
}

/** Per owner what was closed since then. @param since UTC milliseconds */
export async function resolvedSince(
  work: Work,
  salesTeamId: number,
  since: number,
): Promise<ResolvedCount[]> {
  return work.db
    .selectFrom('lead')
    .select((eb) => [
      'owner_id as ownerId',
      eb.fn.countAll<number>().as('resolved'),
      sql<number>`sum(resolution = 'qualified')`.as('qualified'),
    ])
    .where('sales_team_id', '=', salesTeamId)
    .where('resolved_at', '>=', since)
    .groupBy('owner_id')
    .execute();
}
