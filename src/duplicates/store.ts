import { type Selectable, sql } from 'kysely';
import type { ProbableDuplicateTable } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';

export type DuplicateRow = Selectable<ProbableDuplicateTable>;

/** @throws Refusal when there is no such question in this workspace, for instance after the lead was erased */
export async function duplicateById(work: Work, id: number): Promise<DuplicateRow> {
  const row = await work.db
    .selectFrom('probable_duplicate')
    .selectAll()
    .where('id', '=', id)
    .where('team_id', '=', work.workspace.teamId)
    .executeTakeFirst();
  if (!row) throw new Refusal('This question is no longer there. Nothing was changed.');
  return row;
}

/** The questions whose time is over. */
export async function duplicatesDue(work: Work, limit: number): Promise<DuplicateRow[]> {
  return work.db
    .selectFrom('probable_duplicate')
    .selectAll()
    .where(sql<boolean>`decision IS NULL`)
    .where('decide_by', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('decide_by')
    .limit(limit)
    .execute();
}

/** The questions of a team that nobody has answered yet, by id, the most urgent first. */
export async function openQuestions(work: Work, salesTeamId: number): Promise<number[]> {
  const rows = await work.db
    .selectFrom('probable_duplicate')
    .select('id')
    .where(sql<boolean>`decision IS NULL`)
    .where('team_id', '=', work.workspace.teamId)
    .where('sales_team_id', '=', salesTeamId)
    .orderBy('decide_by')
    .execute();
  return rows.map(({ id }) => id);
}

/** @returns undefined when somebody has decided already: the first one counts */
export async function saveDecision(
  work: Work,
  id: number,
  decision: NonNullable<DuplicateRow['decision']>,
  by: string | null,
): Promise<DuplicateRow | undefined> {
  return work.db
    .updateTable('probable_duplicate')
    .set({ decision, decided_by: by, decided_at: work.now })
    .where('id', '=', id)
    .where('decision', 'is', null)
    .returningAll()
    .executeTakeFirst();
}
