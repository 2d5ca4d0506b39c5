import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, migrations } from '../../src/db/migrate.ts';

/** A database of the second version: a round robin that Bob was served by last, and a lead he has. */
function secondVersion(): Sqlite.Database {
  const sqlite = new Sqlite(':memory:');
  migrate(sqlite, migrations.slice(0, 2));
  sqlite.exec(`
    INSERT INTO sales_team VALUES
      (1, 'T1', 'Inbound', 'round_robin', 'Europe/Berlin', '[1,2]', '09:00', '17:00', 'CM', 'UBOB', 9, 1, 2),
      (2, 'T1', 'Outbound', 'claim', 'Europe/Berlin', '[1]', '08:00', '16:00', 'CM', NULL, 9, 1, 2);
    INSERT INTO lead_channel VALUES ('T1', 'C1', 1);
    INSERT INTO member VALUES ('T1', 1, 'UBOB', 'rep', 0);
    INSERT INTO lead (id, team_id, sales_team_id, channel_id, state, name, source, rank, rank_reason, playbook_version,
      cadence_epoch, cadence_started_at, owner_id, attempts, created_at)
    VALUES (7, 'T1', 1, 'C1', 'working', 'Ada Lovelace', 'HubSpot', 'A', 'asked for a demo', 1, 1, 5, 'UBOB', 2, 5);
    INSERT INTO assignment VALUES (3, 'T1', 7, 'UBOB', 'round_robin', 5);
  `);
  return sqlite;
}

test('teams, rosters, leads and assignments are kept, with the new settings at their defaults', () => {
  const sqlite = secondVersion();
  migrate(sqlite);
  expect(sqlite.prepare('SELECT * FROM sales_team ORDER BY id').all()).toMatchObject([
    {
      id: 1,
      name: 'Inbound',
      mode: 'round_robin',
      rank_modes: '{}',
      same_account_first: 1,
      blind_claim: 0,
      region: null,
      working_days: '[1,2]',
      day_start: '09:00',
      marketing_channel_id: 'CM',
      next_digest_at: 9,
      updated_at: 2,
    },
    { id: 2, name: 'Outbound', mode: 'claim', day_end: '16:00' },
  ]);
  expect(sqlite.prepare('SELECT * FROM assignment').all()).toEqual([
    {
      id: 3,
      team_id: 'T1',
      lead_id: 7,
      user_id: 'UBOB',
      how: 'round_robin',
      by_user_id: null,
      from_user_id: null,
      reason: null,
      at: 5,
    },
  ]);
  expect(sqlite.prepare('SELECT count(*) FROM member').pluck().get()).toBe(1);
  expect(sqlite.prepare('SELECT ladder_step, waits_for, country FROM lead').get()).toEqual({
    ladder_step: 0,
    waits_for: null,
    country: null,
  });
});

test('whoever round robin served last before the change is a turn ahead after it', () => {
  const sqlite = secondVersion();
  migrate(sqlite);
  expect(sqlite.prepare('SELECT sales_team_id, user_id, owed, weight FROM rep').all()).toEqual([
    { sales_team_id: 1, user_id: 'UBOB', owed: -1, weight: 1 },
  ]);
});

test('references are kept: there is no rep of a team that does not exist, and no assignment of no lead', () => {
  const sqlite = secondVersion();
  migrate(sqlite);
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  expect(() =>
    sqlite.exec("INSERT INTO rep (sales_team_id, user_id, team_id) VALUES (9, 'U1', 'T1')"),
  ).toThrow(/FOREIGN KEY/);
  expect(() => sqlite.exec('UPDATE assignment SET lead_id = 99')).toThrow(/FOREIGN KEY/);
});

test('a way of giving leads that nobody knows is refused', () => {
  const sqlite = secondVersion();
  migrate(sqlite);
  expect(() => sqlite.exec("UPDATE sales_team SET mode = 'lottery'")).toThrow(/CHECK/);
  expect(() => sqlite.exec("UPDATE sales_team SET mode = 'least_loaded'")).not.toThrow();
});

test('migrating a second time changes nothing', () => {
  const sqlite = secondVersion();
  migrate(sqlite);
  const before = sqlite.prepare('SELECT * FROM rep').all();
  migrate(sqlite);
  expect(sqlite.prepare('SELECT * FROM rep').all()).toEqual(before);
});
