import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, migrations } from '../../src/db/migrate.ts';

test('what a ladder’s message said about a lead stays known: still on the ladder, or gone from it', () => {
  const sqlite = new Sqlite(':memory:');
  migrate(sqlite, migrations.slice(0, 7));
  sqlite.exec(`
    INSERT INTO sales_team (id, team_id, name, mode, zone, working_days, day_start, day_end, marketing_channel_id,
      next_digest_at, created_at, updated_at)
    VALUES (1, 'T1', 'Inbound', 'claim', 'Europe/Berlin', '[1,2]', '09:00', '17:00', 'CM', 9, 1, 2);
    INSERT INTO lead (id, team_id, sales_team_id, channel_id, state, name, source, rank, rank_reason, playbook_version,
      cadence_epoch, cadence_started_at, attempts, created_at)
    VALUES (7, 'T1', 1, 'C1', 'offered', 'Ada', 'HubSpot', 'A', 'demo request', 1, 1, 5, 0, 5);
    INSERT INTO ladder_news (id, team_id, sales_team_id, lead_id, ladder_from, kind, slot, is_open)
    VALUES (1, 'T1', 1, 7, 5, 'reminder', 'ladder:C1:open', 1), (2, 'T1', 1, 7, 4, 'reminder', 'ladder:C1:gone', 0);
  `);
  migrate(sqlite);
  const rows = sqlite.prepare('SELECT id, shown IS NULL AS isOpen FROM ladder_news ORDER BY id').all();
  expect(rows).toEqual([
    { id: 1, isOpen: 1 },
    { id: 2, isOpen: 0 },
  ]);
});
