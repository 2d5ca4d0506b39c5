import { setImmediate } from 'node:timers/promises';
import { isDatabaseFailure } from './failure.ts';
import { inSavepoint } from './savepoint.ts';
import type { Db } from './schema.ts';

interface Unit {
  run(db: Db): Promise<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** So many units share one commit at most: nobody waits for a longer queue than this. */
const batchSize = 64;

/**
 * Group commit: units of work that arrive while the disk is busy share the next transaction, and so its one sync.
 * Each stays a transaction of its own all the same: one that throws is rolled back alone, and nobody hears of a
 * success before it is on disk.
 */
export class Committer {
  readonly #db: Db;
  readonly #queue: Unit[] = [];
  #working = false;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Runs the unit in a transaction. It may await nothing but `db`. @throws what the unit or the database throws */
  run<T>(unit: (db: Db) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run: unit, resolve, reject });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (this.#queue.length > 0) {
      // A transaction runs without ever going back to the event loop. Whatever has come in meanwhile is read now.
      await setImmediate();
      await this.#commit(this.#queue.splice(0, batchSize));
    }
    this.#working = false;
  }

  async #commit(units: readonly Unit[]): Promise<void> {
    try {
      const [first] = units;
      const answers = await this.#db
        .transaction()
        .execute((db) => (first && units.length === 1 ? alone(db, first) : inTurn(db, units)));
      for (const answer of answers) answer();
    } catch (error) {
      for (const unit of units) unit.reject(error);
    }
  }
}

async function alone(db: Db, unit: Unit): Promise<(() => void)[]> {
  const result = await unit.run(db);
  return [() => unit.resolve(result)];
}

async function inTurn(db: Db, units: readonly Unit[]): Promise<(() => void)[]> {
  const answers: (() => void)[] = [];
  for (const unit of units) {
    try {
      const result = await inSavepoint(db, (part) => unit.run(part));
      answers.push(() => unit.resolve(result));
    } catch (error) {
      // A full disk ends the transaction as a whole: everybody in it hears why.
      if (isDatabaseFailure(error)) throw error;
      answers.push(() => unit.reject(error));
    }
  }
  return answers;
}
