import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, migrations } from '../../src/db/migrate.ts';

test('leads that were turned down before know whether anybody was to be answered; others do not', () => {
  const sqlite = new Sqlite(':memory:');
  migrate(sqlite, migrations.slice(0, 3));
  const team = sqlite.prepare('PRAGMA table_info(sales_team)').all() as { name: string }[];
  expect(team.map(({ name }) => name)).not.toContain('reschedule_after');
  sqlite.exec(`
    INSERT INTO sales_team (id, team_id, name, mode, zone, working_days, day_start, day_end, marketing_channel_id,
      next_digest_at, created_at, updated_at)
    VALUES (1, 'T1', 'Inbound', 'claim', 'Europe/Berlin', '[1,2]', '09:00', '17:00', 'CM', 9, 1, 2);
  `);
  const lead = sqlite.prepare(`
    INSERT INTO lead (id, team_id, sales_team_id, channel_id, state, name, source, rank, rank_reason, playbook_version,
      cadence_epoch, cadence_started_at, attempts, created_at, resolution, answered, resolved_at)
    VALUES (?, 'T1', 1, 'C1', 'resolved', 'Ada', 'HubSpot', 'D', 'from a list', 1, 1, 5, 0, 5, 'rejected', 0, 50)`);
  for (const id of [1, 2, 3, 4]) lead.run(id);
  const audit = sqlite.prepare(
    "INSERT INTO audit (team_id, at, actor, action, lead_id, detail) VALUES ('T1', ?, 'U1', 'lead.turned_down', ?, ?)",
  );
  audit.run(50, 1, JSON.stringify({ reason: 'spam', needsAnswer: false }));
  audit.run(50, 2, JSON.stringify({ reason: 'not_a_fit', needsAnswer: true }));
  // Turned down, taken back, and closed by a rep later.
  audit.run(40, 3, JSON.stringify({ reason: 'spam', needsAnswer: false }));
  migrate(sqlite);
  expect(sqlite.prepare('SELECT id, answer, needs_answer FROM lead ORDER BY id').all()).toEqual([
    { id: 1, answer: 'spam', needs_answer: 0 },
    { id: 2, answer: 'not_a_fit', needs_answer: 1 },
    { id: 3, answer: null, needs_answer: null },
    { id: 4, answer: null, needs_answer: null },
  ]);
});
