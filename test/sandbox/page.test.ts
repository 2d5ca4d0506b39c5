import { type App } from '@slack/bolt';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SandboxClock, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { chromiumPath, launchBrowser } from '../support/browser.ts';
import { monday, section, seed, socketApp } from './support.ts';

const leads = 'C0LEADS';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const field = (id: string, element: object) => ({
  type: 'input' as const,
  block_id: id,
  label: plain(id),
  element: { action_id: 'value', ...element },
});
const form = {
  type: 'modal' as const,
  callback_id: 'lead',
  title: plain('New lead'),
  submit: plain('Save'),
  blocks: [
    field('Name', { type: 'plain_text_input' }),
    field('Mail', { type: 'email_text_input' }),
  ] as never[],
};
const longForm = {
  ...form,
  blocks: Array.from({ length: 12 }, (_, at) => field(`Note ${at}`, { type: 'plain_text_input' })) as never[],
};
const buttons = (...names: string[]) => ({
  type: 'actions' as const,
  elements: names.map((name) => ({ type: 'button' as const, action_id: name, text: plain(name) })),
});

const choices = ['one', 'two'].map((value) => ({ text: plain(value), value }));
/** Every element that a form may hold, by name: how it is made, how it is filled in, and what the app gets. */
const everyElement: Record<
  string,
  [element: object, fill: (field: Locator) => Promise<unknown>, got: object]
> = {
  text: [{ type: 'plain_text_input', multiline: true }, (it) => it.fill('a\nb'), { value: 'a\nb' }],
  mail: [{ type: 'email_text_input' }, (it) => it.fill('ada@acme.test'), { value: 'ada@acme.test' }],
  link: [{ type: 'url_text_input' }, (it) => it.fill('https://acme.test'), { value: 'https://acme.test' }],
  number: [{ type: 'number_input', is_decimal_allowed: true }, (it) => it.fill('2.5'), { value: '2.5' }],
  day: [{ type: 'datepicker' }, (it) => it.fill('2026-11-05'), { selected_date: '2026-11-05' }],
  time: [{ type: 'timepicker' }, (it) => it.fill('14:30'), { selected_time: '14:30' }],
  // Half past two in Berlin.
  moment: [
    { type: 'datetimepicker' },
    (it) => it.fill('2026-11-05T14:30'),
    { selected_date_time: Date.UTC(2026, 10, 5, 13, 30) / 1000 },
  ],
  menu: [
    { type: 'static_select', options: choices },
    (it) => pick(it, 'two'),
    { selected_option: choices[1] },
  ],
  person: [{ type: 'users_select' }, (it) => pick(it, 'Ben Cole'), { selected_user: 'U0BEN' }],
  channel: [{ type: 'channels_select' }, (it) => pick(it, '#other'), { selected_channel: 'C0OTHER' }],
  talk: [{ type: 'conversations_select' }, (it) => pick(it, '#leads'), { selected_conversation: leads }],
  menus: [
    { type: 'multi_static_select', options: choices },
    (it) => tick(it, 'one', 'two'),
    { selected_options: choices },
  ],
  people: [{ type: 'multi_users_select' }, (it) => tick(it, 'Ben Cole'), { selected_users: ['U0BEN'] }],
  channels: [{ type: 'multi_channels_select' }, (it) => tick(it, '#leads'), { selected_channels: [leads] }],
  talks: [
    { type: 'multi_conversations_select' },
    (it) => tick(it, '#leads'),
    { selected_conversations: [leads] },
  ],
  boxes: [
    { type: 'checkboxes', options: choices },
    (it) => it.getByLabel('two').check(),
    { selected_options: [choices[1]] },
  ],
  radios: [
    { type: 'radio_buttons', options: choices },
    (it) => it.getByLabel('one').check(),
    { selected_option: choices[0] },
  ],
  files: [
    { type: 'file_input', filetypes: ['csv'] },
    (it) => it.setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a') }),
    { files: [{ name: 'a.csv', size: 1 }] },
  ],
};
async function pick(select: Locator, label: string): Promise<void> {
  await select.focus();
  await select.press('Space');
  await select.page().keyboard.press('Escape');
  await select.selectOption({ label });
}
async function tick(menu: Locator, ...labels: string[]): Promise<void> {
  await menu.click();
  for (const label of labels) await menu.page().locator('[popover]:popover-open').getByLabel(label).check();
  await menu.page().keyboard.press('Escape');
}

describe.skipIf(chromiumPath === undefined)('the page in a browser', () => {
  let sandbox: Sandbox;
  let app: App;
  let browser: Browser;
  let page: Page;
  const saved: string[] = [];
  const clicked: string[] = [];
  const shared: string[] = [];
  let filledIn: object = {};

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: seed(), clock: new SandboxClock(monday) });
    app = socketApp(sandbox);
    app.shortcut('new_lead', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: form });
    });
    app.view('lead', async ({ ack, view }) => {
      const name = view.state.values['Name']?.['value']?.value ?? '';
      if (name === 'Taken')
        return await ack({ response_action: 'errors', errors: { Name: 'Known already' } });
      saved.push(name);
      await ack();
    });
    app.message(({ message }) => {
      if (message.subtype === 'file_share')
        shared.push(...(message.files ?? []).map(({ name }) => name ?? ''));
      return Promise.resolve();
    });
    app.command('/lead', async ({ ack, respond }) => {
      await ack();
      await respond('Your leads: none');
    });
    app.action('all', async ({ ack, body, client }) => {
      await ack();
      const fields = Object.entries(everyElement).map(([id, [element]]) => field(id, element));
      const view = { ...form, callback_id: 'all', blocks: fields as never[] };
      if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view });
    });
    app.view('all', async ({ ack, view }) => {
      filledIn = view.state.values;
      await ack();
    });
    app.shortcut('make_lead', async ({ ack, body }) => {
      await ack();
      if ('message' in body) saved.push(body.message.text ?? '');
    });
    app.action('long_form', async ({ ack, body, client }) => {
      await ack();
      if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view: longForm });
    });
    app.action(/^(?!long_form|all)/, async ({ ack, action }) => {
      await ack();
      if ('action_id' in action) clicked.push(action.action_id);
    });
    [browser] = await Promise.all([launchBrowser(), app.start()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(5000);
  }, 30_000);

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await sandbox?.stop();
  });

  beforeEach(() => {
    sandbox.reset();
    saved.length = 0;
    clicked.length = 0;
  });

  const open = async (user = 'U0ANNA', channel = leads): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(`${sandbox.url}/?as=${user}#${channel}`);
    await page.locator('[data-conversation]').waitFor();
  };
  const write = async (text: string): Promise<void> => {
    await page.locator('textarea[data-composer=channel]').fill(text);
    await page.keyboard.press('Enter');
  };
  const openForm = async (): Promise<void> => {
    await page.locator('[data-shortcuts=global]').first().click();
    await page.locator('[data-callback-id=new_lead]').click();
    await page.locator('[role=dialog]').waitFor();
  };
  const say = async (text: string, blocks?: object[], threadTs?: string): Promise<string> => {
    const message = { channel: leads, text, blocks: blocks as never[], thread_ts: threadTs };
    return (await app.client.chat.postMessage(message)).ts ?? '';
  };

  test('Enter sends what is in the composer, Shift+Enter breaks the line, a command is completed by Tab', async () => {
    await open();
    const composer = page.locator('textarea[data-composer=channel]');
    await composer.fill('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two @Ben Cole');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.locator('article').getByText('two').waitFor();
    expect(sandbox.messages(leads).at(-1)?.text).toBe('one\ntwo <@U0BEN>');
    await composer.fill('/le');
    await page.getByRole('option', { name: '/lead' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await composer.inputValue()).toBe('/lead ');
  });

  test('a file put into the composer is in the channel, and reaches the app', async () => {
    await open();
    const list = { name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from('name\nAda\n') };
    await page.locator('.composer input[type=file]').setInputFiles(list);
    await page.getByText('fair.csv').waitFor();
    await write('From the fair');
    await expect.poll(() => shared).toEqual(['fair.csv']);
    expect(sandbox.messages(leads).at(-1)).toMatchObject({
      text: 'From the fair',
      files: [{ name: 'fair.csv', filetype: 'csv' }],
    });
    await page.locator('[data-ts]').getByText('fair.csv').waitFor();
  });

  test('a form is filled in and sent from the keyboard, and Escape closes it', async () => {
    await open();
    await openForm();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ada@acme.test');
    await page.keyboard.press('Enter');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    expect(saved).toEqual(['Ada']);
    await openForm();
    await page.keyboard.press('Escape');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    await expect.poll(() => sandbox.view('U0ANNA')).toBeUndefined();
  });

  test('what is wrong stands under its field: first what Slack says, then what the app says', async () => {
    await open();
    await openForm();
    await page.getByTestId('modal-submit').click();
    const name = page.locator('[data-block-id=Name]');
    await name.getByText('Please complete this required field.').waitFor();
    await page.getByLabel('Name').fill('Taken');
    await name.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByLabel('Mail').fill('ada@acme.test');
    await page.getByTestId('modal-submit').click();
    await name.getByText('Known already').waitFor();
    await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('field-Name-value');
  });

  test('of several mistakes in a long form the first gets the focus and is scrolled into sight', async () => {
    await say('card', [buttons('long_form')]);
    await open();
    await page.locator('[data-action-id=long_form]').click();
    await page.locator('[role=dialog]').waitFor();
    await page.getByLabel('Note 0').fill('full');
    await page.getByLabel('Note 11').fill('full');
    await page.getByTestId('modal-submit').click();
    await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('field-Note 1-value');
    expect(await page.getByRole('alert').count()).toBe(10);
    const top = await page.evaluate<number>('document.activeElement.getBoundingClientRect().top');
    expect(top).toBeGreaterThan(60);
  });

  test('a day is capitalised at the start of a text and not within a sentence', async () => {
    const today = `<!date^${Math.floor(monday / 1000)}^{date_short_pretty}|then>`;
    await say('when', [section(`Due by ${today}`), section(`*${today}* it is`)]);
    await open();
    await page.locator('article').getByText('Due by today').waitFor();
    await page.locator('article').getByText('Today it is').waitFor();
  });

  test('a reload keeps who acts, closes the dialog and forgets what only that person saw', async () => {
    await open();
    await page.locator('[data-as=U0BEN]').click();
    await write('/lead');
    await page.getByText('Only visible to you').waitFor();
    await openForm();
    await page.goto(`${sandbox.url}/#${leads}`);
    await page.locator('[data-as=U0BEN][aria-pressed=true]').waitFor();
    await expect.poll(() => sandbox.view('U0BEN')).toBeUndefined();
    expect(await page.locator('[role=dialog]').count()).toBe(0);
    expect(await page.getByText('Only visible to you').count()).toBe(0);
  });

  test('a channel shows how much is unread until it is opened; an app is listed once', async () => {
    await open('U0ANNA', 'C0OTHER');
    await say('one');
    await say('two');
    const row = page.locator(`[data-channel=${leads}]`);
    await row.getByText('2', { exact: true }).waitFor();
    expect(await page.locator('#sidebar').getByText('Touch', { exact: true }).count()).toBe(1);
    await row.click();
    await page.locator('article').getByText('two').waitFor();
    await expect.poll(() => row.locator('.unread').count()).toBe(0);
  });

  test('who is mentioned in a thread is told so, and one click opens it', async () => {
    const root = await say('Lead: Ada');
    await open('U0ANNA', 'C0OTHER');
    await say('<@U0ANNA> the third attempt is due', undefined, root);
    const note = page.locator('.toast');
    await note.getByText('Touch mentioned you: @Anna Berg the third attempt is due').waitFor();
    await page.locator('[data-threads]').getByText('1').waitFor();
    await note.getByText('Open').click();
    const thread = page.locator('aside[data-thread]');
    await thread.getByText('the third attempt is due').waitFor();
    await expect.poll(() => page.locator('[data-threads]').count()).toBe(0);
    await thread.locator('textarea').fill('On it');
    await page.keyboard.press('Enter');
    await thread.locator('article').getByText('On it').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.thread-summary').getByText('2 replies').waitFor();
  });

  test('a click survives an update of its message, and never lands on the button that took its place', async () => {
    const ts = await say('card', [section('before'), buttons('claim', 'wait')]);
    await open();
    const update = async (text: string, ...names: string[]): Promise<void> => {
      await app.client.chat.update({ channel: leads, ts, text, blocks: [section(text), buttons(...names)] });
      await page.locator('article').getByText(text).waitFor();
    };
    const claim = page.locator('[data-action-id=claim]');
    await claim.hover();
    await page.mouse.down();
    await update('between', 'claim', 'wait');
    await page.mouse.up();
    await expect.poll(() => clicked).toEqual(['claim']);
    await claim.hover();
    await page.mouse.down();
    await update('after', 'close', 'wait');
    await page.mouse.up();
    await page.getByText('That button is no longer there; the message has changed.').waitFor();
    expect(clicked).toEqual(['claim']);
  });

  test('ten thousand messages stay usable: the newest two hundred are shown, earlier ones on demand', async () => {
    for (let index = 0; index < 10_000; index += 1) {
      sandbox.botMessage({ channel: leads, username: 'Forms', text: `message ${index}` });
    }
    await open();
    await page.getByText('message 9999', { exact: true }).waitFor();
    expect(await page.locator('article').count()).toBe(200);
    await page.getByText('Show earlier').click();
    await page.getByText('message 9601', { exact: true }).waitFor();
    await write('still quick');
    await page.locator('article').getByText('still quick').waitFor();
  });

  test('the clock moves and says what happened', async () => {
    sandbox.clock.onForward(() => Promise.resolve(['3 nudges', '1 brief']));
    await open();
    const before = sandbox.clock.now();
    await page.locator('[data-forward="1d"]').click();
    await page.locator('.toast').getByText('3 nudges').waitFor();
    expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(86_400_000);
  });

  test('every element of a form brings the app what was chosen in it', async () => {
    await say('card', [buttons('all')]);
    await open();
    await page.locator('[data-action-id=all]').click();
    await page.locator('[role=dialog]').waitFor();
    for (const [id, [, fill]] of Object.entries(everyElement)) {
      await fill(page.locator(`[data-block-id=${id}] [data-action-id=value]`));
    }
    await page.getByTestId('modal-submit').click();
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    const wanted = Object.entries(everyElement).map(([id, [, , value]]) => [id, { value }]);
    expect(filledIn).toMatchObject(Object.fromEntries(wanted) as object);
  });

  test('a data table is sorted by its headings and read in pages; charts are drawn', async () => {
    const row = (name: string, value: number) => [
      { type: 'raw_text', text: name },
      { type: 'raw_number', text: String(value), value },
    ];
    const head = ['Rep', 'Leads'].map((text) => ({ type: 'raw_text', text }));
    const rows = [head, ...[3, 20, 1].map((value) => row(`Rep ${value}`, value))];
    const segments = [{ label: 'Won', value: 2 }];
    const axis_config = { categories: ['Mon'] };
    const series = [{ name: 'Ada', data: [{ label: 'Mon', value: 2 }] }];
    await say('table', [{ type: 'data_table', caption: 'Leads', page_size: 2, rows }]);
    for (const charts of [
      [
        { type: 'pie', segments },
        { type: 'bar', series, axis_config },
      ],
      ['line', 'area'].map((type) => ({ type, series, axis_config })),
    ])
      await say(
        'charts',
        charts.map((chart) => ({ type: 'data_visualization', title: 'Chart', chart })),
      );
    await open();
    const shown = (): Promise<string[]> => page.locator('tbody th').allInnerTexts();
    await expect.poll(shown).toEqual(['Rep 3', 'Rep 20']);
    await page.getByRole('button', { name: 'Leads' }).click();
    await expect.poll(shown).toEqual(['Rep 1', 'Rep 3']);
    await page.getByLabel('Next page').click();
    await expect.poll(shown).toEqual(['Rep 20']);
    const drawn = `[...document.querySelectorAll('canvas')].map((one) => one.getContext('2d').getImageData(0, 0, one.width, one.height).data.some(Boolean))`;
    await expect.poll(() => page.evaluate<boolean[]>(drawn)).toEqual([true, true, true, true]);
  });

  test('a message offers its shortcuts, and a menu behind dots its options', async () => {
    const overflow = { type: 'overflow', action_id: 'dots', options: choices };
    await say('Kim wants a demo', [{ ...section('Kim wants a demo'), accessory: overflow }]);
    await open();
    await page.locator('article').hover();
    await page.getByLabel('More actions').click();
    await page.locator('[data-callback-id=make_lead]').click();
    await expect.poll(() => saved).toEqual(['Kim wants a demo']);
    await page.locator('[data-action-id=dots]').click();
    await page.getByRole('menuitem', { name: 'two' }).click();
    await expect.poll(() => clicked).toEqual(['dots']);
  });

  test('Home and messages of an app stand side by side', async () => {
    await app.client.views.publish({
      user_id: 'U0ANNA',
      view: { type: 'home', blocks: [section('Three are due'), buttons('go_home')] },
    });
    await open();
    await page.locator('[data-app]').click();
    await page.locator('[data-home]').getByText('Three are due').waitFor();
    await page.locator('[data-action-id=go_home]').click();
    await expect.poll(() => clicked).toEqual(['go_home']);
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByLabel('Message Touch').fill('Hello');
    await page.keyboard.press('Enter');
    await expect.poll(() => sandbox.directMessages('U0ANNA').map(({ text }) => text)).toEqual(['Hello']);
  });

  test('a fault that is set in the panel hits the next call', async () => {
    await open();
    await page.getByTestId('traffic-toggle').click();
    await page.locator('.faults summary').click();
    await page.locator('select[name=fault]').selectOption('internal_error');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.locator('.toast').getByText('chat.postMessage: internal error, 1×').waitFor();
    await expect(say('one')).rejects.toThrow('internal_error');
    await say('two');
    await page.getByTestId('traffic-toggle').click();
  });

  test('What just happened lists a call with what was sent', async () => {
    await open();
    await page.getByTestId('traffic-toggle').click();
    await say('Hello from the app');
    const entry = page.locator('[data-kind="chat.postMessage"]').first();
    await entry.locator('summary').click();
    await entry.getByText('"text": "Hello from the app"').first().waitFor();
    await page.getByTestId('traffic-toggle').click();
  });

  test('nothing is cut off: everyone to act as at 1280 pixels, no sideways scrolling at 420', async () => {
    const overflow = (selector: string): Promise<number> =>
      page.evaluate<number>(
        `(() => { const it = document.querySelector('${selector}'); return it.scrollWidth - it.clientWidth; })()`,
      );
    await say('wide', [
      {
        type: 'table',
        rows: [Array.from({ length: 12 }, (_, at) => ({ type: 'raw_text', text: `Column ${at}` }))],
      },
    ]);
    await open();
    expect(await overflow('.act-as')).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 420, height: 860 });
    await page.locator('table').waitFor();
    expect(await overflow('html')).toBeLessThanOrEqual(0);
    expect(await overflow('.scroll')).toBeLessThanOrEqual(0);
    expect(await overflow('.table-wrap'), 'the table scrolls in itself').toBeGreaterThan(0);
    expect(await page.locator('[data-forward="1d"]').isVisible()).toBe(false);
    await page.getByLabel('Move the clock').first().click();
    await page.locator('[data-forward="1d"]').waitFor();
  });
});
