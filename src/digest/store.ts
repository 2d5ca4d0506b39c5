import { sql } from 'kysely';
import type { ArrivalWay, Resolution } from '../db/schema.ts';
import { cardSlot, heldSlot } from '../lead/card-slot.ts';
import type { Work } from '../work.ts';

/** Both ends in UTC milliseconds; `to` is not part of the period. */
export interface Period {
  from: number;
  to: number;
}

/** What tells where a lead is from; the digest makes one name of it. */
export interface Origin {
  source: string;
  form: string | null;
  way: ArrivalWay;
}

export interface ArrivalCount extends Origin {
  rank: string;
  leads: number;
}

/** The leads that arrived in the period. */
export async function arrivals(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
): Promise<ArrivalCount[]> {
  return work.db
    .selectFrom('lead')
    .select((eb) => ['source', 'form', 'way', 'rank', eb.fn.countAll<number>().as('leads')])
    .where('sales_team_id', '=', salesTeamId)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .groupBy(['source', 'form', 'way', 'rank'])
    .execute();
}

export interface FlagCount extends Origin {
  reason: string;
  flags: number;
}

/** What reps said was wrong with leads in the period, taken-back flags left out. */
export async function flagCounts(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
): Promise<FlagCount[]> {
  return work.db
    .selectFrom('flag')
    .innerJoin('lead', 'lead.id', 'flag.lead_id')
    .select((eb) => [
      'flag.source',
      'lead.form',
      'lead.way',
      'flag.reason_label as reason',
      eb.fn.countAll<number>().as('flags'),
    ])
    .where('flag.sales_team_id', '=', salesTeamId)
    .where('flag.at', '>=', from)
    .where('flag.at', '<', to)
    .where('flag.undone_at', 'is', null)
    .groupBy(['flag.source', 'lead.form', 'lead.way', 'flag.reason_label'])
    .execute();
}

export interface FlaggedCount extends Origin {
  leads: number;
}

/** How many leads were flagged in the period, each counted once, however often and by whom it was flagged. */
export async function flaggedLeads(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
): Promise<FlaggedCount[]> {
  return work.db
    .selectFrom('flag')
    .innerJoin('lead', 'lead.id', 'flag.lead_id')
    .select((eb) => [
      'flag.source',
      'lead.form',
      'lead.way',
      eb.fn.count<number>('flag.lead_id').distinct().as('leads'),
    ])
    .where('flag.sales_team_id', '=', salesTeamId)
    .where('flag.at', '>=', from)
    .where('flag.at', '<', to)
    .where('flag.undone_at', 'is', null)
    .groupBy(['flag.source', 'lead.form', 'lead.way'])
    .execute();
}

export interface ClosedCount {
  rank: string;
  resolution: Resolution;
  leads: number;
  answered: number;
}

/** The leads that were closed in the period, whenever they arrived. */
export async function closedCounts(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
): Promise<ClosedCount[]> {
  const rows = await work.db
    .selectFrom('lead')
    .select((eb) => [
      'rank',
      'resolution',
      eb.fn.countAll<number>().as('leads'),
      sql<number>`sum(answered = 1 OR ${isNobody(work)})`.as('answered'),
    ])
    .where('sales_team_id', '=', salesTeamId)
    .where('resolved_at', '>=', from)
    .where('resolved_at', '<', to)
    .groupBy(['rank', 'resolution'])
    .execute();
  return rows.flatMap((row) => (row.resolution === null ? [] : [{ ...row, resolution: row.resolution }]));
}

/**
 * Nobody is there to answer: spam, tests, duplicates. Leads that were closed before that was asked say it by a fact
 * that a rep gave as the reason.
 */
function isNobody(work: Work): ReturnType<typeof sql<boolean>> {
  const facts = work.playbooks.current.playbook.reasons.filter(({ kind }) => kind === 'factual');
  return sql<boolean>`(lead.needs_answer IS 0 OR (lead.needs_answer IS NULL AND EXISTS (SELECT 1 FROM flag
    WHERE flag.lead_id = lead.id AND flag.undone_at IS NULL
    AND flag.reason IN (${sql.join(facts.length === 0 ? [''] : facts.map(({ id }) => id))}))))`;
}

export interface UnansweredLead {
  id: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  resolved_by: string | null;
  /** Where its card is, or the one it had while it was held; null when it never had any. */
  card: { channelId: string; ts: string } | null;
}

/** The newest leads that were closed in the period without an answer to the prospect. */
export async function unansweredLeads(
  work: Work,
  salesTeamId: number,
  { from, to }: Period,
  limit: number,
): Promise<UnansweredLead[]> {
  const leads = await work.db
    .selectFrom('lead')
    .select(['id', 'name', 'email', 'phone', 'resolved_by'])
    .where('sales_team_id', '=', salesTeamId)
    .where('resolved_at', '>=', from)
    .where('resolved_at', '<', to)
    .where('answered', '=', 0)
    .where(sql<boolean>`NOT ${isNobody(work)}`)
    .orderBy('resolved_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  if (leads.length === 0) return [];
  const cards = await work.db
    .selectFrom('slack_message')
    .select(['slot', 'channel_id', 'ts'])
    .where('team_id', '=', work.workspace.teamId)
    .where(
      'slot',
      'in',
      leads.flatMap((lead) => [cardSlot(lead.id), heldSlot(lead.id)]),
    )
    .execute();
  const bySlot = new Map(cards.map((row) => [row.slot, { channelId: row.channel_id, ts: row.ts }]));
  return leads.map((lead) => ({
    ...lead,
    card: bySlot.get(cardSlot(lead.id)) ?? bySlot.get(heldSlot(lead.id)) ?? null,
  }));
}
