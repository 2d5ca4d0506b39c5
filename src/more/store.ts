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

/** How many people were added to each of these leads. */
export async function addedPeople(work: Work, leadIds: readonly number[]): Promise<Map<number, number>> {
  if (leadIds.length === 0) return new Map();
  const rows = await work.db
    .selectFrom('person')
    .select((eb) => ['lead_id', eb.fn.countAll<number>().as('people')])
    .where('lead_id', 'in', leadIds)
    .groupBy('lead_id')
    .execute();
  return new Map(rows.map((row) => [row.lead_id, row.people]));
}
