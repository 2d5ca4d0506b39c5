import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** The open leads of a rep in one team. */
export async function openLeadsOf(work: Work, salesTeamId: number, userId: string): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', '=', userId)
    .where('state', '<>', 'resolved')
    .execute();
}

/** Where the leads' cards are, by lead id. */
export async function cardPlaces(
  work: Work,
  leads: readonly LeadRow[],
): Promise<Map<number, { channelId: string; ts: string }>> {
  if (leads.length === 0) return new Map();
  const bySlot = new Map(leads.map((lead) => [`card:${lead.id}`, lead.id]));
  const rows = await work.db
    .selectFrom('slack_message')
    .select(['slot', 'channel_id', 'ts'])
    .where('team_id', '=', work.workspace.teamId)
    .where('slot', 'in', [...bySlot.keys()])
    .execute();
  return new Map(rows.map((row) => [bySlot.get(row.slot) ?? 0, { channelId: row.channel_id, ts: row.ts }]));
}
