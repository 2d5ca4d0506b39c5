import type { LeadRow } from '../db/schema.ts';
import type { LadderNewsTable } from '../db/routing-tables.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import { livingSlots } from '../outbox/store.ts';
import type { Work } from '../work.ts';
import { ladderKind } from './ladder.ts';
import { leadById } from './store.ts';

/** A message of the ladder's brought up to date; `ladder/` renders it, every change of a lead asks for it here. */
export const ladderNewsType = 'ladder_news';

export interface LadderNews {
  salesTeamId: number;
  kind: LadderNewsTable['kind'];
  /** The leads, and the start of the ladder that the message is about. */
  leads: readonly { leadId: number; from: number }[];
}

/** Remembers in which message these leads stand. */
export async function insertLadderNews(work: Work, slot: string, news: LadderNews): Promise<void> {
  const rows = news.leads.map(({ leadId, from }) => ({
    team_id: work.workspace.teamId,
    sales_team_id: news.salesTeamId,
    lead_id: leadId,
    ladder_from: from,
    kind: news.kind,
    slot,
  }));
  if (rows.length > 0) await work.db.insertInto('ladder_news').values(rows).execute();
}

/** What stands in the message of this slot. */
export async function ladderNewsOf(work: Work, slot: string): Promise<LadderNews | undefined> {
  const rows = await work.db
    .selectFrom('ladder_news')
    .select(['sales_team_id', 'kind', 'lead_id as leadId', 'ladder_from as from'])
    .where('team_id', '=', work.workspace.teamId)
    .where('slot', '=', slot)
    .orderBy('id')
    .execute();
  const [first] = rows;
  return first && { salesTeamId: first.sales_team_id, kind: first.kind, leads: rows };
}

/** Whether the lead is still on the very ladder that a message was about. */
export function isOnLadder(lead: LeadRow, kind: LadderNews['kind'], from: number): boolean {
  return ladderKind(lead) === (kind === 'untouched' ? kind : 'unclaimed') && lead.ladder_from === from;
}

/** So long a message goes on saying who has the lead; nobody looks for that in an older one. */
const followedMs = 7 * 86_400_000;

/** Lets the messages in which the lead stands say what became of it; most leads stand in none. */
export async function refreshLadderNews(work: Work, leadId: number): Promise<void> {
  const rows = await work.db
    .selectFrom('ladder_news')
    .select(['id', 'kind', 'slot', 'ladder_from', 'is_open'])
    .where('lead_id', '=', leadId)
    .execute();
  if (rows.length === 0) return;
  const lead = await leadById(work, leadId);
  const open = (row: (typeof rows)[number]): number => Number(isOnLadder(lead, row.kind, row.ladder_from));
  const isFollowed = (row: (typeof rows)[number]): boolean =>
    row.is_open === 0 && work.now - row.ladder_from < followedMs;
  const changed = rows.filter((row) => open(row) !== row.is_open || isFollowed(row));
  const living = await livingSlots(
    work.db,
    work.workspace.teamId,
    changed.map(({ slot }) => slot),
  );
  for (const row of changed) {
    await work.db
      .updateTable('ladder_news')
      .set({ is_open: open(row) })
      .where('id', '=', row.id)
      .execute();
    if (living.has(row.slot))
      await updateSlot(work, { type: ladderNewsType, data: { slot: row.slot } }, row.slot);
  }
}
