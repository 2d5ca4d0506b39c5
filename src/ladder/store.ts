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

/** Who has had these leads so far, in order; who had one twice is named once. */
export async function ownersBefore(work: Work, leadIds: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await work.db
    .selectFrom('assignment')
    .select(['lead_id', 'user_id'])
    .where('lead_id', 'in', leadIds)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('id')
    .execute();
  const owners = new Map<number, string[]>();
  for (const { lead_id: leadId, user_id: userId } of rows) {
    const known = owners.get(leadId) ?? [];
    if (!known.includes(userId)) owners.set(leadId, [...known, userId]);
  }
  return owners;
}
