import { sql } from 'kysely';
import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** The open leads of these people in one team. */
export async function openLeadsOf(
  work: Work,
  salesTeamId: number,
  userIds: readonly string[],
): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', 'in', userIds)
    .where(sql<boolean>`state NOT IN ('held', 'resolved')`)
    .execute();
}

/** The people who are away now and have named this person to look after their leads. */
export async function lookedAfterBy(work: Work, userId: string): Promise<string[]> {
  const rows = await work.db
    .selectFrom('absence')
    .select('user_id')
    .distinct()
    .where('team_id', '=', work.workspace.teamId)
    .where('ended_at', 'is', null)
    .where('deputy_id', '=', userId)
    .where('from_at', '<=', work.now)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', work.now)]))
    .execute();
  return rows.map((row) => row.user_id);
}
