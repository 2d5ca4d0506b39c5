import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SandboxClock, startSandbox, type Fields, type Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, frozenSandbox, monday, refusal, section, seed, socketApp, until } from './support.ts';

let sandbox: Sandbox;
let client: WebClient;

beforeEach(async () => {
  sandbox = await frozenSandbox();
  client = clientOf(sandbox);
});

afterEach(async () => await sandbox.stop());

const place = { channel: 'C0LEADS' };

describe('calls', () => {
  test('an argument that the method does not know is refused, and one that is missing is named', async () => {
    const odd = await refusal(client.apiCall('chat.postMessage', { ...place, text: 'x', colour: 'red' }));
    expect(odd).toMatchObject({
      error: 'invalid_arg_name',
      response_metadata: { messages: ['[ERROR] unknown argument: colour'] },
    });
    expect(await refusal(client.apiCall('chat.postMessage', { text: 'x' }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel'] },
    });
  });

  const modal = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [section('x')] };
  const metadata = (size: number): object => ({ event_type: 'x', event_payload: { text: 'x'.repeat(size) } });

  test.each<[string, Fields, string]>([
    ['conversations.open', {}, 'users_list_not_supplied'],
    ['conversations.open', { users: 'U0NOBODY' }, 'user_not_found'],
    ['conversations.open', { users: 'U0ANNA,U0BEN' }, 'missing_scope'],
    ['conversations.open', { users: 'U0ANNA,'.repeat(9) }, 'too_many_users'],
    ['conversations.history', { ...place, cursor: 'bm9uc2Vuc2U=' }, 'invalid_cursor'],
    ['conversations.history', { ...place, latest: 'tomorrow' }, 'invalid_ts_latest'],
    ['conversations.replies', { channel: 'C0OTHER', ts: '1.000000' }, 'not_in_channel'],
    ['conversations.history', { ...place, oldest: 'yesterday' }, 'invalid_ts_oldest'],
    ['conversations.history', { channel: 'C0OTHER' }, 'not_in_channel'],
    ['conversations.history', { channel: 'C0NONE' }, 'channel_not_found'],
    ['conversations.replies', { ...place, ts: '1.000000' }, 'thread_not_found'],
    [
      'chat.postMessage',
      { ...place, attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) },
      'too_many_attachments',
    ],
    ['chat.postMessage', { ...place, text: 'x', metadata: { event_type: 7 } }, 'invalid_metadata_format'],
    ['chat.postMessage', { ...place, text: 'x', metadata: metadata(16_000) }, 'metadata_too_large'],
    ['views.update', { view_id: 'V1', view: modal }, 'not_found'],
    ['views.publish', { user_id: 'U0NOBODY', view: { type: 'home', blocks: [] } }, 'user_not_found'],
    ['files.completeUploadExternal', { files: [{ id: 'F1' }] }, 'file_not_found'],
    ['chat.postMessage', { ...place, markdown_text: '*x*' }, 'invalid_arg_name'],
    ['files.getUploadURLExternal', { filename: 'a.csv', length: 0 }, 'missing_argument'],
    ['files.info', { file: 'F1' }, 'file_not_found'],
    ['dnd.info', { user: 'U0NOBODY' }, 'user_not_found'],
    ['users.profile.get', { user: 'U0NOBODY' }, 'user_not_found'],
    ['views.update', { view_id: 'V1', view: modal, external_id: 'x' }, 'invalid_arg_name'],
    ['reactions.add', { ...place }, 'unknown_method'],
    ['constructor', {}, 'unknown_method'],
  ])('%s with %j is refused as %s', async (method, args, error) => {
    expect((await refusal(client.apiCall(method, args))).error).toBe(error);
  });

  test('a workspace takes 300 messages a minute, however many channels they go to', async () => {
    await sandbox.stop();
    const data = seed();
    const ids = Array.from({ length: 101 }, (_, n) => `C1${n}`);
    data.channels = ids.map((id) => ({ id, name: id.toLowerCase(), members: ['U0TOUCH'] }));
    sandbox = await startSandbox({ seed: data, clock: new SandboxClock({ frozenAt: monday }) });
    client = clientOf(sandbox);
    for (const channel of ids.slice(0, 100)) {
      for (let n = 0; n < 3; n += 1) await client.chat.postMessage({ channel, text: 'x' });
    }
    const last = { channel: ids[100] ?? '', text: 'x' };
    await expect(client.chat.postMessage(last)).rejects.toMatchObject({ retryAfter: 1 });
    sandbox.clock.set(monday + 1000);
    await client.chat.postMessage(last);
  });

  test('a file goes only where there is a channel that the bot is in', async () => {
    const ticket = { filename: 'a.csv', length: 3 };
    const { upload_url = '', file_id: id = '' } = await client.files.getUploadURLExternal(ticket);
    await fetch(upload_url, { method: 'POST', body: 'a,b' });
    const share = (channel_id: string): Promise<unknown> =>
      client.files.completeUploadExternal({ files: [{ id }], channel_id });
    expect((await refusal(share('C0NONE'))).error).toBe('invalid_channel');
    expect((await refusal(share('C0OTHER'))).error).toBe('posting_to_channel_denied');
  });

  test('an app gets 30,000 events an hour, a warning, and nothing more until the hour is over', async () => {
    const say = (text: string): unknown => sandbox.botMessage({ channel: 'leads', username: 'Forms', text });
    const delivered = (what: string): unknown[] =>
      sandbox.log().filter(({ payload }) => JSON.stringify(payload).includes(what));
    for (let n = 0; n < 30_000; n += 1) say('x');
    say('one too many');
    say('two too many');
    await sandbox.idle();
    expect(delivered('too many')).toEqual([]);
    expect(delivered('app_rate_limited').at(-1)).toMatchObject({
      payload: { type: 'app_rate_limited', team_id: 'T0001', minute_rate_limited: monday / 1000 },
    });
    sandbox.clock.set(monday + 3_600_000);
    say('an hour later');
    await sandbox.idle();
    expect(delivered('an hour later')).not.toEqual([]);
  });

  test('nothing in an archived channel can be changed', async () => {
    const { ts = '' } = await client.chat.postMessage({ ...place, text: 'x' });
    sandbox.archive(place);
    expect((await refusal(client.chat.update({ ...place, ts, text: 'y' }))).error).toBe('is_inactive');
    const open = client.chat.update({ ...place, ts: '1.000000', text: 'y' });
    expect((await refusal(open)).error).toBe('message_not_found');
  });

  test('a message that is too long for an update is refused, and a person who is not there sees nothing', async () => {
    const { ts = '' } = await client.chat.postMessage({ ...place, text: 'x' });
    const long = client.chat.update({ ...place, ts, text: 'x'.repeat(4001) });
    expect((await refusal(long)).error).toBe('msg_too_long');
    const whisper = client.chat.postEphemeral({ ...place, user: 'U0NOBODY', text: 'x' });
    expect((await refusal(whisper)).error).toBe('user_not_in_channel');
  });

  test('a Home that is switched off takes no view, and a view of 250 KB is too large', async () => {
    const blocks = [section('x')];
    const view = { type: 'home' as const, blocks, private_metadata: 'x'.repeat(250_000) };
    const large = client.views.publish({ user_id: 'U0ANNA', view });
    expect((await refusal(large)).error).toBe('view_too_large');
    const app = sandbox.state().apps[0];
    await sandbox.stop();
    const data = seed();
    for (const each of data.apps) {
      each.manifest = { ...each.manifest, features: { ...each.manifest.features, app_home: {} } };
    }
    sandbox = await startSandbox({ seed: data });
    const off = clientOf(sandbox).views.publish({ user_id: 'U0ANNA', view: { type: 'home', blocks } });
    expect((await refusal(off)).error).toBe('not_enabled');
    expect(app?.appId).toBe(sandbox.state().apps[0]?.appId);
  });
});

describe('a server that does not know a block yet', () => {
  const table = {
    type: 'data_table',
    caption: 'Numbers',
    rows: [[{ type: 'raw_text', text: 'A' }], [{ type: 'raw_number', text: '1', value: 1 }]],
  };

  test('refuses messages with it, wherever it stands, and takes all others', async () => {
    sandbox.faults([{ do: 'invalid_blocks', match: { block: 'data_table' } }]);
    const post = (more: object): Promise<unknown> =>
      client.apiCall('chat.postMessage', { ...place, text: 'data_table', ...more });
    const refused = { error: 'invalid_blocks', errors: ['unsupported type: data_table'] };
    expect(await refusal(post({ blocks: [table] }))).toMatchObject(refused);
    expect(await refusal(post({ attachments: [{ blocks: [table] }] }))).toMatchObject(refused);
    expect(await post({ blocks: [section('x')] })).toMatchObject({ ok: true });
  });

  test('refuses a view with it as invalid arguments', async () => {
    sandbox.faults([{ do: 'invalid_blocks', match: { method: 'views.publish', block: 'data_table' } }]);
    const view = { type: 'home', blocks: [table] };
    const refused = await refusal(client.apiCall('views.publish', { user_id: 'U0ANNA', view }));
    expect(refused.error).toBe('invalid_arguments');
  });
});

describe('answers of the app', () => {
  let app: App;

  beforeEach(async () => {
    app = socketApp(sandbox);
    await app.start();
  });

  afterEach(async () => await app.stop());

  test('who waits three seconds in vain is told of an operation_timeout', async () => {
    // Listeners that never acknowledge.
    app.command('/lead', () => Promise.resolve());
    app.view('form', () => Promise.resolve());
    let trigger = '';
    app.shortcut('new_lead', async ({ ack, body }) => {
      trigger = body.trigger_id;
      await ack();
    });
    await sandbox.shortcut({ user: 'U0ANNA', callbackId: 'new_lead' });
    const plain = { type: 'plain_text' as const, text: 'Form' };
    const view = { type: 'modal' as const, callback_id: 'form', title: plain, blocks: [section('x')] };
    await client.views.open({ trigger_id: trigger, view });
    const outcomes = await Promise.all([
      sandbox.command({ ...place, user: 'U0ANNA', command: '/lead' }),
      sandbox.submit({ user: 'U0ANNA' }),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ ok: false, acked: false });
      expect(outcome.notice).toContain('operation_timeout');
      expect(outcome.ms).toBeGreaterThan(2900);
    }
    expect(sandbox.view('U0ANNA')?.callback_id).toBe('form');
  });

  test('a later event can overtake an earlier one', async () => {
    const texts: unknown[] = [];
    app.message(({ message }) => Promise.resolve(void texts.push('text' in message && message.text)));
    sandbox.faults([{ do: 'event_late', times: 1 }]);
    sandbox.postMessage({ ...place, user: 'U0ANNA', text: 'first' });
    sandbox.postMessage({ ...place, user: 'U0ANNA', text: 'second' });
    await until(() => texts.length === 1);
    await sandbox.clock.forward(2000);
    await until(() => texts.length === 2);
    expect(texts).toEqual(['second', 'first']);
  });

  test('an eleventh connection is refused', async () => {
    const connect = async (): Promise<string> => {
      const opened = await clientOf(sandbox, 'xapp-touch').apps.connections.open();
      const socket = new WebSocket(opened.url ?? '');
      return await new Promise((resolve) => {
        socket.once('message', (data: Buffer) => resolve(data.toString()));
        socket.once('error', (error) => resolve(error.message));
      });
    };
    for (let n = 2; n <= 10; n += 1)
      expect(JSON.parse(await connect())).toMatchObject({ num_connections: n });
    expect(await connect()).toContain('403');
  });

  test('files given to a form become real files that the app can fetch with its token', async () => {
    let trigger = '';
    app.shortcut('new_lead', async ({ ack, body }) => {
      trigger = body.trigger_id;
      await ack();
    });
    const received: Fields[] = [];
    app.view('upload', async ({ ack, view }) => {
      received.push(...((view.state.values['list']?.['files']?.files ?? []) as unknown as Fields[]));
      await ack();
    });
    await sandbox.shortcut({ user: 'U0ANNA', callbackId: 'new_lead' });
    const plain = (text: string) => ({ type: 'plain_text' as const, text });
    const element = { type: 'file_input' as const, action_id: 'files', filetypes: ['csv'], max_files: 1 };
    const blocks = [{ type: 'input' as const, block_id: 'list', label: plain('List'), element }];
    await client.views.open({
      trigger_id: trigger,
      view: { type: 'modal', callback_id: 'upload', title: plain('Upload'), submit: plain('Go'), blocks },
    });
    const send = (...files: Fields[]) => sandbox.submit({ user: 'U0ANNA', values: { list: files } });
    const csv = { name: 'leads.csv', content: 'a,b', mimetype: 'text/csv' };
    expect((await send(csv, csv)).errors?.['list']).toMatch(/at most 1/);
    expect((await send({ name: 'x.exe', content: 'x' })).errors?.['list']).toMatch(/csv/);
    const encoded = { ...csv, content: Buffer.from('ä,b').toString('base64'), encoding: 'base64' };
    expect(await send(encoded)).toMatchObject({ ok: true });
    expect(received[0]).toMatchObject({
      id: expect.stringMatching(/^F/) as string,
      name: 'leads.csv',
      filetype: 'csv',
      size: 4,
      user: 'U0ANNA',
    });
    const address = String(received[0]?.['url_private_download']);
    const headers = { authorization: 'Bearer xoxb-touch' };
    expect(await (await fetch(address, { headers })).text()).toBe('ä,b');
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
  });
});
