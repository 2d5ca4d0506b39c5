import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { peopleWithBriefDue } from '../../src/brief/store.ts';
import { dialectOf } from '../../src/db/dialect.ts';
import { migrate } from '../../src/db/migrate.ts';
import type { Database } from '../../src/db/schema.ts';
import { leadsOnLadder } from '../../src/ladder/store.ts';
import { leadsToRedraw, leadsToNudge, nudgesToRepeat } from '../../src/nudge/store.ts';
import { dueReturns } from '../../src/resolution/store.ts';
import { openAtAccount } from '../../src/routing/store.ts';
import { openGroups } from '../../src/standup/store.ts';
import type { Work } from '../../src/work.ts';
import { leadRow } from '../support/rows.ts';

/** How SQLite answers the last query of this, in a database that has never been analysed. */
async function planOf(ask: (work: Work, limit: number) => Promise<unknown>): Promise<string> {
  const sqlite = new Sqlite(':memory:');
  migrate(sqlite);
  const asked: { sql: string; parameters: readonly unknown[] }[] = [];
  const db = new Kysely<Database>({
    dialect: dialectOf(sqlite),
    log: ({ query }) => void asked.push(query),
  });
  const workspace = { teamId: 'T0ACME', botUserId: 'U0BOT', url: 'https://acme.slack.com/' };
  await ask({ db, now: 1, playbooks: undefined as never, workspace }, 200);
  const { sql = '', parameters = [] } = asked.at(-1) ?? {};
  const steps = sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[];
  return steps.map(({ detail }) => detail).join('\n');
}

test.each([
  ['leads to nudge', leadsToNudge, 'lead_nudge'],
  ['nudges to repeat', nudgesToRepeat, 'nudge_again'],
  ['cards to redraw', leadsToRedraw, 'lead_redraw'],
  ['leads on a ladder', leadsOnLadder, 'lead_ladder'],
  ['nurtured leads that return', dueReturns, 'lead_return'],
  ['people whose brief is due', peopleWithBriefDue, 'preference_brief'],
] as const)('every minute the tick finds %s by an index of those alone', async (_what, ask, index) => {
  const plan = await planOf(ask);
  expect(plan).toContain(`INDEX ${index} `);
  expect(plan).not.toContain('SCAN');
});

test.each([nudgesToRepeat, leadsToRedraw, leadsOnLadder, peopleWithBriefDue])(
  'of many that are due the tick sorts none before it takes its share: %o',
  async (ask) => {
    expect(await planOf(ask)).not.toContain('TEMP B-TREE');
  },
);

test('the standup counts from the index of open leads alone, what is put off as well', async () => {
  expect(await planOf((work) => openGroups(work, 1, 2))).toContain('USING COVERING INDEX lead_open ');
});

test('a new lead asks who has its account by the account, not by looking at every open lead', async () => {
  const lead = leadRow({ account_key: 'analytical.example' });
  expect(await planOf((work) => openAtAccount(work, lead))).toContain('INDEX lead_account ');
});
