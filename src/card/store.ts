import { cardSlot } from '../lead/card-slot.ts';
import { permalink } from '../lead/lead.ts';
import type { Work } from '../work.ts';

/** The addresses of the leads' cards in Slack, by lead id; one that is not posted yet has none. */
export async function cardUrls(work: Work, leadIds: readonly number[]): Promise<Map<number, string>> {
  if (leadIds.length === 0) return new Map();
  const bySlot = new Map(leadIds.map((id) => [cardSlot(id), id]));
  const rows = await work.db
    .selectFrom('slack_message')
    .select(['slot', 'channel_id', 'ts'])
    .where('team_id', '=', work.workspace.teamId)
    .where('slot', 'in', [...bySlot.keys()])
    .execute();
  return new Map(
    rows.map((row) => [bySlot.get(row.slot) ?? 0, permalink(work.workspace.url, row.channel_id, row.ts)]),
  );
}
