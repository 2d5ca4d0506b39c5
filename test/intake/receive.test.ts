import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import type { SlackPost } from '../../src/intake/post-text.ts';
import { receivePost, type Received } from '../../src/intake/receive.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { saveTeam } from '../../src/team/store.ts';
import type { Work } from '../../src/work.ts';
import { someTime } from '../support/rows.ts';
import { classicPost, personPost } from './samples/sample.ts';

let work: Work;

beforeEach(async () => {
  const workspace = { teamId: 'T0ACME', botUserId: 'U0SIXTH', url: 'https://acme-sales.slack.com/' };
  const db = openDatabase(':memory:');
  const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
  await playbooks.load(db, someTime);
  work = { db, now: someTime, playbooks, workspace };
});

async function addTeam(channelId: string, mode: 'claim' | 'round_robin' = 'claim'): Promise<void> {
  const settings = {
    name: `Team of ${channelId}`,
    mode,
    zone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    dayStart: '09:00',
    dayEnd: '17:00',
    marketingChannelId: 'C0MARKETING',
    reps: ['U0ALICE', 'U0BOB'],
    managers: ['U0MONA'],
  };
  await saveTeam(work, channelId, settings, someTime);
}

let count = 0;
function leadPost(mail: string, form = 'Demo request'): SlackPost {
  count += 1;
  const text = `*Name*: Ada Lovelace\n*Email*: <mailto:${mail}|${mail}>\n*Form*: ${form}`;
  return classicPost('HubSpot', { text, ts: `1795000000.${String(count).padStart(6, '0')}` });
}

async function receive(channelId: string, post: SlackPost): Promise<Received['outcome']> {
  return (await receivePost(work, channelId, post)).outcome;
}

test('a channel that belongs to no team leaves no trace', async () => {
  expect(await receive('C0OTHER', leadPost('ada@x.example'))).toBe('no_team');
  expect(await work.db.selectFrom('inbox').selectAll().execute()).toEqual([]);
});

test('each post is looked at once, whatever became of it', async () => {
  await addTeam('C1');
  const lead = leadPost('ada@x.example');
  const chat = personPost('good morning');
  expect([await receive('C1', lead), await receive('C1', chat)]).toEqual(['lead', 'not_lead']);
  expect([await receive('C1', lead), await receive('C1', chat)]).toEqual(['repeat', 'repeat']);
});

test('the same time stamp in another channel is another post', async () => {
  await addTeam('C1');
  await addTeam('C2');
  const post = leadPost('ada@x.example');
  expect([await receive('C1', post), await receive('C2', post)]).toEqual(['lead', 'lead']);
});

test.each(['ADA@X.example', 'ada+news@x.example'])('%s is the person behind ada@x.example', async (mail) => {
  await addTeam('C1');
  await receive('C1', leadPost('ada@x.example'));
  expect(await receive('C1', leadPost(mail))).toBe('signal');
});

test('two people of one company are two leads of one account', async () => {
  await addTeam('C1');
  expect(await receive('C1', leadPost('ada@x.example'))).toBe('lead');
  expect(await receive('C1', leadPost('bob@x.example'))).toBe('lead');
  const accounts = await work.db.selectFrom('lead').select('account_key').distinct().execute();
  expect(accounts).toHaveLength(1);
});

test('a lead, what was seen of it, its history and its card are there together', async () => {
  await addTeam('C1', 'round_robin');
  await receive('C1', leadPost('ada@x.example'));
  const [lead] = await work.db.selectFrom('lead').selectAll().execute();
  expect(lead).toMatchObject({ owner_id: 'U0ALICE', source: 'HubSpot: Demo request', rank: 'A' });
  expect(await work.db.selectFrom('inbox').selectAll().execute()).toMatchObject([
    { outcome: 'lead', lead_id: lead?.id },
  ]);
  const actions = await work.db.selectFrom('audit').select('action').execute();
  expect(actions.map((row) => row.action)).toEqual(['lead.arrived', 'lead.assigned']);
  expect(await work.db.selectFrom('outbox').selectAll().execute()).toMatchObject([
    { kind: 'post', channel_id: 'C1', slot: `card:${lead?.id}`, state: 'ready' },
  ]);
});

test('a transaction that fails behind it leaves nothing behind', async () => {
  await addTeam('C1');
  const failing = work.db.transaction().execute(async (db) => {
    await receivePost({ ...work, db }, 'C1', leadPost('ada@x.example'));
    throw new Error('power cut');
  });
  await expect(failing).rejects.toThrow('power cut');
  for (const table of ['lead', 'inbox', 'outbox', 'audit'] as const) {
    expect(await work.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  }
});

test('a lead without any source says so and gets the playbook’s "otherwise"', async () => {
  await addTeam('C1');
  await receive('C1', personPost('New lead: Ada Lovelace, ada@x.example'));
  const [lead] = await work.db.selectFrom('lead').selectAll().execute();
  expect(lead).toMatchObject({ source: 'Unknown source', rank: 'C' });
});
