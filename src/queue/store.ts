import { sql } from 'kysely';
import { among } from '../db/among.ts';
import type { LeadRow, TouchRow } from '../db/schema.ts';
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

/** The last touch of each of these leads that somebody has logged from then on and that counts, by lead id. */
export async function loggedSince(
  work: Work,
  leadIds: readonly number[],
  since: number,
): Promise<Map<number, TouchRow>> {
  if (leadIds.length === 0) return new Map();
  const rows = await work.db
    .selectFrom('touch')
    .selectAll()
    .where('lead_id', 'in', among(leadIds))
    .where('logged_at', '>=', since)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute();
  return new Map(rows.map((touch) => [touch.lead_id, touch]));
}
