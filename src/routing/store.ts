import { sql } from 'kysely';
import type { LeadRow } from '../db/schema.ts';
import { goesByItself } from '../lead/waiting.ts';
import type { Work } from '../work.ts';

// Literals, as in the indexes: a bound value would not find them.
const isOpen = sql<boolean>`state NOT IN ('held', 'resolved')`;
const waits = sql<boolean>`waits_for IS NOT NULL`;

type Named = Pick<LeadRow, 'id' | 'name' | 'email' | 'phone' | 'account' | 'owner_id'>;
const named = ['id', 'name', 'email', 'phone', 'account', 'owner_id'] as const;

/** The newest other lead of the same mail address that somebody had. */
export async function ownedByPerson(work: Work, lead: LeadRow): Promise<Named | undefined> {
  if (lead.email_key === null) return undefined;
  return work.db
    .selectFrom('lead')
    .select(named)
    .where('team_id', '=', work.workspace.teamId)
    .where('email_key', '=', lead.email_key)
    .where('sales_team_id', '=', lead.sales_team_id)
    .where('owner_id', 'is not', null)
    .where('id', '!=', lead.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The newest other lead of the same name at the same account that somebody had. */
export async function ownedByNamesake(work: Work, lead: LeadRow): Promise<Named | undefined> {
  if (lead.account_key === null || lead.name_key === null) return undefined;
  return work.db
    .selectFrom('lead')
    .select(named)
    .where('team_id', '=', work.workspace.teamId)
    .where('account_key', '=', lead.account_key)
    .where('name_key', '=', lead.name_key)
    .where('sales_team_id', '=', lead.sales_team_id)
    .where('owner_id', 'is not', null)
    .where('id', '!=', lead.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Of each rep the newest open lead at the same account; at most three reps. */
export async function openAtAccount(work: Work, lead: LeadRow): Promise<Named[]> {
  if (lead.account_key === null) return [];
  const newest = await work.db
    .selectFrom('lead')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('sales_team_id', '=', lead.sales_team_id)
    .where('account_key', '=', lead.account_key)
    .where('team_id', '=', work.workspace.teamId)
    // Not by the index of all open leads: the account's are few.
    .where(sql<boolean>`+owner_id IS NOT NULL`)
    .where(isOpen)
    .where('id', '!=', lead.id)
    .groupBy(sql`+owner_id`)
    .orderBy('id', 'desc')
    .limit(3)
    .execute();
  if (newest.length === 0) return [];
  return work.db
    .selectFrom('lead')
    .select(named)
    .where(
      'id',
      'in',
      newest.map(({ id }) => id),
    )
    .orderBy('id', 'desc')
    .execute();
}

/** How many open leads of the team each of these people has. */
export async function openCounts(
  work: Work,
  salesTeamId: number,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map();
  const rows = await work.db
    .selectFrom('lead')
    .select((eb) => ['owner_id', eb.fn.countAll<number>().as('leads')])
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', 'in', userIds)
    .where(isOpen)
    .groupBy('owner_id')
    .execute();
  return new Map(rows.map((row) => [row.owner_id ?? '', row.leads]));
}

/**
 * Keeps who was served, and the accounts after a turn of round robin.
 * @param at later than everybody's before, so that the order of one instant is kept
 */
export async function saveTurn(
  work: Work,
  salesTeamId: number,
  served: { userId: string; at: number },
  owed: ReadonlyMap<string, number>,
): Promise<void> {
  const accounts = owed.size > 0 ? [...owed] : [[served.userId, undefined] as const];
  const rows = accounts.map(([userId, account]) => ({
    sales_team_id: salesTeamId,
    user_id: userId,
    team_id: work.workspace.teamId,
    owed: account ?? 0,
    served_at: userId === served.userId ? served.at : null,
  }));
  await work.db
    .insertInto('rep')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['sales_team_id', 'user_id']).doUpdateSet({
        ...(owed.size > 0 && { owed: sql<number>`excluded.owed` }),
        served_at: sql<number>`coalesce(excluded.served_at, rep.served_at)`,
      }),
    )
    .execute();
}

/** @param steps sentences in mrkdwn */
export async function insertDecision(work: Work, leadId: number, steps: readonly string[]): Promise<void> {
  await work.db
    .insertInto('routing_decision')
    .values({
      team_id: work.workspace.teamId,
      lead_id: leadId,
      at: work.now,
      steps: JSON.stringify(steps),
    })
    .execute();
}

/**
 * Leads on offer that wait for a rep: by rank, then first come first served.
 * @param after the last one of the page before
 */
export async function waitingLeads(
  work: Work,
  salesTeamId: number,
  limit: number,
  after?: Pick<LeadRow, 'rank' | 'created_at' | 'id'>,
): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('sales_team_id', '=', salesTeamId)
    .where('team_id', '=', work.workspace.teamId)
    .where(waits)
    .where('state', '=', 'offered')
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(rank, created_at, id) > (${after?.rank}, ${after?.created_at}, ${after?.id})`,
      ),
    )
    .orderBy('rank')
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export interface WaitingCount {
  channelId: string;
  why: string;
  leads: number;
}

/** How many leads wait until somebody has room, by channel and reason, the most first. */
export async function waitingCounts(work: Work, salesTeamId: number): Promise<WaitingCount[]> {
  const rows = await work.db
    .selectFrom('lead')
    .select((eb) => ['channel_id as channelId', 'waits_for as why', eb.fn.countAll<number>().as('leads')])
    .where('sales_team_id', '=', salesTeamId)
    .where('team_id', '=', work.workspace.teamId)
    .where(waits)
    .where('state', '=', 'offered')
    .groupBy(['channel_id', 'waits_for'])
    .orderBy('leads', 'desc')
    .execute();
  return rows.flatMap(({ why, ...row }) => (why !== null && goesByItself(why) ? [{ ...row, why }] : []));
}

/** The teams in which a lead waits for a rep. */
export async function teamsWithWaiting(work: Work): Promise<number[]> {
  const rows = await work.db
    .selectFrom('lead')
    .select('sales_team_id')
    .distinct()
    .where(waits)
    .where('team_id', '=', work.workspace.teamId)
    .execute();
  return rows.map((row) => row.sales_team_id);
}

export interface HistoryEntry {
  at: number;
  /** JSON list of sentences. */
  steps: string;
}

/** The decisions about a lead, newest first. */
export async function decisionsOf(work: Work, leadId: number, limit: number): Promise<HistoryEntry[]> {
  return work.db
    .selectFrom('routing_decision')
    .select(['at', 'steps'])
    .where('lead_id', '=', leadId)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Who got the lead otherwise than by a decision of the app's: claimed, handed over, swapped; newest first. */
export async function takenBy(
  work: Work,
  leadId: number,
  limit: number,
): Promise<{ at: number; user_id: string; how: string; by_user_id: string | null; reason: string | null }[]> {
  return work.db
    .selectFrom('assignment')
    .select(['at', 'user_id', 'how', 'by_user_id', 'reason'])
    .where('lead_id', '=', leadId)
    .where('team_id', '=', work.workspace.teamId)
    .where('how', 'in', ['claim', 'manager', 'swap'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
