import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate, type Migration, migrations } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/open.ts';
import type { Db } from '../../src/db/schema.ts';
import { temporaryFile } from '../support/world.ts';

function open(path: string): Db {
  const db = openDatabase(path);
  onTestFinished(() => db.destroy());
  return db;
}

async function pragma(db: Db, name: string): Promise<unknown> {
  const { rows } = await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(db);
  return Object.values(rows[0] ?? {})[0];
}

async function tables(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

describe('opening', () => {
  test('creates the file and the folders above it', () => {
    const path = join(temporaryFile('data'), 'deeper', 'sixth-touch.db');
    open(path);
    expect(existsSync(path)).toBe(true);
  });

  test('a commit survives a power cut, and references hold', async () => {
    const db = open(temporaryFile('a.db'));
    expect(await pragma(db, 'journal_mode')).toBe('wal');
    expect(await pragma(db, 'synchronous')).toBe(2);
    expect(await pragma(db, 'foreign_keys')).toBe(1);
    expect(await pragma(db, 'busy_timeout')).toBe(1000);
  });

  test('what was written is there after the next opening', async () => {
    const path = temporaryFile('a.db');
    const first = openDatabase(path);
    await first
      .insertInto('direct_channel')
      .values({ team_id: 'T1', user_id: 'U1', channel_id: 'D1' })
      .execute();
    await first.destroy();
    expect(await open(path).selectFrom('direct_channel').selectAll().execute()).toHaveLength(1);
  });

  test('a file that is no database is refused, not overwritten', () => {
    const path = temporaryFile('a.db');
    writeFileSync(path, 'Dear diary, this is not a database. '.repeat(100));
    expect(() => openDatabase(path)).toThrow(/not a database/);
  });
});

describe('the schema', () => {
  test('every table carries the workspace', async () => {
    const db = open(':memory:');
    const names = (await tables(db)).filter((name) => name !== 'migration');
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { rows } = await sql<{
        name: string;
        notnull: number;
      }>`SELECT name, "notnull" FROM pragma_table_info(${name})`.execute(db);
      expect(rows, name).toContainEqual({ name: 'team_id', notnull: 1 });
    }
  });

  test('every table is strict about types', async () => {
    const { rows } = await sql<{
      name: string;
    }>`SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND strict = 0`.execute(
      open(':memory:'),
    );
    expect(rows).toEqual([]);
  });

  test('a foreign key is an error, not a note', async () => {
    const row = { team_id: 'T1', channel_id: 'C1', sales_team_id: 99 };
    await expect(open(':memory:').insertInto('lead_channel').values(row).execute()).rejects.toThrow(
      /FOREIGN KEY/,
    );
  });
});

describe('migrations', () => {
  const later: Migration = { name: '9999-later', sql: 'CREATE TABLE later (team_id TEXT NOT NULL) STRICT;' };

  test('a second run does nothing', () => {
    const sqlite = new Sqlite(':memory:');
    expect(migrate(sqlite)).toEqual(migrations.map((migration) => migration.name));
    const schema = (): unknown => sqlite.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
    const before = schema();
    expect(migrate(sqlite)).toEqual([]);
    expect(schema()).toEqual(before);
  });

  test('only what is new is applied', () => {
    const sqlite = new Sqlite(':memory:');
    migrate(sqlite);
    expect(migrate(sqlite, [...migrations, later])).toEqual(['9999-later']);
  });

  test('a database of a newer version is refused with a sentence, and left as it is', () => {
    const path = temporaryFile('a.db');
    const newer = new Sqlite(path);
    migrate(newer, [...migrations, later]);
    newer.close();
    expect(() => openDatabase(path)).toThrow(
      'The database was written by a newer Sixth Touch (migration 9999-later). Start that version or restore a backup.',
    );
  });

  test('one that fails leaves nothing behind, and those before it stay', () => {
    const sqlite = new Sqlite(':memory:');
    const broken: Migration = {
      name: '9999-broken',
      sql: 'CREATE TABLE half (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);',
    };
    expect(() => migrate(sqlite, [...migrations, broken])).toThrow(/nowhere/);
    expect(sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    expect(sqlite.prepare('SELECT name FROM migration').pluck().all()).toEqual(
      migrations.map((migration) => migration.name),
    );
  });

  test('names are unique, in order, and numbered', () => {
    const names = migrations.map((migration) => migration.name);
    expect(names).toEqual([...new Set(names)].sort());
    for (const name of names) expect(name).toMatch(/^\d{4}-[a-z-]+$/);
  });
});
