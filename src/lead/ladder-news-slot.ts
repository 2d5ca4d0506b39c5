import type { LeadRow } from '../db/schema.ts';
import type { LadderNewsTable } from '../db/routing-tables.ts';
import { DAY } from '../calendar/civil.ts';
import { among } from '../db/among.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import { livingSlots } from '../outbox/store.ts';
import type { Work } from '../work.ts';
import { ladderKind } from './ladder.ts';
import { leadsById } from './store.ts';

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

/** All that a message says about a lead that has left its ladder, as one text to compare; null while it is on it. */
function becameOf(lead: LeadRow, kind: LadderNews['kind'], from: number): string | null {
  if (isOnLadder(lead, kind, from)) return null;
  return JSON.stringify([lead.state, lead.owner_id, lead.waits_for, lead.ladder_from === from]);
}

/** So long a message goes on saying who has the lead; nobody looks for that in an older one. */
const followedMs = 2 * DAY;

/** Lets the messages in which the leads stand say what became of them; most leads stand in none. */
export async function refreshLadderNews(work: Work, leadIds: readonly number[]): Promise<void> {
  const rows = await work.db
    .selectFrom('ladder_news')
    .select(['id', 'lead_id', 'kind', 'slot', 'ladder_from', 'shown'])
    .where('lead_id', 'in', among(leadIds))
    .execute();
  if (rows.length === 0) return;
  const leads = await leadsById(work, [...new Set(rows.map((row) => row.lead_id))]);
  const changed = rows
    .flatMap((row) => {
      const lead = leads.get(row.lead_id);
      return lead ? [{ ...row, became: becameOf(lead, row.kind, row.ladder_from) }] : [];
    })
    .filter(({ became, shown, ladder_from: from }) => {
      const isFollowed = became === null || shown === null || work.now - from < followedMs;
      return became !== shown && isFollowed;
    });
  if (changed.length === 0) return;
  const living = await livingSlots(
    work.db,
    work.workspace.teamId,
    changed.map(({ slot }) => slot),
  );
  for (const row of changed) {
    await work.db.updateTable('ladder_news').set({ shown: row.became }).where('id', '=', row.id).execute();
    if (living.has(row.slot))
      await updateSlot(work, { type: ladderNewsType, data: { slot: row.slot } }, row.slot);
  }
}
