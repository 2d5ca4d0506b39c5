import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { AbsenceTable, Db, RepTable } from '../../db/schema.ts';
import type { Work } from '../../work.ts';

export type RepRow = Selectable<RepTable>;
export type Absence = Selectable<AbsenceTable>;

/** The team's reps with settings or turns of their own; also of some who have left the roster. */
export async function repRows(work: Work, salesTeamId: number): Promise<RepRow[]> {
  return work.db
    .selectFrom('rep')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('sales_team_id', '=', salesTeamId)
    .execute();
}

export async function saveRep(
  work: Work,
  salesTeamId: number,
  userId: string,
  values: Updateable<RepTable>,
): Promise<void> {
  await work.db
    .insertInto('rep')
    .values({
      ...(values as Partial<Insertable<RepTable>>),
      sales_team_id: salesTeamId,
      user_id: userId,
      team_id: work.workspace.teamId,
    })
    .onConflict((conflict) => conflict.columns(['sales_team_id', 'user_id']).doUpdateSet(values))
    .execute();
  await markChanged(work, [salesTeamId]);
}

/** The teams are loaded anew: a loaded one knows its people's hours and absences. */
async function markChanged(work: Work, salesTeamIds: readonly number[]): Promise<void> {
  if (salesTeamIds.length === 0) return;
  await work.db
    .updateTable('sales_team')
    .set({ updated_at: sql`max(updated_at + 1, ${work.now})` })
    .where('team_id', '=', work.workspace.teamId)
    .where('id', 'in', salesTeamIds)
    .execute();
}

async function markTeamsOf(work: Work, userId: string): Promise<void> {
  const rows = await work.db
    .selectFrom('member')
    .select('sales_team_id')
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', '=', userId)
    .execute();
  await markChanged(
    work,
    rows.map((row) => row.sales_team_id),
  );
}

/** Who leaves the roster takes no turns along: coming back, they begin like a new rep. Their settings stay. */
export async function forgetTurns(db: Db, salesTeamId: number, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db
    .updateTable('rep')
    .set({ owed: 0, served_at: null })
    .where('sales_team_id', '=', salesTeamId)
    .where('user_id', 'in', userIds)
    .execute();
}

/** Absences of these people that nobody has ended, also those whose time is over or has not come. */
export async function openAbsences(work: Work, userIds: readonly string[]): Promise<Absence[]> {
  if (userIds.length === 0) return [];
  return work.db
    .selectFrom('absence')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', 'in', userIds)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Absences of these people that were not over by then, those that have not begun included. */
export async function absencesSince(
  work: Work,
  userIds: readonly string[],
  since: number,
): Promise<Absence[]> {
  if (userIds.length === 0) return [];
  return work.db
    .selectFrom('absence')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', 'in', userIds)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', since)]))
    .orderBy('id')
    .execute();
}

export async function insertAbsence(
  work: Work,
  absence: Pick<Absence, 'user_id' | 'why' | 'until_at' | 'set_by'> &
    Partial<Pick<Absence, 'deputy_id' | 'said'>>,
): Promise<Absence> {
  await markTeamsOf(work, absence.user_id);
  return work.db
    .insertInto('absence')
    .values({ ...absence, team_id: work.workspace.teamId, from_at: work.now, ended_at: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateAbsence(
  work: Work,
  { id, user_id: userId }: Pick<Absence, 'id' | 'user_id'>,
  values: Pick<Absence, 'until_at' | 'set_by' | 'deputy_id'> & Partial<Pick<Absence, 'said'>>,
): Promise<Absence> {
  await markTeamsOf(work, userId);
  return work.db
    .updateTable('absence')
    .set(values)
    .where('team_id', '=', work.workspace.teamId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function endAbsences(work: Work, userId: string, why: readonly Absence['why'][]): Promise<void> {
  await markTeamsOf(work, userId);
  await work.db
    .updateTable('absence')
    .set({ ended_at: work.now })
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', '=', userId)
    .where('why', 'in', why)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends the absences whose time is over. @returns whose they were */
export async function endPastAbsences(work: Work): Promise<string[]> {
  const rows = await work.db
    .updateTable('absence')
    .set({ ended_at: work.now })
    .where('team_id', '=', work.workspace.teamId)
    .where('ended_at', 'is', null)
    .where('until_at', '<=', work.now)
    .returning('user_id')
    .execute();
  return [...new Set(rows.map((row) => row.user_id))];
}

/** The newest absence of this person's that a status said, over or not. */
export async function lastStatusAbsence(work: Work, userId: string): Promise<Absence | undefined> {
  return work.db
    .selectFrom('absence')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', '=', userId)
    .where('why', '=', 'status')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The status says something else now: the same words later are said anew. */
export async function forgetSaid(work: Work, absenceId: number): Promise<void> {
  await work.db
    .updateTable('absence')
    .set({ said: null })
    .where('team_id', '=', work.workspace.teamId)
    .where('id', '=', absenceId)
    .execute();
}
