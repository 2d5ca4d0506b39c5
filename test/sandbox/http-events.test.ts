import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SandboxClock, startSandbox, type Sandbox, type SandboxSeed } from '../../src/sandbox/index.ts';
import { freePort, monday, seed, until } from './support.ts';

let sandbox: Sandbox;
let app: App;
let data: SandboxSeed;

beforeEach(async () => {
  const port = await freePort();
  data = seed(`http://localhost:${port}/slack/events`);
  sandbox = await startSandbox({ seed: data, clock: new SandboxClock({ frozenAt: monday }) });
  const receiver = new HTTPReceiver({ signingSecret: 'shh', logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: sandbox.apiUrl };
  app = new App({ token: 'xoxb-touch', receiver, clientOptions, logLevel: LogLevel.ERROR });
  await app.start(port);
});

afterEach(async () => {
  await app.stop();
  await sandbox.stop();
});

test('events, commands and clicks arrive signed, and their answers are followed', async () => {
  const texts: unknown[] = [];
  app.message(({ message }) => {
    texts.push('text' in message ? message.text : undefined);
    return Promise.resolve();
  });
  app.command('/lead', async ({ ack }) => await ack({ response_type: 'in_channel', text: 'To all' }));
  app.action('go', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'Gone' });
  });

  sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'hello' });
  await sandbox.idle();
  expect(texts).toEqual(['hello']);

  expect(await sandbox.command({ channel: 'leads', user: 'U0BEN', command: 'lead' })).toMatchObject({
    ok: true,
  });
  expect(sandbox.messages('leads').at(-1)).toMatchObject({ text: 'To all', bot_id: 'B0TOUCH' });

  const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } } as const;
  const { ts = '' } = await app.client.chat.postMessage({
    channel: 'C0LEADS',
    text: 'x',
    blocks: [{ type: 'actions', elements: [button] }],
  });
  await sandbox.interact({ channel: 'leads', messageTs: ts, user: 'U0BEN', action: { action_id: 'go' } });
  await until(() => sandbox.thread('leads', ts)[0]?.text === 'Gone');
});

test('a wrong secret is refused, and the event is retried with the headers that say so', async () => {
  const retries: unknown[] = [];
  app.message(({ context }) => {
    retries.push([context.retryNum, context.retryReason]);
    return Promise.resolve();
  });
  const [touch] = data.apps;
  if (touch === undefined) throw new Error('no app');
  touch.signingSecret = 'wrong';
  sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'hello' });
  await sandbox.idle();
  expect(retries).toEqual([]);
  touch.signingSecret = 'shh';
  await sandbox.clock.forward(60_000);
  await sandbox.idle();
  expect(retries).toEqual([[2, 'http_error']]);
});
