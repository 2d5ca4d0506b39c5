import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, frozenSandbox, refusal, section, socketApp } from './support.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await frozenSandbox();
});

afterEach(async () => await sandbox.stop());

async function call(method: string, body: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(sandbox.apiUrl + method, { method: 'POST', body, headers });
  expect(response.status).toBe(200);
  return await response.json();
}

const json = { 'content-type': 'application/json' };
const auth = { authorization: 'Bearer xoxb-touch' };

test.each([
  ['no token', '{}', json, 'not_authed'],
  ['a wrong token', '{}', { ...json, authorization: 'Bearer xoxb-wrong' }, 'invalid_auth'],
  ['an app token', '{}', { ...json, authorization: 'Bearer xapp-touch' }, 'not_allowed_token_type'],
  ['a body that is no JSON', '{"channel":', { ...json, ...auth }, 'invalid_json'],
  ['a body that is JSON but no object', '[1]', { ...json, ...auth }, 'json_not_object'],
  ['blocks that are no JSON', 'channel=C0LEADS&blocks=%5B', auth, 'invalid_blocks_format'],
  ['blocks that are no list', '{"channel":"C0LEADS","blocks":7}', { ...json, ...auth }, 'invalid_blocks'],
  [
    'attachments that are no list',
    '{"channel":"C0LEADS","attachments":7}',
    { ...json, ...auth },
    'invalid_attachments',
  ],
])('a call with %s is refused by name', async (_what, body, headers, error) => {
  expect(await call('chat.postMessage', body, headers)).toMatchObject({ ok: false, error });
});

test.each([
  ['message', 'no JSON', 400],
  ['message', 'null', 400],
  ['nothing', '{}', 404],
  ['constructor', '{}', 404],
  ['stop', '{}', 404],
])('POST /_control/%s with "%s" is answered with a sentence', async (path, body, status) => {
  const response = await fetch(`${sandbox.url}/_control/${path}`, { method: 'POST', body });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ ok: false, error: expect.any(String) as string });
});

test('an address that is malformed is answered, not fallen over', async () => {
  expect((await fetch(`${sandbox.url}/_control/messages/%E0%A4%A`)).status).toBe(400);
  expect((await fetch(`${sandbox.url}/response/none`, { method: 'POST', body: 'x' })).status).toBe(400);
  expect((await fetch(`${sandbox.url}/response/none`, { method: 'POST', body: '{}' })).status).toBe(404);
});

test('a socket that sends garbage is noted, and everybody else goes on', async () => {
  const app = socketApp(sandbox);
  const texts: unknown[] = [];
  app.message(({ message }) => Promise.resolve(void texts.push('text' in message && message.text)));
  await app.start();
  const { url = '' } = await clientOf(sandbox, 'xapp-touch').apps.connections.open();
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.once('message', resolve));
  for (const garbage of ['no JSON', 'null', '{"envelope_id":7}', '{"envelope_id":"unknown"}'])
    socket.send(garbage);
  socket.send(Buffer.alloc(2_000_000));
  await new Promise((resolve) => socket.once('close', resolve));
  sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'still here?' });
  await sandbox.idle();
  expect(texts).toEqual(['still here?']);
  expect(sandbox.log().filter(({ kind }) => kind === 'socket')).toHaveLength(3);
  await app.stop();
});

test('a socket without a ticket is turned away', async () => {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/link/?ticket=made-up`);
  const [error] = await new Promise<Error[]>((resolve) =>
    socket.once('error', (failed) => resolve([failed])),
  );
  expect(error?.message).toContain('403');
});

test('the page reads a channel of ten thousand messages in well under a second', async () => {
  const blocks = [section('A lead'), section('with some text')];
  for (let n = 0; n < 10_000; n += 1) {
    sandbox.botMessage({ channel: 'leads', username: 'Forms', text: String(n), blocks });
  }
  await sandbox.idle();
  const started = performance.now();
  const response = await fetch(`${sandbox.url}/_control/messages/leads`);
  const { messages } = (await response.json()) as { messages: unknown[] };
  expect(performance.now() - started).toBeLessThan(800);
  expect(messages).toHaveLength(10_000);
  const asked = performance.now();
  await clientOf(sandbox).conversations.history({ channel: 'C0LEADS', limit: 200 });
  expect(performance.now() - asked).toBeLessThan(200);
});

test('half a megabyte of blocks is refused, and soon', async () => {
  const started = performance.now();
  const client = clientOf(sandbox);
  const tall = Array.from({ length: 40 }, () => section('x'.repeat(12_500)));
  const wide = Array.from({ length: 20_000 }, () => section('x'));
  const long = Array.from({ length: 50 }, () => section('x'.repeat(3000)));
  const post = async (blocks: typeof tall): Promise<string> =>
    (await refusal(client.chat.postMessage({ channel: 'C0LEADS', text: 'x', blocks }))).error;
  expect([await post(tall), await post(wide), await post(long)]).toEqual([
    'invalid_blocks',
    'invalid_blocks',
    'msg_blocks_too_long',
  ]);
  expect(performance.now() - started).toBeLessThan(2000);
  expect(sandbox.messages('leads')).toEqual([]);
});
