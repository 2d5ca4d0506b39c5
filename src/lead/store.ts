import type { Selectable } from 'kysely';
import type { AssignmentTable, Db, LeadPatch, LeadRow, NewLead } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';

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

export async function updateLead(db: Db, id: number, patch: LeadPatch): Promise<LeadRow> {
  return db.updateTable('lead').set(patch).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
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

/**
 * Gives an offered lead to a rep. The caller brings the due date up to date afterwards (`saveProgress`).
 * @returns undefined when somebody else has it already: the first one wins
 */
export async function assignLead(
  work: Work,
  lead: LeadRow,
  userId: string,
  how: Assignment['how'],
): Promise<LeadRow | undefined> {
  const owned = await work.db
    .updateTable('lead')
    .set({ state: 'owned', owner_id: userId, owned_at: work.now, cadence_started_at: work.now })
    .where('id', '=', lead.id)
    .where('state', '=', 'offered')
    .returningAll()
    .executeTakeFirst();
  if (!owned) return undefined;
  await work.db
    .insertInto('assignment')
    .values({ team_id: work.workspace.teamId, lead_id: lead.id, user_id: userId, how, at: work.now })
    .execute();
  return owned;
}
