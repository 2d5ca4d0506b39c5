import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { dialectOf } from './dialect.ts';
import { migrate } from './migrate.ts';
import type { Database, Db } from './schema.ts';

/**
 * Opens (and if needed creates) the database, brings it to the newest schema and returns it for queries.
 * `:memory:` gives a private one that goes with the process.
 * @throws the SQLite error when the file can't be read or written, for the caller to put into a sentence.
 */
export function openDatabase(path: string): Db {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const sqlite = new Sqlite(path);
  sqlite.pragma('journal_mode = WAL');
  // NORMAL, the usual choice with WAL, may lose the last commits with the power; we acknowledge after a commit.
  sqlite.pragma('synchronous = FULL');
  // A short wait: the event loop stands still meanwhile, and Slack wants its answer within three seconds.
  sqlite.pragma('busy_timeout = 1000');
  migrate(sqlite);
  return new Kysely<Database>({ dialect: dialectOf(sqlite) });
}
