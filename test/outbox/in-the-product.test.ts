import { describe, expect, test } from 'vitest';
import { botUserId, channels, startWorld, textOf, type World } from '../support/world.ts';

function calls(world: World, method: string) {
  return world.sandbox.log().filter((entry) => entry.direction === 'from_app' && entry.kind === method);
}

async function states(world: World): Promise<string[]> {
  const rows = await world.db.selectFrom('outbox').select('state').distinct().orderBy('state').execute();
  return rows.map((row) => row.state);
}

test('30 leads at once: every one gets its card, and Slack never has to say "slow down"', async () => {
  const world = await startWorld();
  for (let index = 0; index < 30; index += 1) {
    world.sandbox.botMessage({
      channel: channels.leads,
      username: 'HubSpot',
      text: `*First Name*: Lead${index}\n*Last Name*: Test\n*Email*: lead${index}@example-${index}.com\n*Form*: Demo request`,
    });
  }
  await world.settle();
  await world.advance('1m');
  const cards = world.posts('leads').filter((message) => message.text.startsWith('Lead:'));
  expect(cards).toHaveLength(30);
  expect(new Set(cards.map((card) => card.text)).size).toBe(30);
  expect(
    world.sandbox.log().filter((entry) => JSON.stringify(entry.response).includes('ratelimited')),
  ).toEqual([]);
  expect(await states(world)).toEqual(['sent']);
});

test('ten quick touches make few card updates, and the card shows the last state', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('alice', world.card(lead), 'claim');
  const before = calls(world, 'chat.update').length;
  const kinds = ['no_answer', 'voicemail', 'email', 'linkedin', 'no_answer'];
  for (const kind of [...kinds, ...kinds]) {
    await world.clickOnly('alice', world.card(lead), `touch:${kind}`);
  }
  await world.settle();
  expect(calls(world, 'chat.update').length - before).toBeLessThanOrEqual(2);
  expect(textOf(world.card(lead))).toContain('Last: called, no answer');
});

test('a touch logged while the nudge waited to be sent: the nudge is not sent', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('alice', world.card(lead), 'claim');
  await world.click('alice', world.card(lead), 'touch:no_answer');
  await world.advance('1d');
  await world.click('alice', world.card(lead), 'touch:email');
  const { next_attempt_at: due } = await world.lead(lead.id);
  await world.advanceTo((due ?? 0) - 60_000);
  world.sandbox.faults([
    {
      do: 'ratelimit',
      match: { method: 'chat.postMessage', channel: channels.leads },
      times: 1,
      ms: 120_000,
    },
  ]);
  await world.advance('2m');
  expect(world.thread(lead)).toEqual([]);
  await world.click('alice', world.card(lead), 'touch:voicemail');
  await world.advance('10m');
  expect(world.thread(lead)).toEqual([]);
  const nudges = await world.db
    .selectFrom('outbox')
    .select('state')
    .where('slot', 'like', 'nudge:%')
    .execute();
  expect(nudges).toEqual([{ state: 'cancelled' }]);
});

describe('a channel that refuses the card', () => {
  test.each([
    ['the app was put out of it', 'leave', '/invite @Sixth Touch'],
    ['it was archived', 'archive', '/leads setup'],
  ] as const)('%s: each manager is told once what to do', async (_name, how, advice) => {
    const world = await startWorld();
    const told = world.directMessages('mona').length;
    for (const name of ['one', 'two']) {
      world.sandbox.botMessage({
        channel: channels.leads,
        username: 'HubSpot',
        text: `*First Name*: ${name}\n*Email*: ${name}@example.com\n*Form*: Demo request`,
      });
    }
    await world.sandbox.idle();
    world.sandbox[how]({ channel: channels.leads, user: botUserId });
    await world.advance('10m');
    const messages = world.directMessages('mona').slice(told);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`<#${channels.leads}>`);
    expect(messages[0]).toContain(advice);
    expect(world.directMessages('alice')).toEqual([]);
  });
});

test('a card that was refused while the app was away appears when the app is invited back', async () => {
  const world = await startWorld();
  world.sandbox.botMessage({
    channel: channels.leads,
    username: 'HubSpot',
    text: '*First Name*: Grace\n*Email*: grace@navy.example\n*Form*: Demo request',
  });
  await world.sandbox.idle();
  world.sandbox.leave({ channel: channels.leads, user: botUserId });
  await world.advance('10m');
  world.invite();
  await world.settle();
  expect(textOf(world.card(await world.newestLead()))).toContain('Grace');
});

test('after weeks outside the marketing channel an invitation brings no stack of old digests', async () => {
  const world = await startWorld();
  world.sandbox.leave({ channel: channels.marketing, user: botUserId });
  for (let week = 1; week <= 4; week += 1) {
    await world.skipTo(world.now + 7 * 86_400_000);
    await world.settle();
  }
  world.sandbox.invite({ channel: channels.marketing, user: botUserId });
  await world.advance('1m');
  const digests = world.posts('marketing').filter((message) => message.text.startsWith('Lead digest'));
  expect(digests.length).toBeLessThanOrEqual(1);
});

test('an answer to a slash command that has nowhere to go any more is dropped without a word to managers', async () => {
  const world = await startWorld();
  await world.sandbox.command({ channel: channels.leads, user: 'U0MONA', command: '/leads', text: 'digest' });
  world.sandbox.clock.set(world.now + 31 * 60_000);
  const told = world.directMessages('mona').length;
  await world.settle();
  await world.advance('10m');
  expect(world.directMessages('mona')).toHaveLength(told);
  const replies = await world.db
    .selectFrom('outbox')
    .select(['state', 'last_error'])
    .where('kind', '=', 'reply')
    .execute();
  expect(replies).toEqual([{ state: 'dead', last_error: 'expired_url' }]);
});
