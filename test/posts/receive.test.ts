import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import type { SlackPost } from '../../src/posts/post-text.ts';
import { readPost } from '../../src/posts/read-post.ts';
import { receivePost, type Received } from '../../src/posts/receive.ts';
import { takePost } from '../../src/posts/take-post.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { saveTeam } from '../../src/team/store.ts';
import type { Work } from '../../src/work.ts';
import { memoryLog } from '../support/memory-log.ts';
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
  const name = mail.toLowerCase().startsWith('ada') ? 'Ada Lovelace' : 'Bob Noyce';
  const text = `*Name*: ${name}\n*Email*: <mailto:${mail}|${mail}>\n*Form*: ${form}`;
  return classicPost('HubSpot', { text, ts: `1795000000.${String(count).padStart(6, '0')}` });
}

async function receive(channelId: string, post: SlackPost): Promise<Received['outcome']> {
  return (await receivePost(work, channelId, post)).outcome;
}

test('a channel that belongs to no team leaves no trace', async () => {
  expect(await receive('C0OTHER', leadPost('ada@x.example'))).toBe('no_team');
  expect(await work.db.selectFrom('arrival').selectAll().execute()).toEqual([]);
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
  expect(await work.db.selectFrom('arrival').selectAll().execute()).toMatchObject([
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
  for (const table of ['lead', 'arrival', 'outbox', 'audit'] as const) {
    expect(await work.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  }
});

test('the same phone number in another spelling is known, a mere part of it is not', async () => {
  await addTeam('C1');
  const typed = (text: string, ts: string): SlackPost => personPost(`New lead: ${text}`, { ts });
  expect(await receive('C1', typed('Ada Lovelace, +49 30 901820', '1.000001'))).toBe('lead');
  expect(await receive('C1', typed('Ada, +49 (30) 90-18-20', '1.000002'))).toBe('signal');
  expect(await receive('C1', typed('Ada, +49 30 9018201', '1.000003'))).toBe('lead');
});

test('a post that breaks on the way leaves no half lead, is not tried again, and the managers get its link', async () => {
  await addTeam('C1');
  const memory = memoryLog();
  const post = { ...leadPost('ada@x.example'), channel: 'C1' };
  await sql`ALTER TABLE audit RENAME TO audit_gone`.execute(work.db);
  expect(await takePost(work, post, memory.log)).toBe('failed');
  await sql`ALTER TABLE audit_gone RENAME TO audit`.execute(work.db);
  expect(await work.db.selectFrom('lead').selectAll().execute()).toEqual([]);
  expect(memory.errors()).toMatchObject([{ channel: 'C1', ts: post.ts }]);
  const [told, ...others] = await work.db.selectFrom('outbox').selectAll().execute();
  expect(others).toEqual([]);
  expect(told).toMatchObject({ user_id: 'U0MONA', channel_id: null });
  expect(told?.message).toContain(`archives/C1/p${post.ts.replace('.', '')}|this post>`);
  expect(await takePost(work, post, memory.log)).toBe('repeat');
});

test('a post that we know and that breaks when it comes again stays what it was', async () => {
  await addTeam('C1');
  const memory = memoryLog();
  const post = { ...leadPost('ada@x.example'), channel: 'C1' };
  expect(await takePost(work, post, memory.log)).toBe('lead');
  await sql`ALTER TABLE audit RENAME TO audit_gone`.execute(work.db);
  const edited = {
    ...post,
    text: `${post.text}\n*Phone*: +49 30 901820`,
    edited: { ts: '1795000009.000100' },
  };
  expect(await takePost(work, edited, memory.log)).toBe('failed');
  await sql`ALTER TABLE audit_gone RENAME TO audit`.execute(work.db);
  const known = await work.db.selectFrom('arrival').select(['outcome', 'edited_ts']).execute();
  expect(known).toEqual([{ outcome: 'lead', edited_ts: null }]);
  const told = await work.db.selectFrom('outbox').select('message').where('user_id', '=', 'U0MONA').execute();
  expect(told).toHaveLength(1);
  expect(told[0]?.message).toContain('I could not take over what was changed in');
  expect(await takePost(work, edited, memory.log)).toBe('repeat');
  expect(await work.db.selectFrom('lead').select('phone').execute()).toEqual([{ phone: '+4930901820' }]);
});

test('a post is taken up again where the database failed', async () => {
  await addTeam('C1');
  const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
  const playbooks = Object.create(work.playbooks, {
    current: {
      get: () => {
        throw busy;
      },
    },
  }) as Playbooks;
  const post = { ...leadPost('ada@x.example'), channel: 'C1' };
  const { log } = memoryLog();
  const failing = work.db.transaction().execute((db) => takePost({ ...work, db, playbooks }, post, log));
  await expect(failing).rejects.toThrow('database is locked');
  expect(await takePost(work, post, log)).toBe('lead');
});

test('a lead without any source says so and gets the playbook’s "otherwise"', async () => {
  await addTeam('C1');
  await receive('C1', personPost('New lead: Ada Lovelace, ada@x.example'));
  const [lead] = await work.db.selectFrom('lead').selectAll().execute();
  expect(lead).toMatchObject({ source: 'Unknown source', rank: 'C' });
});

test.each([
  [
    'Anruf verpasst | Nummer: 0049 30 901833 | Anrufer: Sophie Kowalew | Betrieb: Kreisel KG',
    { name: 'Sophie Kowalew', phone: '+4930901833', account: 'Kreisel KG', details: [] },
  ],
  [
    'Hooray, Charles Babbage (Difference Engines) just booked a call! Write him: charles@difference.example',
    { name: 'Charles Babbage', email: 'charles@difference.example', account: 'Difference Engines' },
  ],
])('%s', (text, lead) => {
  expect(readPost(classicPost('Zapier', { text }))).toMatchObject(lead);
});
