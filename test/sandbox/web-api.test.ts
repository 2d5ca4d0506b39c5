import type { ConversationsHistoryResponse, ConversationsRepliesResponse, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SandboxClock, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, frozenSandbox, monday, refusal, section, seed } from './support.ts';

let sandbox: Sandbox;
let client: WebClient;

beforeEach(async () => {
  sandbox = await frozenSandbox();
  client = clientOf(sandbox);
});

afterEach(async () => await sandbox.stop());

async function post(text: string, more: { thread_ts?: string; channel?: string } = {}): Promise<string> {
  sandbox.clock.set(sandbox.clock.now() + 1000);
  const { ts } = await client.chat.postMessage({ channel: 'C0LEADS', text, ...more });
  return ts ?? '';
}

describe('tokens and scopes', () => {
  test('a token is known, wrong or missing', async () => {
    expect(await client.auth.test()).toMatchObject({
      user_id: 'U0TOUCH',
      bot_id: 'B0TOUCH',
      team_id: 'T0001',
    });
    expect((await refusal(clientOf(sandbox, 'xoxb-wrong').auth.test())).error).toBe('invalid_auth');
    const answer = await fetch(`${sandbox.apiUrl}auth.test`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ ok: false, error: 'not_authed' });
  });

  test('a missing scope is named', async () => {
    const disguised = client.chat.postMessage({ channel: 'C0LEADS', text: 'x', username: 'Someone' });
    const { error, needed } = await refusal(disguised);
    expect([error, needed]).toEqual(['missing_scope', 'chat:write.customize']);
    sandbox.invite({ channel: 'secret', user: 'U0TOUCH' });
    const secret = await refusal(client.conversations.history({ channel: 'G0SECRET' }));
    expect([secret.error, secret['needed']]).toEqual(['missing_scope', 'groups:history']);
  });

  test('a bot token opens no Socket Mode connection, and an unknown method is called unknown', async () => {
    expect((await refusal(client.apps.connections.open())).error).toBe('not_allowed_token_type');
    expect((await refusal(client.apiCall('chat.shout'))).error).toBe('unknown_method');
  });

  test('JSON bodies are understood like forms', async () => {
    const answer = await fetch(`${sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: 'Bearer xoxb-touch' },
      body: JSON.stringify({ channel: 'C0LEADS', blocks: [section('hi')], text: 'hi' }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, message: { blocks: [{ type: 'section' }] } });
  });
});

describe('messages', () => {
  test('a message names its app and keeps its place in time', async () => {
    const first = await client.chat.postMessage({ channel: 'C0LEADS', text: 'one' });
    const second = await client.chat.postMessage({ channel: 'C0LEADS', text: 'two' });
    expect(first.message).toMatchObject({ bot_id: 'B0TOUCH', app_id: 'A0TOUCH', user: 'U0TOUCH' });
    expect(first.ts?.startsWith(String(sandbox.clock.now() / 1000))).toBe(true);
    expect((second.ts ?? '') > (first.ts ?? '')).toBe(true);
  });

  test('metadata is kept and shown only to those who ask', async () => {
    const metadata = { event_type: 'lead', event_payload: { outbox_id: '7' } };
    await client.chat.postMessage({ channel: 'C0LEADS', text: 'a', metadata });
    const plain = await client.conversations.history({ channel: 'C0LEADS' });
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
    const full = await client.conversations.history({ channel: 'C0LEADS', include_all_metadata: true });
    expect(full.messages?.[0]?.metadata).toEqual(metadata);
  });

  test('a user id as channel opens direct messages', async () => {
    const { channel } = await client.chat.postMessage({ channel: 'U0ANNA', text: 'psst' });
    expect(channel).toMatch(/^D/);
    expect(sandbox.directMessages('U0ANNA')).toMatchObject([{ text: 'psst' }]);
    const opened = await client.conversations.open({ users: 'U0ANNA' });
    expect(opened.channel?.id).toBe(channel);
  });

  test('new text without blocks removes the blocks and marks the message as edited', async () => {
    const { ts = '' } = await client.chat.postMessage({
      channel: 'C0LEADS',
      text: 'a',
      blocks: [section('a')],
    });
    const withBlocks = await client.chat.update({
      channel: 'C0LEADS',
      ts,
      text: 'b',
      blocks: [section('b')],
    });
    expect(withBlocks.message).not.toHaveProperty('edited');
    const textOnly = await client.chat.update({ channel: 'C0LEADS', ts, text: 'c' });
    expect(textOnly.message).toMatchObject({ text: 'c', edited: { user: 'U0TOUCH' } });
    expect(textOnly.message).not.toHaveProperty('blocks');
  });

  test.each([
    ['an unknown channel', { channel: 'C0NONE', text: 'x' }, 'channel_not_found'],
    ['a private channel without us', { channel: 'G0SECRET', text: 'x' }, 'channel_not_found'],
    ['a channel we are not in', { channel: 'C0OTHER', text: 'x' }, 'not_in_channel'],
    ['nothing to say', { channel: 'C0LEADS', text: '' }, 'no_text'],
    ['far too much to say', { channel: 'C0LEADS', text: 'x'.repeat(40_001) }, 'msg_too_long'],
    [
      'a thread that is not there',
      { channel: 'C0LEADS', text: 'x', thread_ts: '1.000000' },
      'thread_not_found',
    ],
    [
      'too much text in blocks',
      { channel: 'C0LEADS', text: 'x', blocks: Array.from({ length: 4 }, () => section('x'.repeat(2900))) },
      'msg_blocks_too_long',
    ],
  ])('%s is refused', async (_what, args, error) => {
    expect((await refusal(client.chat.postMessage(args))).error).toBe(error);
  });

  test('an archived channel takes no more messages', async () => {
    sandbox.archive({ channel: 'leads' });
    expect((await refusal(post('x'))).error).toBe('is_archived');
  });

  test("only one's own messages can be changed or deleted", async () => {
    const { ts } = sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'mine' });
    const place = { channel: 'C0LEADS', ts };
    expect((await refusal(client.chat.update({ ...place, text: 'x' }))).error).toBe('cant_update_message');
    expect((await refusal(client.chat.delete(place))).error).toBe('cant_delete_message');
    expect((await refusal(client.chat.delete({ ...place, ts: '1.000000' }))).error).toBe('message_not_found');
  });

  test('an ephemeral message is seen by one person and is in no history', async () => {
    await client.chat.postEphemeral({ channel: 'C0LEADS', user: 'U0BEN', text: 'for Ben' });
    expect(sandbox.messages('leads')).toMatchObject([{ text: 'for Ben', ephemeral_to: 'U0BEN' }]);
    expect((await client.conversations.history({ channel: 'C0LEADS' })).messages).toEqual([]);
  });

  test('a deleted message with replies leaves a tombstone', async () => {
    const root = await post('root');
    await post('reply', { thread_ts: root });
    await client.chat.delete({ channel: 'C0LEADS', ts: root });
    expect(sandbox.thread('leads', root)).toMatchObject([{ subtype: 'tombstone' }, { text: 'reply' }]);
  });
});

describe('history', () => {
  test('is read newest first, page by page, without replies', async () => {
    const root = await post('1');
    await post('in the thread', { thread_ts: root });
    for (const text of ['2', '3', '4', '5']) await post(text);
    const texts: unknown[] = [];
    for await (const page of client.paginate('conversations.history', { channel: 'C0LEADS', limit: 2 })) {
      texts.push((page as ConversationsHistoryResponse).messages?.map(({ text }) => text));
    }
    expect(texts).toEqual([['5', '4'], ['3', '2'], ['1']]);
  });

  test('can be asked from a message on', async () => {
    const stamps = [await post('1'), await post('2'), await post('3')];
    const texts = async (options: object): Promise<unknown> => {
      const { messages } = await client.conversations.history({ channel: 'C0LEADS', ...options });
      return messages?.map(({ text }) => text);
    };
    expect(await texts({ oldest: stamps[1] })).toEqual(['3']);
    expect(await texts({ oldest: stamps[1], inclusive: true })).toEqual(['3', '2']);
    expect(await texts({ latest: stamps[1] })).toEqual(['1']);
  });

  test('a thread is read from its root, which counts its replies', async () => {
    const root = await post('root');
    const reply = await post('a', { thread_ts: root });
    await post('b', { thread_ts: reply });
    const { messages } = await client.conversations.replies({ channel: 'C0LEADS', ts: root });
    expect(messages).toMatchObject([
      { text: 'root', reply_count: 2 },
      { text: 'a' },
      { text: 'b', thread_ts: root },
    ]);
    const later = await client.conversations.replies({ channel: 'C0LEADS', ts: root, oldest: reply });
    expect(later.messages?.map(({ text }) => text)).toEqual(['root', 'b']);
    const pages: unknown[] = [];
    const asked = { channel: 'C0LEADS', ts: root, limit: 2 };
    for await (const page of client.paginate('conversations.replies', asked)) {
      pages.push((page as ConversationsRepliesResponse).messages?.map(({ text }) => text));
    }
    expect(pages).toEqual([['root', 'a'], ['b']]);
  });

  test('ten thousand messages stay quick', async () => {
    for (let n = 0; n < 10_000; n += 1)
      sandbox.botMessage({ channel: 'leads', username: 'Forms', text: String(n) });
    await sandbox.idle();
    const started = performance.now();
    const { messages } = await client.conversations.history({ channel: 'C0LEADS', limit: 20 });
    expect(performance.now() - started).toBeLessThan(200);
    expect(messages?.[0]?.text).toBe('9999');
  });
});

describe('rate limits', () => {
  test('a channel takes one message a second after a small burst', async () => {
    const say = (): Promise<unknown> => client.chat.postMessage({ channel: 'C0LEADS', text: 'x' });
    for (let n = 0; n < 3; n += 1) await say();
    const refused: unknown = await say().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    await client.chat.postMessage({ channel: 'U0ANNA', text: 'elsewhere it is quiet' });
    sandbox.clock.set(sandbox.clock.now() + 1000);
    await say();
    await expect(say()).rejects.toThrow();
  });

  test('a method takes what its tier allows in a minute', async () => {
    const ask = (): Promise<unknown> => client.dnd.info({ user: 'U0ANNA' });
    for (let n = 0; n < 50; n += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ retryAfter: 2 });
    await sandbox.clock.forward(2000);
    await ask();
  });
});

describe('people and files', () => {
  test('people are found, their addresses only with the scope', async () => {
    const { user } = await client.users.info({ user: 'U0ANNA' });
    expect(user).toMatchObject({
      real_name: 'Anna Berg',
      tz: 'Europe/Berlin',
      tz_offset: 3600,
      is_bot: false,
    });
    expect(user?.profile).not.toHaveProperty('email');
    expect((await refusal(client.users.info({ user: 'U0NOBODY' }))).error).toBe('user_not_found');
  });

  test('a status and a wish for quiet can be seen', async () => {
    const until = sandbox.clock.now() / 1000 + 600;
    const profile = { status_text: 'Away', status_emoji: ':palm_tree:', status_expiration: until };
    const status = { text: 'Away', emoji: ':palm_tree:', expiration: until };
    sandbox.setStatus({ user: 'U0ANNA', ...status, dnd_until: until });
    expect((await client.users.profile.get({ user: 'U0ANNA' })).profile).toMatchObject(profile);
    const quiet = await client.dnd.info({ user: 'U0ANNA' });
    expect(quiet).toMatchObject({ dnd_enabled: true, next_dnd_end_ts: until });
    expect(await client.dnd.info({ user: 'U0BEN' })).toMatchObject({ dnd_enabled: false });
  });

  test('a file is uploaded, shared and can be fetched', async () => {
    await client.filesUploadV2({
      channel_id: 'C0LEADS',
      filename: 'week.csv',
      content: 'a,b',
      initial_comment: 'Here',
    });
    const [message] = sandbox.messages('leads');
    expect(message).toMatchObject({
      subtype: 'file_share',
      text: 'Here',
      files: [{ name: 'week.csv', size: 3 }],
    });
    const [file] = message?.files as { id: string; url_private: string; permalink: string }[];
    const { file: info } = await client.files.info({ file: file?.id ?? '' });
    expect(info).toMatchObject({ name: 'week.csv', channels: ['C0LEADS'] });
    const headers = { authorization: 'Bearer xoxb-touch' };
    expect(await (await fetch(file?.url_private ?? '', { headers })).text()).toBe('a,b');
    expect(await (await fetch(file?.permalink ?? '')).text()).toBe('a,b');
    const withoutToken = await fetch(file?.url_private ?? '', { redirect: 'manual' });
    expect([withoutToken.status, withoutToken.headers.get('location')]).toEqual([302, '/']);
  });

  test('what a token may do depends on the manifest', async () => {
    await sandbox.stop();
    const data = seed();
    const scopes = ['chat:write', 'files:write', 'users:read', 'users:read.email'];
    data.apps = data.apps.map((app) => ({
      ...app,
      manifest: {
        ...app.manifest,
        oauth_config: { scopes: { bot: scopes } },
        settings: { socket_mode_enabled: false },
      },
    }));
    sandbox = await startSandbox({ seed: data, clock: new SandboxClock({ frozenAt: monday }) });
    const { users } = clientOf(sandbox);
    expect((await users.info({ user: 'U0ANNA' })).user?.profile?.email).toBe('anna@acme.test');
    const file = { name: 'a.csv', content: 'a' };
    const said = sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'x', files: [file] });
    const [kept] = said.files as { url_private: string }[];
    const headers = { authorization: 'Bearer xoxb-touch' };
    expect((await fetch(kept?.url_private ?? '', { headers, redirect: 'manual' })).status).toBe(302);
    const connect = clientOf(sandbox, 'xapp-touch').apps.connections.open();
    expect((await refusal(connect)).error).toBe('socket_mode_disabled');
  });
});
