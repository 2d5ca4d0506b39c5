import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { frozenSandbox, section, socketApp, until } from './support.ts';

let sandbox: Sandbox;
let app: App;
let seen: { event: Record<string, unknown>; body: Record<string, unknown>; retryNum?: number }[];

beforeEach(async () => {
  sandbox = await frozenSandbox();
  app = socketApp(sandbox);
  seen = [];
  app.use(async ({ body, context, next }) => {
    const event = (body as { event?: Record<string, unknown> }).event;
    if (event !== undefined) seen.push({ event, body: { ...body }, retryNum: context.retryNum });
    await next();
  });
  await app.start();
});

afterEach(async () => {
  await app.stop();
  await sandbox.stop();
});

const button = {
  type: 'button',
  action_id: 'claim',
  value: '7',
  text: { type: 'plain_text', text: 'Claim' },
} as const;

async function cardWithButton(): Promise<string> {
  const card = await app.client.chat.postMessage({
    channel: 'C0LEADS',
    text: 'A lead',
    blocks: [section('A lead'), { type: 'actions', elements: [button] }],
  });
  return card.ts ?? '';
}

describe('events', () => {
  test("a person's message arrives in a true envelope", async () => {
    const { ts } = sandbox.postMessage({
      channel: 'leads',
      user: 'U0ANNA',
      text: 'Call kim@corp.test & <me>',
    });
    await sandbox.idle();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.event).toMatchObject({
      type: 'message',
      channel: 'C0LEADS',
      channel_type: 'channel',
      user: 'U0ANNA',
      text: 'Call <mailto:kim@corp.test|kim@corp.test> &amp; &lt;me&gt;',
      ts,
      event_ts: ts,
    });
    expect(seen[0]?.body).toMatchObject({
      type: 'event_callback',
      team_id: 'T0001',
      api_app_id: 'A0TOUCH',
      event_id: expect.stringMatching(/^Ev/) as string,
      authorizations: [{ team_id: 'T0001', user_id: 'U0TOUCH', is_bot: true }],
    });
  });

  test('modern apps post without subtype, classic ones as bot_message', async () => {
    sandbox.botMessage({ channel: 'C0LEADS', username: 'Forms', text: 'new', modern: true });
    sandbox.botMessage({
      channel: 'C0LEADS',
      username: 'HubSpot',
      attachments: [{ fallback: '*Email*: x' }],
    });
    await sandbox.idle();
    const [modern, classic] = seen.map(({ event }) => event);
    expect(modern).toMatchObject({ bot_profile: { name: 'Forms' }, user: expect.any(String) as string });
    expect(modern).not.toHaveProperty('subtype');
    expect(classic).toMatchObject({ subtype: 'bot_message', username: 'HubSpot', text: '' });
    expect(classic).not.toHaveProperty('user');
  });

  test('files that a person shares arrive as real files, with text or without', async () => {
    const file = { name: 'leads.csv', content: 'a,b', mimetype: 'text/csv' };
    sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: '', files: [file] });
    await sandbox.idle();
    const about = { name: 'leads.csv', mimetype: 'text/csv', size: 3, user: 'U0ANNA', channels: ['C0LEADS'] };
    const shared = { type: 'message', subtype: 'file_share', text: '', user: 'U0ANNA', files: [about] };
    expect(seen[0]?.event).toMatchObject(shared);
    const [kept] = seen[0]?.event['files'] as { url_private: string }[];
    const headers = { authorization: 'Bearer xoxb-touch' };
    expect(await (await fetch(kept?.url_private ?? '', { headers })).text()).toBe('a,b');
  });

  test('a changed status is told', async () => {
    sandbox.setStatus({ user: 'U0BEN', text: 'On holiday' });
    await sandbox.idle();
    const user = { id: 'U0BEN', profile: { status_text: 'On holiday' } };
    expect(seen[0]?.event).toMatchObject({ type: 'user_change', user });
  });

  test('who writes to the app by its name is heard twice, as in Slack', async () => {
    sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: '<@U0TOUCH> hello' });
    await sandbox.idle();
    expect(seen.map(({ event }) => [event.type, event.text])).toEqual([
      ['message', '<@U0TOUCH> hello'],
      ['app_mention', '<@U0TOUCH> hello'],
    ]);
  });

  test('edits and deletions arrive with what was there before', async () => {
    const { ts } = sandbox.postMessage({ channel: 'C0LEADS', user: 'U0ANNA', text: 'one' });
    sandbox.editMessage({ channel: 'C0LEADS', ts, text: 'two' });
    sandbox.deleteMessage({ channel: 'C0LEADS', ts });
    await sandbox.idle();
    expect(seen.map(({ event }) => event.subtype)).toEqual([undefined, 'message_changed', 'message_deleted']);
    expect(seen[1]?.event).toMatchObject({ message: { text: 'two' }, previous_message: { text: 'one' } });
    expect(seen[2]?.event).toMatchObject({ deleted_ts: ts, previous_message: { text: 'two' } });
  });

  test('nothing arrives from channels that the bot is not in, until it is invited', async () => {
    sandbox.postMessage({ channel: 'other', user: 'U0ANNA', text: 'psst' });
    await sandbox.idle();
    expect(seen).toEqual([]);
    sandbox.invite({ channel: 'other', user: 'U0TOUCH', by: 'U0ANNA' });
    sandbox.postMessage({ channel: 'other', user: 'U0ANNA', text: 'hello' });
    await sandbox.idle();
    // Slack also sends the bot's own join message; Bolt's `ignoreSelf` keeps it from the listeners.
    expect(seen.map(({ event }) => event.type)).toEqual(['member_joined_channel', 'message']);
  });

  test('only what the manifest subscribes to arrives', async () => {
    sandbox.invite({ channel: 'secret', user: 'U0TOUCH' });
    sandbox.postMessage({ channel: 'secret', user: 'U0BEN', text: 'message.groups is not in the manifest' });
    await sandbox.idle();
    expect(seen.map(({ event }) => event.type)).toEqual(['member_joined_channel']);
  });

  test('several connections share the work', async () => {
    const second = socketApp(sandbox);
    let others = 0;
    second.message(() => Promise.resolve(void (others += 1)));
    await second.start();
    for (const text of ['1', '2', '3', '4']) sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text });
    await sandbox.idle();
    await until(() => others === 2 && seen.length === 2);
    await second.stop();
  });

  test('opening the Home lets the app publish one', async () => {
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section('Hello')] } });
    });
    sandbox.openHome({ user: 'U0BEN' });
    await until(() => sandbox.home('U0BEN') !== undefined);
    expect(sandbox.home('U0BEN')?.blocks[0]).toMatchObject({ type: 'section', text: { text: 'Hello' } });
  });
});

describe('what people do', () => {
  test('a click reaches the app with message, container and a response_url that works', async () => {
    const payloads: Record<string, unknown>[] = [];
    app.action('claim', async ({ ack, body, respond }) => {
      payloads.push({ ...body });
      await ack();
      await respond({ text: 'Yours', response_type: 'ephemeral', replace_original: false });
    });
    const ts = await cardWithButton();
    const outcome = await sandbox.interact({
      channel: 'C0LEADS',
      messageTs: ts,
      user: 'U0BEN',
      action: { type: 'button', action_id: 'claim' },
    });
    expect(outcome).toMatchObject({ ok: true, acked: true });
    expect(payloads[0]).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0BEN', username: 'ben' },
      container: { type: 'message', message_ts: ts, channel_id: 'C0LEADS', is_ephemeral: false },
      message: { ts, bot_id: 'B0TOUCH' },
      actions: [{ action_id: 'claim', value: '7', type: 'button' }],
    });
    await until(() => sandbox.messages('leads').length === 2);
    expect(sandbox.messages('leads')[1]).toMatchObject({ text: 'Yours', ephemeral_to: 'U0BEN' });
  });

  test('a response_url is good for five uses within half an hour', async () => {
    let address = '';
    app.action('claim', async ({ ack, body }) => {
      address = 'response_url' in body ? body.response_url : '';
      await ack();
    });
    const respond = async (text: string): Promise<number> => {
      const response = await fetch(address, { method: 'POST', body: JSON.stringify({ text }) });
      return response.status;
    };
    const click = { channel: 'C0LEADS', messageTs: await cardWithButton(), user: 'U0BEN' };
    await sandbox.interact({ ...click, action: { action_id: 'claim' } });
    const statuses: number[] = [];
    for (let use = 1; use <= 6; use += 1) statuses.push(await respond(String(use)));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);

    await sandbox.interact({ ...click, action: { action_id: 'claim' } });
    sandbox.clock.set(sandbox.clock.now() + 30 * 60_000 + 1);
    expect(await respond('too late')).toBe(404);
  });

  test('a card is replaced or deleted through its response_url', async () => {
    app.action('claim', async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
    const messageTs = await cardWithButton();
    await sandbox.interact({ channel: 'C0LEADS', messageTs, user: 'U0BEN', action: { action_id: 'claim' } });
    await until(() => sandbox.messages('leads').length === 0);
  });

  test('a button that is not there cannot be clicked', async () => {
    const messageTs = await cardWithButton();
    const click = sandbox.interact({
      channel: 'C0LEADS',
      messageTs,
      user: 'U0BEN',
      action: { action_id: 'gone' },
    });
    await expect(click).rejects.toThrow(/no element .*gone.* only: claim/);
  });

  test('a command is answered to the person alone', async () => {
    app.command('/lead', async ({ ack, command }) => {
      await ack(`You said ${command.text}`);
    });
    const outcome = await sandbox.command({
      channel: 'leads',
      user: 'U0ANNA',
      command: '/lead',
      text: 'for @ben',
    });
    expect(outcome.ok).toBe(true);
    expect(sandbox.messages('leads').at(-1)).toMatchObject({
      text: 'You said for <@U0BEN|ben>',
      ephemeral_to: 'U0ANNA',
    });
  });

  test('a modal shows the errors of the app and closes when all is well', async () => {
    const submitted: unknown[] = [];
    app.shortcut('new_lead', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'lead_form',
          title: { type: 'plain_text', text: 'New lead' },
          submit: { type: 'plain_text', text: 'Save' },
          private_metadata: 'm',
          blocks: [
            {
              type: 'input',
              block_id: 'name',
              label: { type: 'plain_text', text: 'Name' },
              element: { type: 'plain_text_input', action_id: 'value' },
            },
            {
              type: 'input',
              block_id: 'rank',
              optional: true,
              label: { type: 'plain_text', text: 'Rank' },
              element: {
                type: 'static_select',
                action_id: 'pick',
                options: ['A', 'B'].map((value) => ({ text: { type: 'plain_text', text: value }, value })),
              },
            },
          ],
        },
      });
    });
    app.view('lead_form', async ({ ack, view }) => {
      submitted.push(view.state.values);
      const name = view.state.values.name?.value?.value;
      await (name === 'x' ? ack({ response_action: 'errors', errors: { name: 'Too short' } }) : ack());
    });
    await sandbox.shortcut({ user: 'U0ANNA', callbackId: 'new_lead' });
    await until(() => sandbox.view('U0ANNA') !== undefined);

    const empty = await sandbox.submit({ user: 'U0ANNA' });
    expect(empty).toMatchObject({
      ok: false,
      acked: false,
      errors: { name: 'Please complete this required field.' },
    });

    const short = await sandbox.submit({ user: 'U0ANNA', values: { name: 'x', pick: 'B' } });
    expect(short).toMatchObject({ ok: false, acked: true, errors: { name: 'Too short' } });
    expect(sandbox.view('U0ANNA')?.errors).toEqual({ name: 'Too short' });

    expect(await sandbox.submit({ user: 'U0ANNA', values: { name: 'Kim' } })).toMatchObject({ ok: true });
    expect(sandbox.view('U0ANNA')).toBeUndefined();
    expect(submitted[1]).toMatchObject({
      name: { value: { type: 'plain_text_input', value: 'Kim' } },
      rank: { pick: { type: 'static_select', selected_option: { value: 'B' } } },
    });
  });

  test('a message shortcut carries the message', async () => {
    const texts: unknown[] = [];
    app.shortcut({ callback_id: 'make_lead', type: 'message_action' }, async ({ ack, body }) => {
      texts.push('message' in body ? body.message.text : undefined);
      await ack();
    });
    const { ts } = sandbox.postMessage({ channel: 'leads', user: 'U0ANNA', text: 'Kim wants a demo' });
    await sandbox.shortcut({ user: 'U0BEN', callbackId: 'make_lead', channel: 'leads', messageTs: ts });
    expect(texts).toEqual(['Kim wants a demo']);
  });
});
