import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Committer } from '../../src/db/committer.ts';
import { CatchUp } from '../../src/posts/catch-up.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { slackClient, whoAmI } from '../../src/slack/client.ts';
import type { Work } from '../../src/work.ts';
import { productApp } from '../../src/demo/workspace.ts';
import { memoryLog } from '../support/memory-log.ts';
import {
  botUserId,
  channels,
  people,
  startWorld,
  temporaryFile,
  textOf,
  type World,
} from '../support/world.ts';

const silent = pino({ level: 'silent' });
const hour = 3_600_000;

/** A catch-up of the running app, and how long it was asked to wait. */
async function catchUpOf(world: World, log = silent): Promise<{ catchUp: CatchUp; waits: number[] }> {
  const { clock, apiUrl } = world.sandbox;
  const slack = slackClient(productApp.botToken, apiUrl, silent);
  const workspace = await whoAmI(slack);
  const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
  await playbooks.load(world.db, clock.now());
  const committer = new Committer(world.db);
  const guard = {
    transact: <T>(unit: (work: Work) => Promise<T>) =>
      committer.run((db) => unit({ db, now: clock.now(), playbooks, workspace })),
  };
  const waits: number[] = [];
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    clock.set(clock.now() + ms);
    return Promise.resolve();
  };
  return { catchUp: new CatchUp({ slack, guard, clock, log, wait }), waits };
}

async function worldOnDisk(): Promise<World> {
  return startWorld({ databasePath: temporaryFile('app.db') });
}

/** Lets things happen while nobody listens; Slack has long stopped to repeat the events when the app is back. */
async function whileDown(world: World, happens: () => void): Promise<void> {
  await world.goDown();
  happens();
  world.sandbox.clock.set(world.now + hour);
  await world.comeBack();
}

function hubspotPost(world: World, name: string): void {
  const email = `${name.toLowerCase().replace(' ', '.')}@late.example`;
  const text = `*Name*: ${name}\n*Email*: <mailto:${email}|${email}>\n*Form*: Demo request`;
  world.sandbox.botMessage({ channel: channels.leads, username: 'HubSpot', text });
}

function chat(world: World, text: string, user = people.bob): void {
  world.sandbox.postMessage({ channel: channels.leads, user, text });
}

async function catchUpNow(world: World): Promise<void> {
  await (await catchUpOf(world)).catchUp.run();
  await world.settle();
}

async function names(world: World): Promise<(string | null)[]> {
  return (await world.leads()).map((lead) => lead.name);
}

test('a lead that was posted while the app was down gets its card', async () => {
  const world = await worldOnDisk();
  await whileDown(world, () => hubspotPost(world, 'Ada Lovelace'));
  await catchUpNow(world);
  expect(await names(world)).toEqual(['Ada Lovelace']);
  expect(textOf(world.card(await world.newestLead()))).toContain('asked for a demo');
});

test('what the app saw itself, and what it has caught up with, is not taken again', async () => {
  const world = await worldOnDisk();
  await world.demoLead('Grace Hopper');
  await whileDown(world, () => hubspotPost(world, 'Ada Lovelace'));
  await catchUpNow(world);
  await catchUpNow(world);
  expect(await names(world)).toEqual(['Grace Hopper', 'Ada Lovelace']);
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toHaveLength(2);
  for (const lead of await world.leads()) expect(world.thread(lead)).toEqual([]);
});

test('leads come in the order they were posted, chat and threads between them are none', async () => {
  const world = await worldOnDisk();
  const grace = await world.demoLead('Grace Hopper');
  await whileDown(world, () => {
    hubspotPost(world, 'Ada Lovelace');
    chat(world, 'is anybody looking at ada.lovelace@late.example?');
    const root = world.card(grace).ts;
    const text = 'New lead: Not This, not@late.example';
    world.sandbox.postMessage({ channel: channels.leads, user: people.bob, text, thread_ts: root });
    chat(world, 'New lead: Alan Turing, alan@late.example, Bombe Ltd, demo request');
  });
  await catchUpNow(world);
  expect(await names(world)).toEqual(['Grace Hopper', 'Ada Lovelace', 'Alan Turing']);
});

test('a live post that came first does not hide what was missed before it', async () => {
  const world = await worldOnDisk();
  await world.demoLead('Grace Hopper');
  await whileDown(world, () => hubspotPost(world, 'Ada Lovelace'));
  const { catchUp } = await catchUpOf(world);
  world.sandbox.clock.set(world.now + 1000);
  await world.demoLead('Alan Turing');
  await catchUp.run();
  await world.settle();
  expect((await names(world)).sort()).toEqual(['Ada Lovelace', 'Alan Turing', 'Grace Hopper']);
});

test('250 posts are read page by page', async () => {
  const world = await worldOnDisk();
  await whileDown(world, () => {
    hubspotPost(world, 'Ada Lovelace');
    for (let number = 0; number < 248; number += 1) chat(world, `chat ${number}`);
    hubspotPost(world, 'Alan Turing');
  });
  await catchUpNow(world);
  expect(await names(world)).toEqual(['Ada Lovelace', 'Alan Turing']);
  const seen = await world.db.selectFrom('arrival').select('key').where('outcome', '=', 'not_lead').execute();
  expect(seen.length).toBeGreaterThanOrEqual(248);
});

test('when Slack asks to wait, it waits as long as asked', async () => {
  const world = await worldOnDisk();
  await whileDown(world, () => hubspotPost(world, 'Ada Lovelace'));
  world.sandbox.faults([{ match: { method: 'conversations.history' }, do: 'ratelimit', ms: 7000, times: 2 }]);
  const { catchUp, waits } = await catchUpOf(world);
  await catchUp.run();
  expect(waits).toEqual([7000, 7000]);
  expect(await names(world)).toEqual(['Ada Lovelace']);
});

test('a catch-up that Slack did not answer is made up for by the next one', async () => {
  const world = await worldOnDisk();
  const memory = memoryLog();
  await whileDown(world, () => hubspotPost(world, 'Ada Lovelace'));
  world.sandbox.faults([{ match: { method: 'conversations.history' }, do: 'internal_error', times: 1 }]);
  const { catchUp } = await catchUpOf(world, memory.log);
  expect(await catchUp.run()).toBe(0);
  expect(memory.errors()).toMatchObject([{ channel: channels.leads }]);
  await catchUp.run();
  expect(await names(world)).toEqual(['Ada Lovelace']);
});

test('a channel that the app was taken out of is not asked again and again', async () => {
  const world = await worldOnDisk();
  await whileDown(world, () => hubspotPost(world, 'Ada Lovelace'));
  world.sandbox.leave({ channel: channels.leads, user: botUserId });
  const memory = memoryLog();
  const { catchUp } = await catchUpOf(world, memory.log);
  expect([await catchUp.run(), await catchUp.run()]).toEqual([0, 0]);
  expect(memory.errors()).toMatchObject([{ channel: channels.leads }]);
});

test('what was posted before the channel was set up is no lead', async () => {
  const world = await startWorld({ unset: true });
  hubspotPost(world, 'Ada Lovelace');
  world.sandbox.clock.set(world.now + hour);
  await world.setUp();
  await catchUpNow(world);
  expect(await world.leads()).toEqual([]);
});

test('the app itself fetches at its start what was posted while it was down', async () => {
  const world = await startWorld({ databasePath: temporaryFile('catch-up.db') });
  await world.goDown();
  world.sandbox.botMessage({
    channel: channels.leads,
    username: 'HubSpot',
    text: '*Name*: Ada\n*Email*: ada@x.example\n*Form*: Demo request',
  });
  world.sandbox.clock.set(world.now + 3_600_000);
  await world.comeBack();
  expect((await world.leads()).map((lead) => lead.name)).toEqual(['Ada']);
});

test('what was posted while the app was out of the channel is read when it is invited back', async () => {
  const world = await startWorld();
  world.sandbox.leave({ channel: channels.leads, user: botUserId });
  world.sandbox.botMessage({
    channel: channels.leads,
    username: 'HubSpot',
    text: '*Name*: Ada\n*Email*: ada@x.example\n*Form*: Demo request',
  });
  await world.settle();
  expect(await world.leads()).toEqual([]);
  world.invite();
  await world.settle();
  await expect.poll(async () => (await world.leads()).map((lead) => lead.name)).toEqual(['Ada']);
});
