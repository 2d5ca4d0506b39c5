import type Sqlite from 'better-sqlite3';
import { SqliteDialect, SqliteQueryCompiler, type QueryCompiler, type SqliteDatabase } from 'kysely';

/** Kysely's SQLite with what our load has taught: see each of the three. */
export function dialectOf(sqlite: Sqlite.Database): SqliteDialect {
  const dialect = new StablePlansDialect({ database: rememberingStatements(sqlite) });
  const driver = dialect.createDriver();
  const rollback = driver.rollbackTransaction.bind(driver);
  driver.rollbackTransaction = async (connection) => {
    // On a full or failing disk SQLite rolls back by itself; a second rollback would only hide the real error.
    if (sqlite.inTransaction) await rollback(connection);
  };
  dialect.createDriver = () => driver;
  return dialect;
}

class StablePlansDialect extends SqliteDialect {
  override createQueryCompiler(): QueryCompiler {
    return new StablePlansCompiler();
  }
}

/**
 * SQLite may choose a statement's plan by its parameters' values (`x = ? ORDER BY y`, `LIMIT ?`), and then prepares it
 * anew each time it is given any: 30 to 100 µs for a query that takes two. It does not look behind an expression. So
 * plans never depend on values either; where one should (a partial index), the query has a literal.
 */
class StablePlansCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '(+?)';
  }
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
