import { sql } from 'kysely';
import type { Db, LeadRow } from '../db/schema.ts';
import { newSince } from '../lead/store.ts';
import type { Work } from '../work.ts';

/** How often and when somebody has claimed in this team since an instant. What they brought themselves is no claim. */
export async function claimsSince(
  work: Work,
  salesTeamId: number,
  userId: string,
  since: number,
): Promise<number> {
  const row = await claimsOf(work.db, work.workspace.teamId, salesTeamId, userId)
    .select((eb) => eb.fn.countAll<number>().as('claims'))
    .where('assignment.at', '>=', since)
    .executeTakeFirstOrThrow();
  return row.claims;
}

export async function lastClaimAt(work: Work, salesTeamId: number, userId: string): Promise<number | null> {
  const row = await claimsOf(work.db, work.workspace.teamId, salesTeamId, userId)
    .select('assignment.at')
    .orderBy('assignment.at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

function claimsOf(db: Db, teamId: string, salesTeamId: number, userId: string) {
  return db
    .selectFrom('assignment')
    .innerJoin('lead', 'lead.id', 'assignment.lead_id')
    .where('assignment.team_id', '=', teamId)
    .where('assignment.user_id', '=', userId)
    .where('assignment.how', '=', 'claim')
    .where('lead.sales_team_id', '=', salesTeamId)
    .where(sql<boolean>`(lead.added_by IS NULL OR lead.added_by <> assignment.user_id)`);
}

/** How many open leads somebody has in this team, and how many they got since an instant, however they got them. */
export async function loadOf(
  work: Work,
  salesTeamId: number,
  userId: string,
  since: number,
): Promise<{ open: number; fresh: number }> {
  const { open } = await work.db
    .selectFrom('lead')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', '=', userId)
    .where(sql<boolean>`state NOT IN ('held', 'resolved')`)
    .executeTakeFirstOrThrow();
  return { open, fresh: await newSince(work, salesTeamId, userId, since) };
}

/**
 * The leads of a rep whose next step is past due, and how many there are; the oldest first, from the index of open leads.
 * Put off or not: a snooze is no way past the question.
 */
export async function leadsPastTouch(
  work: Work,
  salesTeamId: number,
  userId: string,
  limit: number,
): Promise<{ count: number; leads: LeadRow[] }> {
  const overdue = work.db
    .selectFrom('lead')
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', '=', userId)
    .where('next_attempt_at', '<=', work.now)
    .where(sql<boolean>`state NOT IN ('held', 'resolved')`);
  const { count } = await overdue
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const leads = await overdue.selectAll().orderBy('next_attempt_at').limit(limit).execute();
  return { count, leads };
}

/** What the audit keeps of a claim past one's overdue leads. */
export const claimedAnyway = 'lead.claimed_anyway';

/** How often this person has claimed past their overdue leads since an instant. */
export async function anywaySince(
  work: Work,
  salesTeamId: number,
  userId: string,
  since: number,
): Promise<number> {
  const row = await work.db
    .selectFrom('assignment')
    .innerJoin('lead', 'lead.id', 'assignment.lead_id')
    .innerJoin('audit', (join) =>
      join
        .onRef('audit.lead_id', '=', 'assignment.lead_id')
        .onRef('audit.at', '=', 'assignment.at')
        .onRef('audit.actor', '=', 'assignment.user_id')
        .on('audit.action', '=', claimedAnyway),
    )
    .select((eb) => eb.fn.countAll<number>().as('claims'))
    .where('assignment.team_id', '=', work.workspace.teamId)
    .where('assignment.user_id', '=', userId)
    .where('assignment.at', '>=', since)
    .where('lead.sales_team_id', '=', salesTeamId)
    .executeTakeFirstOrThrow();
  return row.claims;
}

/** Whether this person has claimed this very lead past their overdue ones before. */
export async function hasClaimedAnyway(db: Db, leadId: number, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('audit')
    .select('id')
    .where('lead_id', '=', leadId)
    .where('action', '=', claimedAnyway)
    .where('actor', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}
