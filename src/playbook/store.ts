import type { Db } from '../db/schema.ts';

export async function latestVersion(db: Db, teamId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('playbook_version')
    .select('version')
    .where('team_id', '=', teamId)
    .orderBy('loaded_at', 'desc')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return row?.version;
}

export async function versionByHash(db: Db, teamId: string, hash: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('playbook_version')
    .select('version')
    .where('team_id', '=', teamId)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row?.version;
}

/** @throws when there is no such version, which means that the database was tampered with. */
export async function versionBody(db: Db, teamId: string, version: number): Promise<string> {
  const row = await db
    .selectFrom('playbook_version')
    .select('body')
    .where('team_id', '=', teamId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow(() => new Error(`The database has no playbook version ${version}.`));
  return row.body;
}

/** The file has gone back to a version that is known: it is the latest again. */
export async function renewVersion(db: Db, teamId: string, version: number, now: number): Promise<void> {
  await db
    .updateTable('playbook_version')
    .set({ loaded_at: now })
    .where('team_id', '=', teamId)
    .where('version', '=', version)
    .execute();
}

/** Keeps the file's text as the next version. */
export async function saveVersion(
  db: Db,
  teamId: string,
  hash: string,
  body: string,
  now: number,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { newest } = await trx
      .selectFrom('playbook_version')
      .select((eb) => eb.fn.max('version').as('newest'))
      .where('team_id', '=', teamId)
      .executeTakeFirstOrThrow();
    const version = (newest ?? 0) + 1;
    await trx
      .insertInto('playbook_version')
      .values({ team_id: teamId, version, hash, body, loaded_at: now })
      .execute();
    return version;
  });
}
