import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/sandbox/index.ts';
import { markSending } from '../../src/outbox/store.ts';
import { channels, people, startOutboxRig } from '../support/outbox-rig.ts';

const posting = { method: 'chat.postMessage' };

function once(kind: FaultRule['do'], more: Partial<FaultRule> = {}): FaultRule {
  return { do: kind, match: posting, times: 1, ...more };
}

describe('a call whose answer is lost', () => {
  test.each(['apply_then_timeout', 'apply_then_503', 'apply_then_fatal_error'] as const)(
    '%s: the message is found by its metadata and not posted twice',
    async (kind) => {
      const rig = await startOutboxRig();
      rig.sandbox.faults([once(kind)]);
      const id = await rig.post('hello', { slot: 'greeting' });
      await rig.drain();
      expect((await rig.row(id)).state).toBe('unknown');
      await rig.advance(15);
      expect((await rig.row(id)).state).toBe('sent');
      await rig.advance(3600);
      expect(rig.texts()).toEqual(['hello']);
      expect(rig.copies(id)).toHaveLength(1);
      expect(rig.calls('chat.postMessage')).toHaveLength(1);
    },
  );

  test.each(['drop', 'html_200', 'internal_error'] as const)(
    '%s: looked for three times in vain, then sent once more',
    async (kind) => {
      const rig = await startOutboxRig();
      rig.sandbox.faults([once(kind)]);
      const id = await rig.post('hello');
      await rig.advance(3600);
      expect(rig.callTimes('conversations.history')).toEqual([15, 75, 375]);
      expect(rig.callTimes('chat.postMessage')).toEqual([0, 375]);
      expect(rig.copies(id)).toHaveLength(1);
      expect((await rig.row(id)).state).toBe('sent');
    },
  );

  test('a message that is found can be updated: its slot is known', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([once('apply_then_503')]);
    await rig.post('before', { slot: 'card:1' });
    await rig.advance(20);
    await rig.update('after', 'card:1');
    await rig.drain();
    expect(rig.texts()).toEqual(['after']);
  });

  test('Slack applies the call late: the next look finds it', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([once('apply_late', { ms: 40_000 })]);
    const id = await rig.post('hello');
    await rig.advance(3600);
    expect(rig.copies(id)).toHaveLength(1);
    expect(rig.callTimes('conversations.history')).toEqual([15, 75]);
    expect(rig.calls('chat.postMessage')).toHaveLength(1);
  });

  test('history lags behind: the message is not sent again before it shows up', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([once('apply_then_503'), { do: 'lagging_history', ms: 60_000 }]);
    const id = await rig.post('hello');
    await rig.advance(3600);
    expect(rig.copies(id)).toHaveLength(1);
    expect(rig.callTimes('conversations.history')).toEqual([15, 75]);
  });

  test('found more often: the first stays, the rest is deleted', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([once('apply_then_503')]);
    const id = await rig.post('hello', { slot: 'card:1' });
    await rig.drain();
    const [first] = rig.copies(id);
    const { created_at: queuedAt } = await rig.row(id);
    for (let copy = 0; copy < 2; copy += 1) {
      rig.sandbox.clock.set(rig.now + 2000);
      await rig.slack.chat.postMessage({
        channel: channels.leads,
        text: 'hello',
        metadata: {
          event_type: 'sixth_touch_message',
          event_payload: { outbox_id: id, queued_at: queuedAt },
        },
      });
    }
    expect(rig.copies(id)).toHaveLength(3);
    await rig.advance(20);
    expect(rig.copies(id).map((message) => message.ts)).toEqual([first?.ts]);
    await rig.update('updated', 'card:1');
    await rig.drain();
    expect(rig.texts()).toEqual(['updated']);
  });

  test("somebody else's message with the same number is not taken for ours", async () => {
    const rig = await startOutboxRig();
    const id = await rig.post('ours');
    await rig.slack.chat.postMessage({
      channel: channels.sales,
      text: 'another channel',
      metadata: { event_type: 'sixth_touch_message', event_payload: { outbox_id: id } },
    });
    await rig.slack.chat.postMessage({
      channel: channels.leads,
      text: 'another app',
      metadata: { event_type: 'other_app', event_payload: { outbox_id: id } },
    });
    rig.sandbox.faults([once('drop')]);
    await rig.advance(400);
    expect(rig.texts()).toContain('ours');
  });

  test('a reply is looked for in its thread', async () => {
    const rig = await startOutboxRig();
    await rig.post('card', { slot: 'card:1' });
    await rig.advance(2);
    rig.sandbox.faults([once('apply_then_timeout')]);
    const id = await rig.post('reply', { threadSlot: 'card:1' });
    await rig.advance(3600);
    expect(rig.copies(id)).toHaveLength(1);
    expect(rig.calls('conversations.replies')).toHaveLength(1);
    expect(rig.calls('conversations.history')).toHaveLength(0);
  });

  test('a direct message is looked for in its own conversation', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([once('apply_then_fatal_error')]);
    const id = await rig.direct('psst', people.alice);
    await rig.advance(3600);
    expect(rig.sandbox.directMessages(people.alice).map((message) => message.text)).toEqual(['psst']);
    expect((await rig.row(id)).state).toBe('sent');
  });

  test('a look that fails proves nothing: it is repeated, and nothing is sent meanwhile', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([
      once('apply_then_503'),
      { do: 'internal_error', match: { method: 'conversations.history' }, times: 4 },
    ]);
    const id = await rig.post('hello');
    await rig.advance(3600);
    expect(rig.copies(id)).toHaveLength(1);
    expect(rig.calls('chat.postMessage')).toHaveLength(1);
    expect((await rig.row(id)).state).toBe('sent');
  });

  test('other messages of the channel do not wait for it', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([once('drop')]);
    await rig.post('lost');
    await rig.post('next');
    await rig.advance(5);
    expect(rig.texts()).toEqual(['next']);
  });

  test('the app has been put out of the channel meanwhile: the message is given up, not looked for forever', async () => {
    const rig = await startOutboxRig();
    rig.sandbox.faults([once('drop')]);
    const id = await rig.post('hello');
    await rig.drain();
    rig.sandbox.leave({ channel: channels.leads, user: 'U0SIXTH' });
    await rig.advance(1800);
    expect((await rig.row(id)).state).toBe('dead');
    expect(rig.dead).toMatchObject([{ error: 'not_in_channel' }]);
  });
});

describe('a crash while a message is being sent', () => {
  test('it had arrived: it is found and not sent again', async () => {
    const rig = await startOutboxRig();
    const id = await rig.post('hello', { slot: 'card:1' });
    await rig.drain();
    const crashed = { state: 'sending' as const, settled_at: null, lease_until: rig.now + 30_000 };
    await rig.db.updateTable('outbox').set(crashed).where('id', '=', id).execute();
    await rig.db.deleteFrom('slack_message').execute();
    rig.sandbox.clock.set(rig.now + 29_000);
    await rig.drain();
    expect((await rig.row(id)).state).toBe('sending');
    rig.sandbox.clock.set(rig.now + 1000);
    await rig.drain();
    expect(await rig.row(id)).toMatchObject({ state: 'unknown', last_error: 'lease_expired' });
    await rig.advance(3600);
    expect(rig.copies(id)).toHaveLength(1);
    expect((await rig.row(id)).state).toBe('sent');
    await rig.update('hello again', 'card:1');
    await rig.drain();
    expect(rig.texts()).toEqual(['hello again']);
  });

  test('it had not arrived: it is sent after three empty looks', async () => {
    const rig = await startOutboxRig();
    const id = await rig.post('hello');
    await markSending(rig.db, await rig.row(id), rig.now - 60_000);
    await rig.advance(3600);
    expect(rig.copies(id)).toHaveLength(1);
    expect(rig.callTimes('conversations.history')).toEqual([15, 75, 375]);
    expect(rig.callTimes('chat.postMessage')).toEqual([375]);
  });

  test.each(['update', 'ephemeral'] as const)(
    '%s: nothing can be looked for, it is sent again',
    async (kind) => {
      const rig = await startOutboxRig();
      await rig.post('card', { slot: 'card:1' });
      await rig.advance(2);
      if (kind === 'update') await rig.update('newer', 'card:1');
      else await rig.whisper('newer', people.alice);
      const row = await rig.db
        .selectFrom('outbox')
        .selectAll()
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow();
      await markSending(rig.db, row, rig.now - 60_000);
      await rig.advance(60);
      expect(rig.texts()).toContain('newer');
      expect((await rig.row(row.id)).state).toBe('sent');
    },
  );
});
