import Sqlite from 'better-sqlite3';
import { openDatabase } from '../src/db/open.ts';
import type { Db } from '../src/db/schema.ts';
import { Playbooks } from '../src/playbook/playbooks.ts';
import { saveTeam } from '../src/team/store.ts';
import type { Team } from '../src/team/team.ts';
import type { Work } from '../src/work.ts';

export const workspace = { teamId: 'T0BENCH', botUserId: 'U0BOT', url: 'https://bench.slack.com/' };
export const leadChannel = 'C0LEADS';
export const reps = Array.from({ length: 20 }, (_, index) => `U0REP${String(index + 1).padStart(2, '0')}`);
const manager = 'U0MONA';

const hour = 3_600_000;
const day = 24 * hour;
/** A Monday, 10:00 in Berlin. */
export const mondayMorning = Date.UTC(2026, 10, 2, 9);

export interface Seeded {
  db: Db;
  team: Team;
  /** Everything of a unit of work but its `now`. */
  work: Omit<Work, 'now'>;
}

/** Makes a database file as the app would, with one team of twenty reps; leads are on offer to them. */
export async function seedTeam(path: string, now: number): Promise<Seeded> {
  const db = openDatabase(path);
  const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
  await playbooks.load(db, now);
  const work = { db, playbooks, workspace };
  const settings = {
    name: 'Inbound',
    mode: 'claim' as const,
    zone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    dayStart: '09:00',
    dayEnd: '17:00',
    marketingChannelId: 'C0MARKETING',
    reps,
    managers: [manager],
  };
  const team = await saveTeam({ ...work, now }, leadChannel, settings, now + 30 * day);
  return { db, team, work };
}

/** The rep who has the open lead with this id. */
export function ownerOf(leadId: number): string {
  return reps[leadId % reps.length] ?? '';
}

/**
 * Fills the file with open leads, ids from 1: each with its rep and its card in the channel, no touch so far, the
 * next nudge some time in the twelve days after `now`.
 */
export function insertOpenLeads(path: string, count: number, now: number): void {
  bulk(path, (sqlite) => {
    sqlite
      .prepare(
        `${lead} SELECT ${identity}, 'owned', ${owner}, @now - ${hour}, 0, NULL, NULL, NULL,
           @now + ${hour} + (i * 7919) % (12 * ${day}), @now + ${hour} + (i * 7919) % (12 * ${day}),
           NULL, NULL, NULL, NULL, @now - ${day} FROM n`,
      )
      .run({ count, now, team: workspace.teamId });
    sqlite
      .prepare(
        `INSERT INTO slack_message (team_id, slot, channel_id, ts)
         SELECT team_id, 'card:' || id, channel_id, '1700000000.' || printf('%06d', id) FROM lead ORDER BY 2`,
      )
      .run();
  });
}

/**
 * Fills the file with a year of work: 15 % of the leads are open, a fifth of these on offer; five touches a lead;
 * flags on every tenth.
 */
export function insertYear(path: string, count: number, now: number): void {
  bulk(path, (sqlite) => {
    const start = now - 365 * day;
    const created = `(@start + (i * 364 * ${day}) / @count)`;
    const isOpen = 'i % 20 < 3';
    const offered = '(i % 20 = 0 AND i % 100 < 60)';
    const closed = `min(${created} + (i * 7919) % (20 * ${day}), @now - 1)`;
    sqlite
      .prepare(
        `${lead} SELECT ${identity},
           CASE WHEN ${offered} THEN 'offered' WHEN ${isOpen} THEN 'working' ELSE 'resolved' END,
           CASE WHEN ${offered} THEN NULL ELSE ${owner} END, ${created},
           CASE WHEN ${offered} THEN 0 ELSE i % 6 END, ${created} + ${hour}, ${created} + ${day}, 'email',
           CASE WHEN ${isOpen} AND NOT ${offered} AND i % 7 THEN @now - 2 * ${day} + (i * 7919) % (9 * ${day}) END,
           NULL,
           CASE WHEN NOT (${isOpen}) THEN
             CASE i % 4 WHEN 0 THEN 'qualified' WHEN 1 THEN 'nurture' WHEN 2 THEN 'disqualified' ELSE 'unresponsive' END
           END,
           CASE WHEN NOT (${isOpen}) THEN i % 9 > 0 END,
           CASE WHEN NOT (${isOpen}) THEN ${closed} END, CASE WHEN NOT (${isOpen}) THEN ${owner} END,
           ${created} FROM n`,
      )
      .run({ count, now, start, team: workspace.teamId });
    sqlite
      .prepare(
        `INSERT INTO touch (team_id, lead_id, user_id, kind, cadence_epoch, attempt, note, at, undone_at)
         SELECT team_id, id, coalesce(owner_id, 'U0REP01'),
           CASE step % 4 WHEN 0 THEN 'voicemail' WHEN 1 THEN 'email' WHEN 2 THEN 'linkedin' ELSE 'no_answer' END,
           1, step, NULL, created_at + step * ${day}, NULL
         FROM lead, (SELECT column1 AS step FROM (VALUES (1), (2), (3), (4), (5)))`,
      )
      .run();
    sqlite
      .prepare(
        `INSERT INTO flag (team_id, sales_team_id, lead_id, user_id, reason, reason_label, source, rank, attempt, at, undone_at)
         SELECT team_id, sales_team_id, id, coalesce(owner_id, 'U0REP01'), 'reason_' || (id / 10 % 8),
           'Reason ' || (id / 10 % 8), source, rank, 1, created_at + ${day}, NULL
         FROM lead WHERE id % 10 = 0`,
      )
      .run();
  });
}

const lead = `INSERT INTO lead (id, team_id, sales_team_id, channel_id, origin_ts, name, email, email_key, phone,
    account, account_key, title, source, message, rank, rank_reason, playbook_version, cadence_epoch,
    cadence_started_at, state, owner_id, owned_at, attempts, first_touch_at, last_touch_at, last_touch_kind,
    next_attempt_at, nudge_at, resolution, answered, resolved_at, resolved_by, created_at)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)`;

const identity = `i, @team, 1, '${leadChannel}', '1700000000.' || printf('%06d', i), 'Ada Lovelace ' || i,
    'ada' || i || '@company' || (i % 5000) || '.example', 'ada' || i || '@company' || (i % 5000) || '.example',
    '+49301234567', 'Company ' || (i % 5000), 'company' || (i % 5000) || '.example', 'Head of Engines',
    'Source ' || (i * 31 % 12), 'We would like to see how this works with about forty people.',
    substr('ABCD', 1 + i % 4, 1), 'asked for a demo', 1, 1, @now - ${hour}`;

const owner = `'U0REP' || printf('%02d', 1 + i % 20)`;

/** A write without a care for power cuts; the statistics that SQLite keeps are left as the app finds them. */
function bulk(path: string, write: (sqlite: Sqlite.Database) => void): void {
  const sqlite = new Sqlite(path);
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -262144');
  sqlite.transaction(() => write(sqlite))();
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}
