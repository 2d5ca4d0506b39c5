import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { frozenSandbox, refusal, section, socketApp } from './support.ts';

let sandbox: Sandbox;
let app: App;
let triggers: string[];

beforeEach(async () => {
  sandbox = await frozenSandbox();
  app = socketApp(sandbox);
  triggers = [];
  app.shortcut('new_lead', async ({ ack, body }) => {
    triggers.push(body.trigger_id);
    await ack();
  });
  await app.start();
});

afterEach(async () => {
  await app.stop();
  await sandbox.stop();
});

async function trigger(): Promise<string> {
  await sandbox.shortcut({ user: 'U0ANNA', callbackId: 'new_lead' });
  return triggers.at(-1) ?? '';
}

function modal(callback_id: string, more: Partial<ModalView> = {}): ModalView {
  const element = { type: 'plain_text_input', action_id: 'text' } as const;
  return {
    type: 'modal',
    callback_id,
    title: { type: 'plain_text', text: callback_id },
    submit: { type: 'plain_text', text: 'Save' },
    blocks: [{ type: 'input', block_id: 'note', label: { type: 'plain_text', text: 'Note' }, element }],
    ...more,
  };
}

test('a trigger is good once and for three seconds', async () => {
  const { views } = app.client;
  const first = await trigger();
  await views.open({ trigger_id: first, view: modal('one') });
  expect((await refusal(views.open({ trigger_id: first, view: modal('two') }))).error).toBe(
    'exchanged_trigger_id',
  );
  const second = await trigger();
  // Real time, which the sandbox's clock does not move.
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + 3001);
  onTestFinished(() => void vi.restoreAllMocks());
  expect((await refusal(views.open({ trigger_id: second, view: modal('two') }))).error).toBe(
    'expired_trigger_id',
  );
  const unknown = views.open({ trigger_id: '1.2.abc', view: modal('two') });
  expect((await refusal(unknown)).error).toBe('invalid_trigger_id');
});

test('what Slack refuses in a view is named by its place', async () => {
  const view = modal('one', { blocks: [section('')] });
  const refused = await refusal(app.client.views.open({ trigger_id: await trigger(), view }));
  expect(refused).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: {
      messages: ['[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/text/text]'],
    },
  });
});

test('an update keeps what the person filled in, and a stale hash is refused', async () => {
  const { view } = await app.client.views.open({ trigger_id: await trigger(), view: modal('one') });
  const viewId = view?.id ?? '';
  await sandbox.interact({ viewId, user: 'U0ANNA', action: { action_id: 'text', value: 'half' } });
  const updated = await app.client.views.update({ view_id: viewId, hash: view?.hash, view: modal('two') });
  expect(updated.view?.hash).not.toBe(view?.hash);
  expect(sandbox.view('U0ANNA')?.state.values).toMatchObject({ note: { text: { value: 'half' } } });
  const stale = app.client.views.update({ view_id: viewId, hash: view?.hash, view: modal('three') });
  expect((await refusal(stale)).error).toBe('hash_conflict');
});

test('at most three modals lie on each other, and closing one shows the one below', async () => {
  const { views } = app.client;
  const root = await views.open({ trigger_id: await trigger(), view: modal('one') });
  const pushed = await views.push({ trigger_id: await trigger(), view: modal('two') });
  expect(pushed.view).toMatchObject({ root_view_id: root.view?.id, previous_view_id: root.view?.id });
  await views.push({ trigger_id: await trigger(), view: modal('three') });
  const tooDeep = views.push({ trigger_id: await trigger(), view: modal('four') });
  expect((await refusal(tooDeep)).error).toBe('push_limit_reached');
  await sandbox.closeView({ user: 'U0ANNA' });
  expect(sandbox.view('U0ANNA')?.callback_id).toBe('two');
});

test.each([
  ['update', { response_action: 'update', view: modal('next') }, ['next']],
  ['push', { response_action: 'push', view: modal('next') }, ['one', 'next']],
  ['clear', { response_action: 'clear' }, []],
] as const)('a submission answered with %s is followed', async (_what, answer, left) => {
  app.view('one', async ({ ack }) => await ack(answer));
  await app.client.views.open({ trigger_id: await trigger(), view: modal('one') });
  await sandbox.submit({ user: 'U0ANNA', callback: 'one', values: { note: 'x' } });
  const answerOf = await fetch(`${sandbox.url}/_control/view/U0ANNA`);
  const { stack } = (await answerOf.json()) as { stack: { callback_id: string }[] };
  expect(stack.map(({ callback_id }) => callback_id)).toEqual(left);
});

test.each<[string, object, string, RegExp]>([
  ['too short a text', { type: 'plain_text_input', min_length: 3 }, 'ab', /at least 3 characters/],
  ['too long a text', { type: 'plain_text_input', max_length: 3 }, 'abcd', /at most 3 characters/],
  ['no address', { type: 'email_text_input' }, 'ada', /valid email address/],
  ['no link', { type: 'url_text_input' }, 'ada', /valid URL/],
  ['no number', { type: 'number_input', is_decimal_allowed: true }, 'ada', /enter a number/],
  ['a fraction', { type: 'number_input', is_decimal_allowed: false }, '1.5', /whole number/],
  [
    'too small a number',
    { type: 'number_input', is_decimal_allowed: true, min_value: '2' },
    '1',
    /at least 2/,
  ],
  [
    'too large a number',
    { type: 'number_input', is_decimal_allowed: true, max_value: '2' },
    '3',
    /at most 2/,
  ],
])('%s is refused before the app is asked', async (_what, element, value, complaint) => {
  let asked = false;
  app.view('one', async ({ ack }) => ((asked = true), await ack()));
  const label = { type: 'plain_text', text: 'Note' };
  const input = { type: 'input', block_id: 'note', label, element: { action_id: 'text', ...element } };
  const view = modal('one', { blocks: [input] as never[] });
  await app.client.views.open({ trigger_id: await trigger(), view });
  const { errors } = await sandbox.submit({ user: 'U0ANNA', values: { note: value } });
  expect(errors?.['note']).toMatch(complaint);
  expect(asked).toBe(false);
});

test('an app hears of a closed modal when it asked for that', async () => {
  const closed: unknown[] = [];
  app.view({ callback_id: 'one', type: 'view_closed' }, async ({ ack, body }) => {
    closed.push(body.view.private_metadata);
    await ack();
  });
  const view = modal('one', { notify_on_close: true, private_metadata: 'lead 7' });
  await app.client.views.open({ trigger_id: await trigger(), view });
  await sandbox.closeView({ user: 'U0ANNA' });
  expect(closed).toEqual(['lead 7']);
});

test('a field that the form does not have, or an option that it does not offer, is a mistake', async () => {
  await app.client.views.open({ trigger_id: await trigger(), view: modal('one') });
  const wrongField = sandbox.submit({ user: 'U0ANNA', values: { nose: 'x' } });
  await expect(wrongField).rejects.toThrow('The form has no field nose.');
  await expect(sandbox.submit({ user: 'U0BEN', values: {} })).rejects.toThrow('no open view');
});

test('menus and pickers on a Home send their choice and the state of all', async () => {
  const payloads: Record<string, unknown>[] = [];
  app.action(/pick|day/, async ({ ack, body }) => {
    payloads.push({ ...body });
    await ack();
  });
  const options = ['a', 'b'].map((value) => ({ text: { type: 'plain_text' as const, text: value }, value }));
  const home = {
    type: 'home' as const,
    blocks: [
      {
        type: 'actions' as const,
        block_id: 'menus',
        elements: [
          { type: 'static_select' as const, action_id: 'pick', options },
          { type: 'datepicker' as const, action_id: 'day', initial_date: '2026-11-02' },
        ],
      },
    ],
  };
  await app.client.views.publish({ user_id: 'U0ANNA', view: home });
  const viewId = sandbox.home('U0ANNA')?.id ?? '';
  await sandbox.interact({ viewId, user: 'U0ANNA', action: { action_id: 'pick', value: 'b' } });
  expect(payloads[0]).toMatchObject({
    container: { type: 'view', view_id: viewId },
    actions: [{ type: 'static_select', block_id: 'menus', selected_option: { value: 'b' } }],
    view: {
      type: 'home',
      state: {
        values: {
          menus: { pick: { selected_option: { value: 'b' } }, day: { selected_date: '2026-11-02' } },
        },
      },
    },
  });
  await sandbox.interact({ viewId, user: 'U0ANNA', action: { action_id: 'day', value: '2026-11-03' } });
  const chosen = { type: 'datepicker', initial_date: '2026-11-02', selected_date: '2026-11-03' };
  expect(payloads[1]).toMatchObject({ actions: [chosen] });
});
