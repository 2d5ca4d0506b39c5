import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** Leads whose ladder is due, longest overdue first; found by an index, whatever the number of open leads. */
export async function leadsOnLadder(work: Work, limit: number): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('ladder_at', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('ladder_at')
    .limit(limit)
    .execute();
}
