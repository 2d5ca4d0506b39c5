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
