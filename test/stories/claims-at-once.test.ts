import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { openDatabase } from '../../src/db/open.ts';
import { channels, demoWorkspace, people, productApp } from '../../src/demo/workspace.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { SandboxClock, startSandbox } from '../../src/sandbox/index.ts';
import { boltLogger } from '../../src/slack/bolt-logger.ts';
import { slackClient, whoAmI } from '../../src/slack/client.ts';
import { httpReceiver } from '../../src/slack/receivers.ts';
import { freePort } from '../sandbox/support.ts';
import { mondayMorning, textOf } from '../support/world.ts';

const reps = Array.from({ length: 50 }, (_, index) => `U0REP${String(index).padStart(2, '0')}`);

/** The unchanged app behind an HTTP receiver, as Slack reaches it without Socket Mode: requests are signed. */
async function httpWorld() {
  const port = await freePort();
  const seed = demoWorkspace('Europe/Berlin');
  for (const id of reps) {
    const name = id.toLowerCase();
    seed.users.push({ id, name, real_name: name, tz: 'Europe/Berlin', email: `${name}@acme.example` });
  }
  for (const channel of seed.channels) channel.members.push(...reps);
  for (const app of seed.apps) app.requestUrl = `http://localhost:${port}/slack/events`;
  const clock = new SandboxClock({ frozenAt: mondayMorning });
  const sandbox = await startSandbox({ seed, clock });
  const log = pino({ level: 'silent' });
  const db = openDatabase(':memory:');
  const slack = slackClient(productApp.botToken, sandbox.apiUrl, log);
  const workspace = { ...(await whoAmI(slack)), botToken: productApp.botToken };
  const playbooks = new Playbooks('data/playbook.yml', workspace.teamId);
  await playbooks.load(db, clock.now());
  const receiver = httpReceiver({ signingSecret: productApp.signingSecret, port, logger: boltLogger(log) });
  const app = buildApp({ receiver, slack, db, clock, playbooks, workspace, log });
  await app.bolt.start(port);
  onTestFinished(async () => {
    await app.bolt.stop();
    await app.outbox.stop();
    await db.destroy();
    await sandbox.stop();
  });
  const settle = async (): Promise<void> => {
    for (;;) {
      await sandbox.idle();
      const wakeAt = await app.outbox.drain();
      if (wakeAt === undefined) return;
      if (wakeAt > clock.now()) clock.set(wakeAt);
    }
  };
  return { sandbox, db, app, settle };
}

test('fifty claims at the same moment through real HTTP: one owner, forty-nine clear answers', async () => {
  const { sandbox, db, settle } = await httpWorld();
  sandbox.invite({ channel: channels.marketing, user: productApp.botUserId });
  sandbox.invite({ channel: channels.leads, user: productApp.botUserId, by: people.mona });
  await settle();
  const messages = () => sandbox.messages(channels.leads);
  const find = (text: string) => messages().find((message) => textOf(message).includes(text))?.ts ?? '';
  const click = (user: string, messageTs: string, action_id: string) =>
    sandbox.interact({ channel: channels.leads, messageTs, user, action: { action_id } });
  await click(people.mona, find('Set up this channel'), 'team_setup');
  const values = {
    name: 'Inbound',
    reps,
    managers: [people.mona],
    marketing: channels.marketing,
    mode: 'claim',
    zone: 'Europe/Berlin',
    days: ['1', '2', '3', '4', '5'],
    start: '09:00',
    end: '17:00',
  };
  expect(await sandbox.submit({ user: people.mona, values })).toMatchObject({ ok: true });
  await settle();
  const text = 'New lead: Ada Lovelace, ada@analytical.example, Analytical Engines, demo request';
  sandbox.postMessage({ channel: channels.leads, user: people.max, text });
  await settle();
  const card = messages().find((message) => message.text.startsWith('Lead: Ada'))?.ts ?? '';

  const outcomes = await Promise.all(reps.map((rep) => click(rep, card, 'claim')));
  expect(outcomes.filter(({ ok, acked }) => ok && acked)).toHaveLength(50);
  await settle();

  const { owner_id: owner } = await db.selectFrom('lead').selectAll().executeTakeFirstOrThrow();
  expect(reps).toContain(owner);
  expect(await db.selectFrom('assignment').selectAll().execute()).toHaveLength(1);
  const answers = messages().filter((message) => message.ephemeral_to !== undefined);
  const byReader = new Map(answers.map((message) => [message.ephemeral_to, textOf(message)]));
  expect(answers).toHaveLength(50);
  expect(byReader.size).toBe(50);
  expect(byReader.get(owner ?? '')).toContain('*Ada Lovelace* (Analytical Engines) is yours.');
  for (const rep of reps.filter((id) => id !== owner))
    expect(byReader.get(rep)).toContain(`<@${owner}> was faster and has this lead. Take the next one.`);
});
