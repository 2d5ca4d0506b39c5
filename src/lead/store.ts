import { type RawBuilder, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { among } from '../db/among.ts';
import type { AssignmentTable, Db, LeadPatch, LeadRow, NewLead } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';
import { ladderStart } from './ladder-start.ts';

export async function insertLead(db: Db, lead: NewLead): Promise<LeadRow> {
  return db.insertInto('lead').values(lead).returningAll().executeTakeFirstOrThrow();
}

/** @throws Refusal when there is no such lead in this workspace, for instance after it was erased. */
export async function leadById(work: Work, id: number): Promise<LeadRow> {
  const row = await work.db
    .selectFrom('lead')
    .selectAll()
    .where('id', '=', id)
    .where('team_id', '=', work.workspace.teamId)
    .executeTakeFirst();
  if (!row) throw new Refusal('This lead is no longer there. Nothing was changed.');
  return row;
}

export async function leadsById(work: Work, ids: readonly number[]): Promise<Map<number, LeadRow>> {
  if (ids.length === 0) return new Map();
  const rows = await work.db
    .selectFrom('lead')
    .selectAll()
    .where('id', 'in', among(ids))
    .where('team_id', '=', work.workspace.teamId)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function updateLead(db: Db, id: number, patch: LeadPatch): Promise<LeadRow> {
  return db.updateTable('lead').set(patch).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
}

/**
 * Whether a lead is put off beyond when it is due, as `putOffUntil` says it; a step without a time of day is due as its
 * day ends. @param table its name in the query
 */
export function putOffIn(table: string, now: number): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return sql`(coalesce(${column('snoozed_until')}, 0) > max(${now}, ${column('next_attempt_at')})
    AND ${column('replied_at')} IS NULL)`;
}

/** Whether a lead is late, as `isLate` says it. */
export function lateIn(table: string, now: number): RawBuilder<boolean> {
  return sql`(${sql.ref(`${table}.next_attempt_at`)} <= ${now} AND NOT ${putOffIn(table, now)})`;
}

/** The newest lead of the team with this identity mail, open or resolved. */
export async function leadByEmail(
  work: Work,
  salesTeamId: number,
  emailKey: string,
): Promise<LeadRow | undefined> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('email_key', '=', emailKey)
    .where('sales_team_id', '=', salesTeamId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

export type Assignment = Selectable<AssignmentTable>;

/** Who gave the lead, and in what words, where a person did. */
export interface Given {
  by?: string;
  reason?: string;
}

/**
 * Gives an offered lead to a rep. The caller brings the due date up to date afterwards (`saveProgress`).
 * @returns undefined when somebody else has it already: the first one wins
 */
export async function assignLead(
  work: Work,
  lead: LeadRow,
  userId: string,
  how: Assignment['how'],
  given: Given = {},
): Promise<LeadRow | undefined> {
  const from = lead.owned_at === null ? null : await lastOwner(work, lead.id);
  // Who gives a lead back and claims it again wins no time by it.
  const isReclaimed = how === 'claim' && from === userId;
  const owned = await work.db
    .updateTable('lead')
    .set({
      state: 'owned',
      owner_id: userId,
      owned_at: work.now,
      ...(!isReclaimed && { cadence_started_at: work.now }),
      waits_for: null,
      ...ladderStart(work.now),
    })
    .where('id', '=', lead.id)
    .where('state', '=', 'offered')
    .returningAll()
    .executeTakeFirst();
  if (!owned) return undefined;
  await insertAssignment(work, { leadId: lead.id, userId, how, from, ...given });
  return owned;
}

/** The history of who had the lead grows by one row; the lead itself is changed by the caller. */
export async function insertAssignment(
  work: Work,
  entry: Given & { leadId: number; userId: string; how: Assignment['how']; from: string | null },
): Promise<void> {
  await work.db
    .insertInto('assignment')
    .values({
      team_id: work.workspace.teamId,
      lead_id: entry.leadId,
      user_id: entry.userId,
      how: entry.how,
      by_user_id: entry.by ?? null,
      from_user_id: entry.from,
      reason: entry.reason ?? null,
      at: work.now,
    })
    .execute();
}

async function lastOwner(work: Work, leadId: number): Promise<string | null> {
  const row = await work.db
    .selectFrom('assignment')
    .select('user_id')
    .where('lead_id', '=', leadId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

const letGo = z.object({ from: z.string() });

/** What the audit says when somebody who had a lead has it no more, and nobody else was named: they get it no second time. */
export const letGoActions = ['lead.given_back', 'lead.taken_back'] as const;

/** Who gave the lead back, or lost it for not touching it. The app gives it to none of them again; claiming is free. */
export async function letGoBy(work: Work, leadId: number): Promise<string[]> {
  const rows = await work.db
    .selectFrom('audit')
    .select('detail')
    .where('lead_id', '=', leadId)
    .where('action', 'in', letGoActions)
    .execute();
  return rows.map((row) => letGo.parse(JSON.parse(row.detail)).from);
}

/** How many leads of the team a person got since then, each counted once. */
export async function newSince(
  work: Work,
  salesTeamId: number,
  userId: string,
  since: number,
): Promise<number> {
  const row = await work.db
    .selectFrom('assignment')
    .innerJoin('lead', 'lead.id', 'assignment.lead_id')
    .select(sql<number>`count(DISTINCT assignment.lead_id)`.as('leads'))
    .where('assignment.team_id', '=', work.workspace.teamId)
    .where('assignment.user_id', '=', userId)
    .where('assignment.at', '>=', since)
    .where('lead.sales_team_id', '=', salesTeamId)
    .executeTakeFirstOrThrow();
  return row.leads;
}
