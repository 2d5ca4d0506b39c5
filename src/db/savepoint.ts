import { CompiledQuery } from 'kysely';
import { isDatabaseFailure } from './failure.ts';
import type { Db } from './schema.ts';

const savepoint = CompiledQuery.raw('SAVEPOINT part');
const release = CompiledQuery.raw('RELEASE part');
const rollback = CompiledQuery.raw('ROLLBACK TO part');

/**
 * Runs a part of a transaction that can fail alone: what it wrote is undone, and the rest goes on. When the database
 * itself fails (a full disk ends the whole transaction) there is nothing left to undo.
 * @throws what the part throws
 */
export async function inSavepoint<T>(db: Db, part: (db: Db) => Promise<T>): Promise<T> {
  await db.executeQuery(savepoint);
  try {
    const result = await part(db);
    await db.executeQuery(release);
    return result;
  } catch (error) {
    if (!isDatabaseFailure(error)) {
      await db.executeQuery(rollback);
      await db.executeQuery(release);
    }
    throw error;
  }
}

/** When something that was due and failed is tried again: not at once, so that the rest of the tick gets its turns. */
export const retryMs = 3_600_000;

/**
 * Runs the part of one lead or person of many that are due: when it fails, the others go on.
 * @param failed puts it off, so that it does not come first for ever; in the transaction, after what the part wrote is undone
 */
export async function oneOfMany(
  db: Db,
  part: () => Promise<void>,
  failed: (error: unknown) => Promise<void> | void,
): Promise<void> {
  try {
    await inSavepoint(db, part);
  } catch (error) {
    if (isDatabaseFailure(error)) throw error;
    await failed(error);
  }
}
