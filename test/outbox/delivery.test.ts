import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { markSending, messageOfSlot, reviveDead, settle } from '../../src/outbox/store.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { botUserId, demoWorkspace } from '../../src/demo/workspace.ts';
import { channels, people, startOutboxRig } from '../support/outbox-rig.ts';

const posting = { method: 'chat.postMessage' };

describe('a message that was surely not sent', () => {
  test('connection refused: it waits, and is sent once when Slack is back', async () => {
    const rig = await startOutboxRig();
    const { port } = new URL(rig.sandbox.url);
    await rig.sandbox.stop();
    const id = await rig.post('hello');
    await rig.advance(20);
    const { state, tries, last_error: error } = await rig.row(id);
    expect({ state, error }).toEqual({ state: 'ready', error: 'ECONNREFUSED' });
    expect(tries).toBeLessThan(6);

    const seed = demoWorkspace('Europe/Berlin');
    seed.channels.find((channel) => channel.id === channels.leads)?.members.push(botUserId);
    const back = await startSandbox({ seed, port: Number(port), clock: rig.sandbox.clock });
    await rig.advance(300);
    expect(back.messages(channels.leads).map((message) => message.text)).toEqual(['hello']);
    expect((await rig.row(id)).state).toBe('sent');
    await back.stop();
  });

  test('429: it comes back when Slack says so, and other channels flow on', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([
      { do: 'ratelimit', match: { ...posting, channel: channels.leads }, times: 1, ms: 7000 },
    ]);
    await rig.post('first');
    await rig.post('second');
    await rig.post('elsewhere', { channelId: channels.sales });
    await rig.advance(6.9);
    expect(rig.texts('sales')).toEqual(['elsewhere']);
    expect(rig.texts()).toEqual([]);
    expect(rig.calls('chat.postMessage')).toHaveLength(2);
    await rig.advance(2);
    expect(rig.texts()).toEqual(['first', 'second']);
  });

  test('a direct channel that will not open is tried again, and no message is looked for', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ do: 'internal_error', match: { method: 'conversations.open' }, times: 3 }]);
    await rig.direct('psst', people.alice);
    await rig.advance(60);
    expect(rig.sandbox.directMessages(people.alice).map((message) => message.text)).toEqual(['psst']);
    expect(rig.calls('conversations.history')).toHaveLength(0);
  });
});

describe('a message that is refused', () => {
  test.each([
    ['not_in_channel', 'leave'],
    ['is_archived', 'archive'],
  ] as const)('%s: it is given up at once, and that is told', async (error, how) => {
    const rig = await startOutboxRig();
    rig.sandbox[how]({ channel: channels.leads, user: botUserId });
    const id = await rig.post('hello');
    await rig.advance(600);
    expect(await rig.row(id)).toMatchObject({ state: 'dead', last_error: error });
    expect(rig.dead).toMatchObject([{ row: { id }, error }]);
    expect(rig.calls('chat.postMessage')).toHaveLength(1);
  });

  test('cards of a list are sent, too, once the app is back in the channel, one for each place', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.leave({ channel: channels.leads, user: botUserId });
    await rig.post('card', { bulk: true, slot: 'lead:1' });
    await rig.post('other card', { bulk: true, slot: 'lead:2' });
    await rig.advance(60);
    await rig.post('newer card', { slot: 'lead:1' });
    await rig.advance(600);
    rig.sandbox.invite({ channel: channels.leads, user: botUserId });
    await reviveDead(rig.db, rig.work.workspace.teamId, channels.leads, rig.now);
    await rig.advance(60);
    expect(rig.texts().filter((text) => text.endsWith('card'))).toEqual(['other card', 'newer card']);
  });

  test('a person who does not exist: the direct message is given up', async () => {
    const rig = await startOutboxRig();
    const id = await rig.direct('psst', 'U0NOBODY');
    await rig.advance(60);
    expect(await rig.row(id)).toMatchObject({ state: 'dead', last_error: 'user_not_found' });
  });

  test('charts that a server does not know are sent as plain blocks', async () => {
    const rig = await startOutboxRig();
    const unknownBlock = { type: 'hologram' } as never;
    const classic = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'plain' } }];
    for (const text of ['one', 'two']) rig.looks.set(text, { text, blocks: [unknownBlock], classic });
    await rig.post('one');
    await rig.post('two');
    await rig.advance(5);
    expect(rig.messages()).toMatchObject([
      { text: 'one', blocks: [{ type: 'section' }] },
      { text: 'two', blocks: [{ type: 'section' }] },
    ]);
    expect(rig.calls('chat.postMessage').map((call) => call.ok)).toEqual([false, true, false, true]);
  });

  test('a message that cannot be rendered is given up and does not hold up its channel', async () => {
    const rig = await startOutboxRig();
    const id = await rig.post('from another version');
    const message = JSON.stringify({ type: 'renamed_since', data: {} });
    await rig.db.updateTable('outbox').set({ message }).where('id', '=', id).execute();
    await rig.post('next');
    await rig.advance(10).catch(() => undefined);
    expect(rig.texts()).toEqual(['next']);
    expect((await rig.row(id)).state).toBe('dead');
  });
});

describe('an ephemeral message whose answer is lost', () => {
  test('is sent at most twice', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ do: 'apply_then_503', match: { method: 'chat.postEphemeral' } }]);
    const id = await rig.whisper('only you', people.alice);
    await rig.advance(3600);
    expect(rig.calls('chat.postEphemeral')).toHaveLength(2);
    expect((await rig.row(id)).state).toBe('dead');
  });

  test('is sent again once when the first call was lost', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ do: 'drop', match: { method: 'chat.postEphemeral' }, times: 1 }]);
    const id = await rig.whisper('only you', people.alice);
    await rig.advance(60);
    expect(rig.texts()).toEqual(['only you']);
    expect((await rig.row(id)).state).toBe('sent');
  });
});

describe('order and repetition', () => {
  test('the messages of a channel keep their order, one a second', async () => {
    const rig = await startOutboxRig();
    const texts = ['one', 'two', 'three', 'four', 'five', 'six'];
    for (const text of texts) await rig.post(text);
    await rig.advance(10);
    expect(rig.texts()).toEqual(texts);
    const times = rig.messages().map((message) => Number(message.ts));
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
  });

  test('a dedupe key makes a repeat harmless, also after the first was sent', async () => {
    const rig = await startOutboxRig();
    await rig.post('nudge', { dedupeKey: 'nudge:1:3' });
    await rig.post('nudge', { dedupeKey: 'nudge:1:3' });
    await rig.advance(5);
    await rig.post('nudge', { dedupeKey: 'nudge:1:3' });
    await rig.post('another', { dedupeKey: 'nudge:1:4' });
    await rig.advance(5);
    expect(rig.texts()).toEqual(['nudge', 'another']);
  });

  test('a reply waits until the message that its thread belongs to is there', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ do: 'apply_then_503', match: posting, times: 1 }]);
    await rig.post('card', { slot: 'card:1' });
    await rig.post('reply', { threadSlot: 'card:1' });
    await rig.advance(14);
    expect(rig.texts()).toEqual(['card']);
    await rig.advance(5);
    const [card, reply] = rig.messages();
    expect(reply).toMatchObject({ text: 'reply', thread_ts: card?.ts });
  });

  test('a reply to a message that will never be there is given up, and somebody is told', async () => {
    const rig = await startOutboxRig();
    rig.unwanted.add('card');
    await rig.post('card', { slot: 'card:1' });
    const id = await rig.post('reply', { threadSlot: 'card:1' });
    await rig.advance(5);
    expect(rig.texts()).toEqual([]);
    expect(await rig.row(id)).toMatchObject({ state: 'dead', last_error: 'thread_not_posted' });
  });

  test('an update that is superseded before it left is dropped', async () => {
    const rig = await startOutboxRig();
    rig.looks.set('card', { text: 'version 0' });
    await rig.post('card', { slot: 'card:1' });
    await rig.drain();
    for (let version = 1; version <= 10; version += 1) {
      rig.looks.set('card', { text: `version ${version}` });
      await rig.update('card', 'card:1');
    }
    await rig.advance(5);
    expect(rig.texts()).toEqual(['version 10']);
    expect(rig.calls('chat.update')).toHaveLength(1);
  });

  test('an update asked for while the one before is under way is not lost', async () => {
    const rig = await startOutboxRig();
    rig.looks.set('card', { text: 'version 0' });
    await rig.post('card', { slot: 'card:1' });
    await rig.drain();
    rig.looks.set('card', { text: 'version 1' });
    await rig.update('card', 'card:1');
    const draining = rig.drain();
    const updates = (): number => rig.calls('chat.update').length;
    while (updates() === 0) await new Promise((resolve) => setImmediate(resolve));
    rig.looks.set('card', { text: 'version 2' });
    await rig.update('card', 'card:1');
    await draining;
    await rig.advance(5);
    expect(rig.texts()).toEqual(['version 2']);
  });

  test('a message nobody wants any more is cancelled when its turn comes', async () => {
    const rig = await startOutboxRig();
    await rig.post('first');
    const id = await rig.post('nudge');
    await rig.drain();
    rig.unwanted.add('nudge');
    await rig.advance(5);
    expect(rig.texts()).toEqual(['first']);
    expect((await rig.row(id)).state).toBe('cancelled');
  });

  test('the answer to an earlier claim no longer counts', async () => {
    const rig = await startOutboxRig();
    const id = await rig.post('hello');
    const waiting = await rig.row(id);
    const earlier = await markSending(rig.db, waiting, rig.now);
    if (!earlier) throw new Error('the first claim failed');
    expect(await markSending(rig.db, waiting, rig.now), 'a second process comes too late').toBeUndefined();
    await settle(rig.db, earlier, { state: 'ready' }, rig.now);
    const later = await markSending(rig.db, await rig.row(id), rig.now + 60_000);
    if (!later) throw new Error('the second claim failed');
    expect(await settle(rig.db, earlier, { state: 'dead' }, rig.now)).toBe(false);
    expect((await rig.row(id)).state).toBe('sending');
    expect(await settle(rig.db, later, { state: 'sent' }, rig.now)).toBe(true);
  });

  test('two drains at once send nothing twice', async () => {
    const rig = await startOutboxRig();
    for (const text of ['one', 'two', 'three']) await rig.post(text);
    await Promise.all([rig.drain(), rig.drain(), rig.drain()]);
    await rig.advance(5);
    expect(rig.texts()).toEqual(['one', 'two', 'three']);
  });
});

describe('waking up', () => {
  test('once started, it sends by itself and stops when told', async () => {
    const rig = await startOutboxRig();
    await rig.post('before the start');
    rig.outbox.start();
    while (rig.texts().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await rig.outbox.stop();
    await rig.post('after the stop');
    rig.outbox.kick();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(rig.texts()).toEqual(['before the start']);
  });

  test('what waits at the stop is sent after the next start', async () => {
    const rig = await startOutboxRig();
    await rig.post('one');
    await rig.post('two');
    await rig.drain();
    await rig.outbox.stop();
    const next = rig.anotherOutbox();
    rig.sandbox.clock.set(rig.now + 2000);
    await next.drain();
    expect(rig.texts()).toEqual(['one', 'two']);
  });
});

describe('an answer through a response URL', () => {
  const charts = { type: 'hologram' } as never;
  const classic = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'plain' } }];

  test('charts that the server refuses are replaced by plain blocks there too', async () => {
    const rig = await startOutboxRig();
    rig.looks.set('digest', { text: 'digest', blocks: [charts], classic });
    const server = await responseServer((body) =>
      body.includes('hologram')
        ? { status: 400, body: JSON.stringify({ ok: false, error: 'invalid_blocks' }) }
        : { status: 200, body: 'ok' },
    );
    const id = await rig.reply('digest', server.url);
    await rig.drain();
    expect((await rig.row(id)).state).toBe('sent');
    expect(server.bodies).toHaveLength(2);
  });

  test.each([
    ['plain text', 404, 'expired_url', 'expired_url'],
    ['JSON', 404, '{"ok":false,"error":"used_url"}', 'used_url'],
    ["a proxy's page", 404, '<html>Not here</html>', 'http_404'],
  ])('a refusal in %s is understood and final', async (_name, status, body, error) => {
    const rig = await startOutboxRig();
    const server = await responseServer(() => ({ status, body }));
    const id = await rig.reply('late', server.url);
    await rig.advance(600);
    expect(await rig.row(id)).toMatchObject({ state: 'dead', last_error: error });
    expect(server.bodies).toHaveLength(1);
  });

  test('a server error: the answer is sent at most twice', async () => {
    const rig = await startOutboxRig();
    const server = await responseServer(() => ({ status: 503, body: '' }));
    const id = await rig.reply('perhaps', server.url);
    await rig.advance(600);
    expect((await rig.row(id)).state).toBe('dead');
    expect(server.bodies).toHaveLength(2);
  });
});

/** Something at the other end of a response URL. Ends with the test. */
async function responseServer(
  answer: (body: string) => { status: number; body: string },
): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      const { status, body: reply } = answer(body);
      response.writeHead(status).end(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => void server.close());
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, bodies };
}

describe('lanes', () => {
  test('a call that hangs holds up its own channel only', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([{ match: { method: 'chat.postMessage' }, do: 'drop', times: 1 }]);
    await rig.post('stuck');
    const stuck = rig.outbox.drain();
    await rig.whisper('flows on', people.alice);
    const flowing = rig.outbox.drain();
    await expect.poll(() => rig.calls('chat.postEphemeral').length, { interval: 2 }).toBe(1);
    expect(rig.calls('chat.postMessage').filter((call) => call.ok)).toEqual([]);
    await Promise.all([stuck, flowing]);
  });

  test('while one channel is rate limited, the outbox wakes for what another one needs', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([
      {
        match: { method: 'chat.postMessage', channel: channels.leads },
        do: 'ratelimit',
        times: 1,
        ms: 50_000,
      },
      { match: { method: 'chat.postMessage' }, do: 'apply_then_503', times: 1 },
    ]);
    await rig.post('limited');
    await rig.direct('uncertain', people.alice);
    const wakeAt = await rig.outbox.drain();
    expect((wakeAt ?? Infinity) - rig.now).toBeLessThanOrEqual(15_000);
  });

  test('a message that somebody deleted is not updated for ever, and its slot is free again', async () => {
    const rig = await startOutboxRig();
    await rig.post('card', { slot: 'card:1' });
    await rig.drain();
    rig.sandbox.deleteMessage({ channel: channels.leads, ts: rig.messages()[0]?.ts ?? '' });
    await rig.update('new text', 'card:1');
    await rig.advance(5);
    expect(await messageOfSlot(rig.db, 'T0ACME', 'card:1')).toBeUndefined();
    expect(rig.dead).toEqual([]);
  });
});
