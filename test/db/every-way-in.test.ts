import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, migrations } from '../../src/db/migrate.ts';

/** A database of the first version, with one lead and everything that hangs on it. */
function firstVersion(): Sqlite.Database {
  const sqlite = new Sqlite(':memory:');
  migrate(sqlite, migrations.slice(0, 1));
  sqlite.exec(`
    INSERT INTO sales_team VALUES (1, 'T1', 'Inbound', 'claim', 'Europe/Berlin', '[1]', '09:00', '17:00', 'CM', NULL, 9, 1, 1);
    INSERT INTO lead (id, team_id, sales_team_id, channel_id, origin_ts, state, name, email, email_key, source, rank,
      rank_reason, playbook_version, cadence_epoch, cadence_started_at, owner_id, attempts, created_at)
    VALUES (7, 'T1', 1, 'C1', '1795000000.000100', 'working', 'Ada Lovelace', 'ada@x.example', 'ada@x.example', 'HubSpot',
      'A', 'asked for a demo', 1, 1, 5, 'U1', 2, 5);
    INSERT INTO inbox VALUES ('T1', 'C1', '1795000000.000100', 5, 'lead', 7), ('T1', 'C1', '1795000001.000100', 6, 'not_lead', NULL);
    INSERT INTO touch VALUES (1, 'T1', 7, 'U1', 'email', 1, 1, NULL, 6, NULL);
    INSERT INTO assignment VALUES (1, 'T1', 7, 'U1', 'claim', 5);
    INSERT INTO flag VALUES (1, 'T1', 1, 7, 'U1', 'spam', 'Spam', 'HubSpot', 'A', 1, 7, NULL);
    INSERT INTO outbox (team_id, kind, lane, message, available_at, created_at) VALUES ('T1', 'post', 'channel:C1', '{}', 5, 5);
  `);
  return sqlite;
}

test('a database of the first version keeps its leads, touches, flags and waiting messages', () => {
  const sqlite = firstVersion();
  migrate(sqlite);
  expect(
    sqlite.prepare('SELECT id, way, state, origin_channel_id, origin_ts, details FROM lead').all(),
  ).toEqual([
    {
      id: 7,
      way: 'post',
      state: 'working',
      origin_channel_id: 'C1',
      origin_ts: '1795000000.000100',
      details: '[]',
    },
  ]);
  for (const table of ['touch', 'assignment', 'flag', 'outbox']) {
    expect(sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(1);
  }
  expect(sqlite.prepare('SELECT key, outcome, lead_id FROM arrival ORDER BY key').all()).toEqual([
    { key: 'post:C1:1795000000.000100', outcome: 'lead', lead_id: 7 },
    { key: 'post:C1:1795000001.000100', outcome: 'not_lead', lead_id: null },
  ]);
});

test('foreign keys are kept after it: a touch of no lead is refused', () => {
  const sqlite = firstVersion();
  migrate(sqlite);
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  expect(() => sqlite.exec(`UPDATE touch SET lead_id = 99`)).toThrow(/FOREIGN KEY/);
});

test('a migration that breaks a reference is rolled back as a whole', () => {
  const sqlite = firstVersion();
  const breaking = { name: '0009-breaking', sql: 'DELETE FROM lead' };
  expect(() => migrate(sqlite, [...migrations.slice(0, 1), breaking])).toThrow(/0009-breaking breaks/);
  expect(sqlite.prepare('SELECT count(*) FROM lead').pluck().get()).toBe(1);
  expect(sqlite.prepare(`SELECT count(*) FROM migration`).pluck().get()).toBe(1);
});
