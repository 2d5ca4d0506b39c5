import { afterEach, beforeEach, expect, test } from 'vitest';
import { nextWorkingMorning, SandboxClock, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, monday, seed, until } from './support.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ seed: seed(), clock: new SandboxClock({ frozenAt: monday }) });
});

afterEach(async () => await sandbox.stop());

async function get(path: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`${sandbox.url}/_control/${path}`)).json()) as Record<string, unknown>;
}

async function send(path: string, body: unknown): Promise<Record<string, unknown> & { status: number }> {
  const response = await fetch(`${sandbox.url}/_control/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

test('the state names apps, people, channels, commands and shortcuts', async () => {
  expect(await get('state')).toMatchObject({
    now: monday,
    apps: [{ appId: 'A0TOUCH', botUserId: 'U0TOUCH', connected: false }],
    users: [
      { id: 'U0ANNA', is_bot: false, tz: 'Europe/Berlin' },
      { id: 'U0BEN' },
      { id: 'U0TOUCH', is_bot: true },
    ],
    channels: [
      { id: 'C0LEADS', name: 'leads', members: ['U0ANNA', 'U0BEN', 'U0TOUCH'] },
      {},
      { is_private: true },
    ],
    commands: [{ command: '/lead', description: 'Leads', usage_hint: 'add' }],
    shortcuts: [
      { callback_id: 'make_lead', type: 'message' },
      { callback_id: 'new_lead', type: 'global' },
    ],
  });
});

test('messages are posted, listed, counted as unread and read', async () => {
  await send('message', { channel: 'leads', user: 'U0ANNA', text: 'hello' });
  expect(await get('messages/leads')).toMatchObject({ messages: [{ user: 'U0ANNA', text: 'hello' }] });
  expect(await get('state')).toMatchObject({ unread: { U0BEN: { C0LEADS: 1 } } });
  await send('read', { user: 'U0BEN', channel: 'C0LEADS' });
  expect((await get('state')).unread).toEqual({ U0BEN: {} });
});

test('only what changed since a revision is answered, a reset included', async () => {
  const said = async (text: string): Promise<string> => {
    const { message } = await send('message', { channel: 'leads', user: 'U0ANNA', text });
    return (message as { ts: string }).ts;
  };
  const [one, two] = [await said('one'), await said('two')];
  const { rev } = await get('messages/leads');
  expect(await get(`messages/leads?since=${Number(rev)}`)).toEqual({ messages: [], removed: [], rev });
  await send('edit', { channel: 'leads', ts: one, text: 'one more' });
  await send('delete', { channel: 'leads', ts: two });
  await said('three');
  const news = await get(`messages/leads?since=${Number(rev)}`);
  expect(news).toMatchObject({
    messages: [{ text: 'one more' }, { text: 'three' }],
    removed: [two],
  });
  expect(news.rev).toBeGreaterThan(Number(rev));
  await send('reset', {});
  const after = await get(`messages/leads?since=${Number(news.rev)}`);
  expect(after).toMatchObject({ messages: [], removed: [one, expect.any(String) as string] });
});

test('a message with files needs no text, and one without either is refused', async () => {
  const from = { channel: 'leads', user: 'U0ANNA', text: '' };
  const file = { name: 'a.txt', content: Buffer.from('é').toString('base64'), encoding: 'base64' };
  const answer = await send('message', { ...from, files: [file] });
  expect(answer).toMatchObject({ ok: true, message: { subtype: 'file_share', files: [{ size: 2 }] } });
  expect((await send('message', from)).status).toBe(400);
});

test.each([
  ['message', { channel: 'nowhere', user: 'U0ANNA', text: 'x' }, 404, 'There is no channel nowhere.'],
  ['message', { channel: 'other', user: 'U0BEN', text: 'x' }, 403, 'U0BEN is not in other.'],
  ['command', { channel: 'leads', user: 'U0ANNA', command: '/dance' }, 404, 'No app offers /dance.'],
  ['submit', { user: 'U0ANNA', viewId: 'V1' }, 404, 'There is no open view V1.'],
  ['clock', {}, 400, 'Say how far: forward or until.'],
])('a mistake in POST /%s is answered in a sentence', async (path, body, status, error) => {
  expect(await send(path, body)).toEqual({ status, ok: false, error });
});

test('a body of the wrong shape is refused with the name of the field', async () => {
  const answer = await send('message', { channel: 'leads', user: 'U0ANNA' });
  expect(answer.status).toBe(400);
  expect(answer.error).toMatch(/text/);
});

test('the clock goes forward through its hooks and says what they did', async () => {
  sandbox.clock.onForward((from, to) => {
    sandbox.clock.set((from + to) / 2);
    return Promise.resolve(['3 nudges']);
  });
  const answer = await send('clock', { forward: '2d' });
  expect(answer).toMatchObject({ now: monday + 2 * 86_400_000, summary: ['3 nudges'] });
});

test('the next working morning is at nine where people are, weekends and summer time included', async () => {
  const friday = Date.UTC(2026, 9, 23, 15);
  expect(nextWorkingMorning(friday, 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 26, 8));
  expect(nextWorkingMorning(Date.UTC(2026, 9, 26, 8), 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 27, 8));
  expect(await send('clock', { until: 'next-working-morning' })).toMatchObject({ now: monday + 86_400_000 });
});

test('changes are streamed as they happen', async () => {
  const response = await fetch(`${sandbox.url}/_control/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let received = '';
  void (async () => {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) return;
      received += value;
    }
  })().catch(() => undefined);
  sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'hello' });
  await sandbox.clock.forward(1000);
  await until(() => received.includes('"clock"'));
  expect(received).toContain('data: {"type":"message","channel":"C0LEADS"}\n\n');
  await reader?.cancel();
});

test('faults and traffic can be set and seen', async () => {
  expect(await send('faults', [{ do: 'internal_error', times: 1 }])).toMatchObject({ ok: true });
  await expect(clientOf(sandbox).auth.test()).rejects.toThrow('internal_error');
  expect(await get('log')).toMatchObject({
    entries: [
      {
        direction: 'from_app',
        kind: 'auth.test',
        ok: false,
        at: monday,
        response: { error: 'internal_error' },
      },
    ],
  });
  expect((await send('faults', [{ do: 'explode' }])).status).toBe(400);
});

test('a reset brings back the seed', async () => {
  sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'hello' });
  sandbox.archive({ channel: 'other' });
  await send('reset', {});
  expect(sandbox.messages('leads')).toEqual([]);
  expect(sandbox.state().channels.every(({ is_archived }) => !is_archived)).toBe(true);
});

test("the page's libraries are served as modules, and nothing outside of its folder", async () => {
  for (const name of ['preact', 'preact-hooks', 'htm']) {
    const response = await fetch(`${sandbox.url}/vendor/${name}.js`);
    expect(response.headers.get('content-type')).toMatch('text/javascript');
    expect(await response.text()).toMatch('export');
  }
  for (const path of ['/page/%2e%2e/index.ts', '/page/..%2findex.ts', '/package.json']) {
    expect((await fetch(sandbox.url + path)).status).toBe(404);
  }
});

test('a running clock wakes what waits for it', async () => {
  const clock = new SandboxClock(monday);
  const rung = new Promise((resolve) => clock.at(monday + 5, () => resolve(clock.now())));
  expect(await rung).toBeGreaterThanOrEqual(monday + 5);
});
