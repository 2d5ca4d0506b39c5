import { describe, expect, test } from 'vitest';
import { blockProblems, viewProblems, type Fields, type Surface } from '../../src/sandbox/index.ts';

const plain = (text: string): Fields => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Fields => ({ type: 'mrkdwn', text });
const button = (more: Fields = {}): Fields => ({
  type: 'button',
  action_id: 'a',
  text: plain('Go'),
  ...more,
});
const options = (count: number): Fields[] =>
  Array.from({ length: count }, (_, n) => ({ text: plain(`Option ${n}`), value: String(n) }));
const input = (element: Fields, more: Fields = {}): Fields => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
const long = (length: number): string => 'x'.repeat(length);
const actions = (...elements: Fields[]): Fields => ({ type: 'actions', elements });
const asking = (more: Fields): Fields =>
  actions(
    button({
      confirm: { title: plain('T'), text: plain('?'), confirm: plain('Y'), deny: plain('N'), ...more },
    }),
  );
const image = (more: Fields = {}): Fields => ({
  type: 'image',
  image_url: 'https://x.test/a.png',
  alt_text: 'x',
  ...more,
});
const points = (count: number): Fields[] =>
  Array.from({ length: count }, (_, n) => ({ label: `${n}`, value: 1 }));
const cells = (...texts: string[]): Fields[] => texts.map((text) => ({ type: 'raw_text', text }));
const richText = (...elements: Fields[]): Fields => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const dataTable = (more: Fields = {}): Fields => ({
  type: 'data_table',
  caption: 'Leads',
  rows: [cells('Name', 'Rank'), cells('Kim', 'A')],
  ...more,
});
const chart = (more: Fields = {}): Fields => ({
  type: 'data_visualization',
  title: 'Leads a week',
  chart: {
    type: 'bar',
    series: [{ name: 'Leads', data: [{ label: 'W1', value: 3 }] }],
    axis_config: { categories: ['W1'], x_label: 'Week' },
    ...more,
  },
});
const pie = (segments: Fields[]): Fields => ({
  type: 'data_visualization',
  title: 'Pie',
  chart: { type: 'pie', segments },
});

describe('what Slack accepts', () => {
  test.each<[string, Surface, Fields[]]>([
    [
      'sections with fields and accessories',
      'message',
      [
        {
          type: 'section',
          text: mrkdwn('x'.repeat(3000)),
          accessory: { type: 'overflow', action_id: 'o', options: options(5) },
        },
        { type: 'section', fields: Array.from({ length: 10 }, () => mrkdwn('f')) },
      ],
    ],
    [
      '25 buttons in a row',
      'message',
      [{ type: 'actions', elements: Array.from({ length: 25 }, (_, n) => button({ action_id: `a${n}` })) }],
    ],
    [
      'every kind of input',
      'modal',
      [
        input({ type: 'plain_text_input', action_id: 'a', max_length: 3000 }),
        input({
          type: 'static_select',
          action_id: 'a',
          options: options(100),
          initial_option: options(1)[0],
        }),
        input({ type: 'checkboxes', action_id: 'a', options: options(10) }),
        input({ type: 'radio_buttons', action_id: 'a', options: options(2) }),
        input({ type: 'number_input', action_id: 'a', is_decimal_allowed: false }),
        input({ type: 'multi_users_select', action_id: 'a', initial_users: ['U1'] }),
        input({ type: 'datepicker', action_id: 'a', initial_date: '2026-11-02' }),
      ],
    ],
    [
      'tables and charts',
      'message',
      [dataTable(), chart(), pie([{ label: 'A', value: 1 }]), { type: 'table', rows: [cells('a')] }],
    ],
    [
      'rich text',
      'message',
      [
        richText(
          { type: 'text', text: 'hi', style: { bold: true, code: true } },
          { type: 'link', url: 'https://x.test', text: 'x' },
          { type: 'emoji', name: 'wave', style: { strike: true } },
          { type: 'user', user_id: 'U1', style: { highlight: true } },
          { type: 'channel', channel_id: 'C1' },
          { type: 'usergroup', usergroup_id: 'S1' },
          { type: 'date', timestamp: 1_700_000_000, format: '{date}', fallback: 'then' },
          { type: 'broadcast', range: 'here' },
          { type: 'color', value: '#ffffff' },
        ),
      ],
    ],
  ])('%s', (_what, surface, blocks) => {
    expect(blockProblems(blocks, surface)).toEqual([]);
  });
});

describe('what Slack refuses', () => {
  test.each<[string, Fields[], RegExp, Surface?]>([
    ['an unknown block', [{ type: 'hero' }], /unsupported type: hero \[json-pointer:\/blocks\/0\/type\]/],
    [
      '51 blocks in a message',
      Array.from({ length: 51 }, () => ({ type: 'divider' })),
      /no more than 50 items/,
    ],
    [
      '101 blocks in a Home',
      Array.from({ length: 101 }, () => ({ type: 'divider' })),
      /no more than 100 items/,
      'home',
    ],
    [
      'a block_id twice',
      [
        { type: 'divider', block_id: 'x' },
        { type: 'divider', block_id: 'x' },
      ],
      /"x" already exists/,
    ],
    [
      'an action_id twice in a block',
      [{ type: 'actions', elements: [button(), button()] }],
      /"a" already exists/,
    ],
    [
      'a section without text',
      [{ type: 'section' }],
      /missing required field: text \[json-pointer:\/blocks\/0\]/,
    ],
    [
      'an empty text',
      [{ type: 'section', text: mrkdwn('') }],
      /must be more than 0 characters \[json-pointer:\/blocks\/0\/text\/text\]/,
    ],
    ['a long section', [{ type: 'section', text: mrkdwn('x'.repeat(3001)) }], /less than 3001/],
    [
      'eleven fields',
      [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('f')) }],
      /no more than 10/,
    ],
    [
      'a long field',
      [{ type: 'section', fields: [mrkdwn('x'.repeat(2001))] }],
      /less than 2001.*\/fields\/0\/text/,
    ],
    ['a long header', [{ type: 'header', text: plain('x'.repeat(151)) }], /less than 151/],
    ['a formatted header', [{ type: 'header', text: mrkdwn('x') }], /unsupported type: mrkdwn/],
    [
      'eleven parts of context',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('c')) }],
      /no more than 10/,
    ],
    [
      '26 buttons',
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button({ action_id: `${n}` })) }],
      /no more than 25/,
    ],
    [
      'a long button',
      [{ type: 'actions', elements: [button({ text: plain('x'.repeat(76)) })] }],
      /less than 76/,
    ],
    [
      'a long button value',
      [{ type: 'actions', elements: [button({ value: 'x'.repeat(2001) })] }],
      /less than 2001/,
    ],
    [
      'a long action_id',
      [{ type: 'actions', elements: [button({ action_id: 'x'.repeat(256) })] }],
      /less than 256/,
    ],
    [
      'a strange button style',
      [{ type: 'actions', elements: [button({ style: 'fancy' })] }],
      /allowed values: primary, danger/,
    ],
    [
      'an input among actions',
      [{ type: 'actions', elements: [{ type: 'plain_text_input', action_id: 'a' }] }],
      /unsupported type: plain_text_input/,
    ],
    [
      'no options',
      [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'a', options: [] }] }],
      /no fewer than 1/,
    ],
    [
      '101 options',
      [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'a', options: options(101) }] }],
      /no more than 100/,
    ],
    [
      'six options behind dots',
      [{ type: 'actions', elements: [{ type: 'overflow', action_id: 'a', options: options(6) }] }],
      /no more than 5/,
    ],
    [
      'eleven checkboxes',
      [{ type: 'actions', elements: [{ type: 'checkboxes', action_id: 'a', options: options(11) }] }],
      /no more than 10/,
    ],
    [
      'a first choice that is not offered',
      [
        {
          type: 'actions',
          elements: [
            {
              type: 'static_select',
              action_id: 'a',
              options: options(2),
              initial_option: { text: plain('Other'), value: 'z' },
            },
          ],
        },
      ],
      /initial option not found/,
    ],
    [
      'a long confirmation',
      [
        {
          type: 'actions',
          elements: [button({ confirm: { title: plain('x'.repeat(101)), text: plain('y') } })],
        },
      ],
      /less than 101/,
    ],
    [
      'an image without alt text',
      [{ type: 'image', image_url: 'https://x.test/a.png' }],
      /missing required field: alt_text/,
    ],
    [
      'a field that Slack does not know',
      [{ type: 'section', text: mrkdwn('x'), colour: 'red' }],
      /invalid additional property: colour \[json-pointer:\/blocks\/0\]/,
    ],
    [
      'a long placeholder',
      [
        {
          type: 'actions',
          elements: [{ type: 'users_select', action_id: 'a', placeholder: plain('x'.repeat(151)) }],
        },
      ],
      /less than 151/,
    ],
    [
      'a date that is none',
      [{ type: 'actions', elements: [{ type: 'datepicker', action_id: 'a', initial_date: '2.11.2026' }] }],
      /invalid format: 2\.11\.2026/,
    ],
    [
      'a time that is none',
      [{ type: 'actions', elements: [{ type: 'timepicker', action_id: 'a', initial_time: '25:00' }] }],
      /invalid format: 25:00/,
    ],
    [
      'an option twice',
      [
        {
          type: 'actions',
          elements: [{ type: 'radio_buttons', action_id: 'a', options: [...options(1), ...options(1)] }],
        },
      ],
      /`value` "0" already exists/,
    ],
    ['a long markdown text', [{ type: 'markdown', text: 'x'.repeat(12_001) }], /less than 12001/],
    [
      'a number input that does not say whether decimals are allowed',
      [input({ type: 'number_input', action_id: 'a' })],
      /missing required field: is_decimal_allowed/,
      'modal',
    ],
    [
      'a file input for eleven files',
      [input({ type: 'file_input', action_id: 'a', max_files: 11 })],
      /must be at most 10/,
      'modal',
    ],
    [
      'data tables of more than 20,000 characters together',
      Array.from({ length: 2 }, () => dataTable({ rows: [cells('a'), cells('x'.repeat(10_000))] })),
      /less than 20001 characters in all data_table blocks/,
    ],
    [
      'a table of 101 rows',
      [{ type: 'table', rows: Array.from({ length: 101 }, () => cells('a')) }],
      /no more than 100/,
    ],
    [
      'a row of 21 cells',
      [dataTable({ rows: [cells(...'abcdefghijklmnopqrstu'), cells('a')] })],
      /no more than 20/,
    ],
    [
      'seven series',
      [
        chart({
          series: Array.from({ length: 7 }, (_, n) => ({ name: `${n}`, data: [{ label: 'W1', value: 1 }] })),
        }),
      ],
      /no more than 6/,
    ],
    ['an alert in a message', [{ type: 'alert', text: mrkdwn('x') }], /unsupported type: alert/],
    ['a table without caption', [dataTable({ caption: undefined })], /missing required field: caption/],
    ['a table of a header alone', [dataTable({ rows: [cells('Name')] })], /no fewer than 2/],
    ['rows of different length', [dataTable({ rows: [cells('a', 'b'), cells('c')] })], /same length/],
    [
      'an empty cell',
      [dataTable({ rows: [cells('a'), cells('')] })],
      /more than 0 characters.*\/rows\/1\/0\/text/,
    ],
    [
      'two classic tables',
      [
        { type: 'table', rows: [cells('a')] },
        { type: 'table', rows: [cells('a')] },
      ],
      /too many table blocks/,
    ],
    ['three charts', [chart(), chart(), chart()], /too many data_visualization blocks/],
    ['a chart in a Home', [chart()], /unsupported type: data_visualization/, 'home'],
    [
      'a series that leaves out a category',
      [chart({ axis_config: { categories: ['W1', 'W2'] } })],
      /one value for each category/,
    ],
    ['rich text of an unknown kind', [richText({ type: 'smell' })], /unsupported type: smell/],
    [
      'a mention in rich text that names nobody',
      [richText({ type: 'user' })],
      /missing required field: user_id \[json-pointer:\/blocks\/0\/elements\/0\/elements\/0\]/,
    ],
    [
      'a strange style in rich text',
      [richText({ type: 'text', text: 'x', style: { blink: true } })],
      /invalid additional property: blink/,
    ],
    [
      'a broadcast to nobody that Slack knows',
      [richText({ type: 'broadcast', range: 'world' })],
      /allowed values: here, channel, everyone/,
    ],
    [
      'two elements that want the focus',
      [1, 2].map(() => input({ type: 'plain_text_input', action_id: 'a', focus_on_load: true })),
      /only one element may have focus_on_load/,
      'modal',
    ],
    ['a confirmation that asks too much', [asking({ text: plain(long(301)) })], /less than 301/],
    ['a long yes', [asking({ confirm: plain(long(31)) })], /less than 31/],
    ['a long no', [asking({ deny: plain(long(31)) })], /less than 31/],
    ['a long description of an image', [image({ alt_text: long(2001) })], /less than 2001/],
    ['a long block_id', [{ type: 'divider', block_id: long(256) }], /less than 256/],
    [
      'eleven radio buttons',
      [actions({ type: 'radio_buttons', action_id: 'a', options: options(11) })],
      /no more than 10/,
    ],
    [
      'a long option',
      [actions({ type: 'overflow', action_id: 'a', options: [{ text: plain(long(76)), value: 'x' }] })],
      /less than 76/,
    ],
    [
      'an input for more than 3,000 characters',
      [input({ type: 'plain_text_input', action_id: 'a', max_length: 3001 })],
      /must be at most 3000/,
      'modal',
    ],
    [
      'an input that holds more than 3,000 characters',
      [input({ type: 'plain_text_input', action_id: 'a', initial_value: long(3001) })],
      /less than 3001/,
      'modal',
    ],
    [
      'rich text to be typed',
      [input({ type: 'rich_text_input', action_id: 'a' })],
      /unsupported type: rich_text_input/,
      'modal',
    ],
    [
      'a table of more than 10,000 characters',
      [{ type: 'table', rows: [cells(long(10_001))] }],
      /less than 10001 characters in all table blocks/,
    ],
    ['a table of 21 columns', [{ type: 'table', rows: [cells(...long(21))] }], /no more than 20/],
    [
      'a data table of 202 rows',
      [dataTable({ rows: Array.from({ length: 202 }, () => cells('a')) })],
      /no more than 201/,
    ],
    ['a long title of a chart', [{ ...chart(), title: long(51) }], /less than 51/],
    [
      'a series of 21 points',
      [chart({ series: [{ name: 'Leads', data: points(21) }] })],
      /no more than 20 items/,
    ],
    ['a classic table in a Home', [{ type: 'table', rows: [cells('a')] }], /unsupported type: table/, 'home'],
    ['an alert in a Home', [{ type: 'alert', text: mrkdwn('x') }], /unsupported type: alert/, 'home'],
    ['a markdown block in a modal', [{ type: 'markdown', text: 'x' }], /unsupported type: markdown/, 'modal'],
    ['an empty slice of a pie', [pie([{ label: 'A', value: 0 }])], /must be more than 0 \[/],
    ['a long label in a chart', [pie([{ label: 'x'.repeat(21), value: 1 }])], /less than 21/],
  ])('%s', (_what, blocks, complaint, surface = 'message') => {
    expect(blockProblems(blocks, surface).join('\n')).toMatch(complaint);
  });
});

describe('views', () => {
  const modal = (more: Fields = {}): Fields => ({
    type: 'modal',
    title: plain('Title'),
    blocks: [{ type: 'divider' }],
    ...more,
  });

  test.each<[string, Fields, RegExp]>([
    ['a long title', modal({ title: plain('x'.repeat(25)) }), /less than 25.*\/view\/title/],
    [
      'inputs without a submit button',
      modal({ blocks: [input({ type: 'plain_text_input', action_id: 'a' })] }),
      /missing required field: submit/,
    ],
    [
      '101 blocks in a modal',
      modal({ blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }),
      /no more than 100/,
    ],
    ['a long submit button', modal({ submit: plain('x'.repeat(25)) }), /less than 25.*\/view\/submit/],
    ['a long close button', modal({ close: plain('x'.repeat(25)) }), /less than 25.*\/view\/close/],
    ['an id of our own', modal({ external_id: 'x' }), /invalid additional property: external_id/],
    ['a long callback_id', modal({ callback_id: 'x'.repeat(256) }), /less than 256/],
    ['long private metadata', modal({ private_metadata: 'x'.repeat(3001) }), /less than 3001/],
    ['a Home where a modal belongs', { type: 'home', blocks: [] }, /unsupported type: home/],
  ])('%s is refused', (_what, view, complaint) => {
    expect(viewProblems(view, 'modal').join('\n')).toMatch(complaint);
  });
});
