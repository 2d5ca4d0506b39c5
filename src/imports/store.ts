import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db, LeadImportTable } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';
import type { BadRow } from './rejected.ts';

export type ImportRow = Selectable<LeadImportTable>;
export type ImportFigures = Pick<
  ImportRow,
  'next_row' | 'added' | 'held' | 'known' | 'repeated' | 'twice' | 'bad'
>;

/** Keeps a file that can be read until somebody has looked at its preview. @returns the import's id */
export async function insertImport(
  work: Work,
  row: Omit<
    Insertable<LeadImportTable>,
    'team_id' | 'state' | 'created_at' | 'finished_at' | keyof ImportFigures
  >,
  content: Buffer,
): Promise<number> {
  const { id } = await work.db
    .insertInto('lead_import')
    .values({
      ...row,
      team_id: work.workspace.teamId,
      state: 'preview',
      next_row: 0,
      added: 0,
      held: 0,
      known: 0,
      repeated: 0,
      twice: 0,
      bad: 0,
      created_at: work.now,
      finished_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work.db
    .insertInto('import_file')
    .values({ import_id: id, team_id: work.workspace.teamId, content })
    .execute();
  return id;
}

/** Lets go of the previews that somebody has left unanswered, with their files. */
export async function deletePreviews(work: Work, userId: string): Promise<void> {
  const previews = work.db
    .selectFrom('lead_import')
    .select('id')
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', '=', userId)
    .where('state', '=', 'preview');
  await work.db.deleteFrom('import_file').where('import_id', 'in', previews).execute();
  await work.db.deleteFrom('lead_import').where('id', 'in', previews).execute();
}

/** The import with which the lead came that a row was read as before. @param key the row's arrival */
export async function importOfArrival(work: Work, key: string): Promise<number | null | undefined> {
  const row = await work.db
    .selectFrom('arrival')
    .innerJoin('lead', 'lead.id', 'arrival.lead_id')
    .select('lead.import_id')
    .where('arrival.team_id', '=', work.workspace.teamId)
    .where('arrival.key', '=', key)
    .executeTakeFirst();
  return row?.import_id;
}

/** @throws Refusal when there is no such import, for instance because its preview was left open for a day */
export async function importById(work: Work, id: number): Promise<ImportRow> {
  const row = await work.db
    .selectFrom('lead_import')
    .selectAll()
    .where('id', '=', id)
    .where('team_id', '=', work.workspace.teamId)
    .executeTakeFirst();
  if (!row) throw new Refusal('This file is no longer there. Type `/leads import` and choose it once more.');
  return row;
}

/** The team's newest import of a file with exactly these bytes, of which at least a part came in. */
export async function earlierImport(
  work: Work,
  salesTeamId: number,
  hash: string,
): Promise<ImportRow | undefined> {
  return work.db
    .selectFrom('lead_import')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('sales_team_id', '=', salesTeamId)
    .where('content_hash', '=', hash)
    .where('state', 'in', ['running', 'done'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** @returns false when it was started before: a second click changes nothing */
export async function saveStart(work: Work, id: number, format: string): Promise<boolean> {
  const result = await work.db
    .updateTable('lead_import')
    .set({ state: 'running', format })
    .where('id', '=', id)
    .where('state', '=', 'preview')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The import whose turn it is: the one that was started first. */
export async function runningImport(work: Work): Promise<ImportRow | undefined> {
  return work.db
    .selectFrom('lead_import')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where(sql<boolean>`state = 'running'`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** Another process is importing this file: what this one has just done must not be kept. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/** @throws TakenOver when the import is no longer where its rows were read from */
export async function saveFigures(db: Db, from: ImportRow, figures: ImportFigures): Promise<void> {
  const result = await db
    .updateTable('lead_import')
    .set(figures)
    .where('id', '=', from.id)
    .where('next_row', '=', from.next_row)
    .where(sql<boolean>`state = 'running'`)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw new TakenOver(`import ${from.id}, row ${from.next_row}`);
}

/** @returns false when it has ended before */
export async function saveEnd(work: Work, id: number, state: 'done' | 'failed'): Promise<boolean> {
  const result = await work.db
    .updateTable('lead_import')
    .set({ state, finished_at: work.now })
    .where('id', '=', id)
    .where(sql<boolean>`state = 'running'`)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @param rows counted from 0, without the headings */
export async function insertBadRows(
  work: Work,
  importId: number,
  rows: readonly (BadRow & { row: number })[],
): Promise<void> {
  for (const { row, cells, reason } of rows) {
    await work.db
      .insertInto('import_bad_row')
      .values({
        import_id: importId,
        row,
        team_id: work.workspace.teamId,
        cells: JSON.stringify(cells),
        reason,
      })
      .execute();
  }
}

/** The next so many bad rows behind one of them, in the file's order. */
export async function badRowsAfter(
  db: Db,
  importId: number,
  after: number,
  limit: number,
): Promise<(BadRow & { row: number })[]> {
  const rows = await db
    .selectFrom('import_bad_row')
    .select(['row', 'cells', 'reason'])
    .where('import_id', '=', importId)
    .where('row', '>', after)
    .orderBy('row')
    .limit(limit)
    .execute();
  return rows.map(({ row, cells, reason }) => ({ row, reason, cells: JSON.parse(cells) as string[] }));
}

export async function fileOf(db: Db, importId: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('import_file')
    .select('content')
    .where('import_id', '=', importId)
    .executeTakeFirst();
  return row?.content;
}

/** Every row is read: what is kept from now on is the file that goes back, if there is one. */
export async function replaceFile(db: Db, importId: number, content: Buffer | undefined): Promise<void> {
  if (content === undefined) await db.deleteFrom('import_file').where('import_id', '=', importId).execute();
  else await db.updateTable('import_file').set({ content }).where('import_id', '=', importId).execute();
}

/** Lets go of the bad rows before one of them; all of a large file at once would keep clicks waiting. */
export async function deleteBadRows(db: Db, importId: number, before: number): Promise<void> {
  await db.deleteFrom('import_bad_row').where('import_id', '=', importId).where('row', '<', before).execute();
}

/** Lets go of previews that nobody has answered, and of files that went back long ago. UTC milliseconds. */
export async function forgetFiles(
  work: Work,
  { previewsBefore, doneBefore }: { previewsBefore: number; doneBefore: number },
): Promise<void> {
  const old = await work.db
    .selectFrom('lead_import')
    .innerJoin('import_file', 'import_file.import_id', 'lead_import.id')
    .select(['lead_import.id', 'lead_import.state'])
    .where('lead_import.team_id', '=', work.workspace.teamId)
    .where((is) =>
      is.or([
        is.and([is('state', '=', 'preview'), is('lead_import.created_at', '<', previewsBefore)]),
        is('lead_import.finished_at', '<', doneBefore),
      ]),
    )
    .execute();
  for (const { id, state } of old) {
    await work.db.deleteFrom('import_file').where('import_id', '=', id).execute();
    await work.db.deleteFrom('import_bad_row').where('import_id', '=', id).execute();
    if (state === 'preview') await work.db.deleteFrom('lead_import').where('id', '=', id).execute();
  }
}
