import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, frozenSandbox, refusal, socketApp, until } from './support.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await frozenSandbox();
});

afterEach(async () => await sandbox.stop());

/** @param timeout short where the client is to give up, long where a busy machine must not make it */
function say(text = 'x', timeout = 10_000): Promise<unknown> {
  return clientOf(sandbox, undefined, { timeout }).chat.postMessage({ channel: 'C0LEADS', text });
}

function posted(): number {
  return sandbox.messages('leads').length;
}

describe('calls that fail', () => {
  test.each([
    ['drop', 0, /fetch failed|terminated|socket/i],
    ['apply_then_timeout', 1, /timeout|aborted/i],
    ['apply_then_503', 1, /503/],
    ['apply_then_fatal_error', 1, /fatal_error/],
    ['internal_error', 0, /internal_error/],
    ['html_200', 0, /html/],
    ['ratelimit', 0, /rate.?limit/i],
  ] as const)('%s leaves %i messages behind', async (kind, messages, complaint) => {
    sandbox.faults([{ do: kind, match: { method: 'chat.postMessage' }, times: 1 }]);
    const answer = say('x', kind === 'apply_then_timeout' ? 50 : undefined);
    await expect(answer).rejects.toThrow(complaint);
    expect(posted()).toBe(messages);
    await say();
    expect(posted()).toBe(messages + 1);
  });

  test('apply_late posts after the client gave up', async () => {
    sandbox.faults([{ do: 'apply_late', ms: 5000, times: 1 }]);
    await expect(say('late', 50)).rejects.toThrow(/timeout|aborted/i);
    expect(posted()).toBe(0);
    sandbox.clock.set(sandbox.clock.now() + 5000);
    expect(sandbox.messages('leads')).toMatchObject([{ text: 'late' }]);
  });

  test('lagging history hides what is young', async () => {
    const client = clientOf(sandbox);
    await say('old');
    await sandbox.clock.forward(20_000);
    await say('young');
    sandbox.faults([{ do: 'lagging_history', ms: 10_000 }]);
    const texts = async (): Promise<unknown> =>
      (await client.conversations.history({ channel: 'C0LEADS' })).messages?.map(({ text }) => text);
    expect(await texts()).toEqual(['old']);
    await sandbox.clock.forward(10_001);
    expect(await texts()).toEqual(['young', 'old']);
  });

  test('a rule can be for one channel only', async () => {
    sandbox.faults([{ do: 'internal_error', match: { channel: 'C0OTHER' } }]);
    await say();
    const elsewhere = clientOf(sandbox).chat.postMessage({ channel: 'C0OTHER', text: 'x' });
    expect((await refusal(elsewhere)).error).toBe('internal_error');
  });
});

describe('deliveries that fail', () => {
  let app: App;
  let seen: { id: unknown; text: unknown; retryNum: unknown; reason: unknown }[];

  beforeEach(async () => {
    app = socketApp(sandbox, 100);
    seen = [];
    app.message(({ body, message, context }) => {
      const text = 'text' in message ? message.text : undefined;
      seen.push({ id: body.event_id, text, retryNum: context.retryNum, reason: context.retryReason });
      return Promise.resolve();
    });
    await app.start();
  });

  afterEach(async () => await app.stop());

  test('an event can come twice with the same id', async () => {
    sandbox.faults([{ do: 'event_twice', times: 1 }]);
    sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'a' });
    await sandbox.idle();
    await until(() => seen.length === 2);
    expect(seen[0]?.id).toBe(seen[1]?.id);
  });

  test('an event can be retried although it was acknowledged', async () => {
    sandbox.faults([{ do: 'event_retry', times: 1 }]);
    sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'a' });
    await sandbox.idle();
    await until(() => seen.length === 2);
    expect(seen.map(({ retryNum, reason }) => [retryNum, reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
    ]);
  });

  test('an event lost with its connection comes again after a minute', async () => {
    sandbox.faults([{ do: 'cut_socket', times: 1 }]);
    sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'a' });
    await sandbox.idle();
    await until(() => sandbox.state().apps[0]?.connected === true);
    expect(seen).toEqual([]);
    await sandbox.clock.forward(60_000);
    await until(() => seen.length === 1);
    expect(seen[0]).toMatchObject({ text: 'a', retryNum: 2, reason: 'timeout' });
  });

  test('an app that is not there misses an event after the retry at five minutes', async () => {
    await app.stop();
    await until(() => sandbox.state().apps[0]?.connected === false);
    sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'a' });
    await sandbox.idle();
    await sandbox.clock.forward(60_000);
    await sandbox.idle();
    await sandbox.clock.forward(300_000);
    await sandbox.idle();
    const events = sandbox.log().filter(({ kind }) => kind === 'event');
    const summaries = events.map(({ summary }) => summary.replace(/^.*U0ANNA ?/, ''));
    expect(summaries).toEqual(['', '(retry 1, timeout)', '(retry 2, timeout)', '(retry 3, timeout)']);
  });

  test('clients come back when asked to refresh their connection', async () => {
    sandbox.refreshSockets();
    await until(() => sandbox.state().apps[0]?.connected === false);
    await until(() => sandbox.state().apps[0]?.connected === true);
    sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'still there?' });
    await until(() => seen.length === 1);
  });

  test('a click without an answer is told to the person', async () => {
    const notices: string[] = [];
    sandbox.onChange((change) => {
      if (change.type === 'notice') notices.push(change.text);
    });
    await app.stop();
    await until(() => sandbox.state().apps[0]?.connected === false);
    const outcome = await sandbox.command({ channel: 'leads', user: 'U0ANNA', command: '/lead' });
    expect(outcome).toMatchObject({ ok: false, acked: false });
    expect(notices).toEqual(['/lead failed with the error "operation_timeout".']);
  });
});
