import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
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

/** On a full or failing disk SQLite rolls back by itself; a second rollback would only hide the real error. */
function dialectOf(sqlite: Sqlite.Database): SqliteDialect {
  const dialect = new SqliteDialect({ database: rememberingStatements(sqlite) });
  const driver = dialect.createDriver();
  const rollback = driver.rollbackTransaction.bind(driver);
  driver.rollbackTransaction = async (connection) => {
    if (sqlite.inTransaction) await rollback(connection);
  };
  dialect.createDriver = () => driver;
  return dialect;
}

/** Kysely prepares a query anew each time, and with most of ours that takes longer than to run it. */
function rememberingStatements(sqlite: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, Sqlite.Statement<unknown[]>>();
  const prepare = (text: string): Sqlite.Statement<unknown[]> => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size >= 1000) statements.clear();
    const statement = sqlite.prepare<unknown[]>(text);
    statements.set(text, statement);
    return statement;
  };
  return { prepare, close: () => sqlite.close() };
}
