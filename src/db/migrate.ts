import type BetterSqlite3 from 'better-sqlite3';
import { mainJob } from './migrations/0001-main-job.ts';
import { everyWayIn } from './migrations/0002-every-way-in.ts';
import { routing } from './migrations/0003-routing.ts';
import { sixTouches } from './migrations/0004-six-touches.ts';
import { whatRepsMissed } from './migrations/0005-what-reps-missed.ts';
import { putOff } from './migrations/0006-put-off.ts';
import { peopleRemoved } from './migrations/0007-people-removed.ts';
import { newsShown } from './migrations/0008-news-shown.ts';

export interface Migration {
  /** Unique, and in the order of the list; never changed once released. */
  readonly name: string;
  readonly sql: string;
}

/** The file was written by a version of the app that this one can't read. The message says what to do. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/** Append only: a released migration is never edited, the next one corrects it. */
export const migrations: readonly Migration[] = [
  mainJob,
  everyWayIn,
  routing,
  sixTouches,
  whatRepsMissed,
  putOff,
  peopleRemoved,
  newsShown,
];

/**
 * Brings the database to the newest schema; each migration in a transaction of its own, a second run does nothing.
 * @throws NewerDatabaseError
 */
export function migrate(sqlite: BetterSqlite3.Database, list: readonly Migration[] = migrations): string[] {
  sqlite.exec(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT',
  );
  const applied = new Set(sqlite.prepare<[], string>('SELECT name FROM migration').pluck().all());
  const known = new Set(list.map((migration) => migration.name));
  const unknown = [...applied].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new NewerDatabaseError(
      `The database was written by a newer Sixth Touch (migration ${unknown}). Start that version or restore a backup.`,
    );
  }
  const pending = list.filter((migration) => !applied.has(migration.name));
  // A table that is made anew is dropped first, and what refers to it must not go with it.
  sqlite.pragma('foreign_keys = OFF');
  for (const migration of pending) {
    sqlite.transaction(() => {
      sqlite.exec(migration.sql);
      const [broken] = sqlite.pragma('foreign_key_check') as unknown[];
      if (broken !== undefined) throw new Error(`${migration.name} breaks ${JSON.stringify(broken)}`);
      sqlite
        .prepare('INSERT INTO migration (name, applied_at) VALUES (?, unixepoch() * 1000)')
        .run(migration.name);
    })();
  }
  sqlite.pragma('foreign_keys = ON');
  return pending.map((migration) => migration.name);
}
