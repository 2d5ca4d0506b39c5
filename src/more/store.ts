import { sql } from 'kysely';
import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** Leads of the team that anybody may claim, by rank and then the oldest first; and how many there are. */
export async function onOffer(
  work: Work,
  salesTeamId: number,
  limit: number,
): Promise<{ count: number; leads: LeadRow[] }> {
  const offered = work.db
    .selectFrom('lead')
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', 'is', null)
    .where('state', '=', 'offered')
    .where('waits_for', 'is', null)
    // Said once more as the index says it, which does not know that an offer is open.
    .where(sql<boolean>`state NOT IN ('held', 'resolved')`);
  const { count } = await offered
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const leads = await offered.selectAll().orderBy('rank').orderBy('created_at').limit(limit).execute();
  return { count, leads };
}
