import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** Leads whose nudge is due, most overdue first; found by an index, whatever the number of open leads. */
export async function leadsToNudge(work: Work, limit: number): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('nudge_at', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('nudge_at')
    .limit(limit)
    .execute();
}
