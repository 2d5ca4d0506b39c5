import { sql } from 'kysely';
import { isDatabaseFailure } from './failure.ts';
import type { Db } from './schema.ts';

/**
 * Runs a part of a transaction that can fail alone: what it wrote is undone, and the rest goes on. When the database
 * itself fails (a full disk ends the whole transaction) there is nothing left to undo.
 * @throws what the part throws
 */
export async function inSavepoint<T>(db: Db, part: (db: Db) => Promise<T>): Promise<T> {
  await sql`SAVEPOINT part`.execute(db);
  try {
    const result = await part(db);
    await sql`RELEASE part`.execute(db);
    return result;
  } catch (error) {
    if (!isDatabaseFailure(error)) {
      await sql`ROLLBACK TO part`.execute(db);
      await sql`RELEASE part`.execute(db);
    }
    throw error;
  }
}
