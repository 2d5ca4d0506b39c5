import type { Fields } from './types.ts';
import { fieldsOf, isFields, listOf } from './values.ts';

export type Surface = 'message' | 'modal' | 'home';

/** What one field must be. `min` and `max` count characters, items or the number itself. */
export interface Rule {
  is: 'string' | 'text' | 'number' | 'boolean' | 'list' | 'object' | 'typed' | 'anything';
  required?: boolean;
  min?: number;
  max?: number;
  /** `text` only: no `mrkdwn`. */
  plain?: boolean;
  pattern?: RegExp;
  oneOf?: string[];
  /** Items of a list. */
  of?: Rule;
  /** The field by which a list's items must differ; '' for the items themselves. */
  unique?: string;
  /** `object` only. */
  fields?: Shape;
  /** `typed` only: which of `elements` may stand here. */
  types?: string[];
}
export type Shape = Record<string, Rule>;

/** What no field shows by itself: complaints as `[what, where below the block or element]`. */
type Check = (value: Fields) => [what: string, where: string][];

const anything: Rule = { is: 'anything' };
const bool: Rule = { is: 'boolean' };
const string = (max?: number, more: Partial<Rule> = {}): Rule => ({ is: 'string', min: 1, max, ...more });
const text = (max: number): Rule => ({ is: 'text', min: 1, max });
const plain = (max: number): Rule => ({ is: 'text', min: 1, max, plain: true });
const number = (min?: number, max?: number): Rule => ({ is: 'number', min, max });
const list = (min: number, max: number, of: Rule, unique?: string): Rule => ({
  is: 'list',
  min,
  max,
  of,
  unique,
});
const object = (fields: Shape): Rule => ({ is: 'object', fields });
const oneOf = (...values: string[]): Rule => ({ is: 'string', oneOf: values });
const one = (...types: string[]): Rule => ({ is: 'typed', types });
const must = (rule: Rule): Rule => ({ ...rule, required: true });

const confirm = object({
  title: must(plain(100)),
  text: must(text(300)),
  confirm: must(plain(30)),
  deny: must(plain(30)),
  style: oneOf('primary', 'danger'),
});
const option = (label: Rule, value: Rule): Rule =>
  object({ text: must(label), value, description: { ...label, max: 75 }, url: string(3000) });
const choices = (max: number): Rule => must(list(1, max, option(text(75), must(string(150))), 'value'));
const offered = list(1, 100, option(plain(75), must(string(150))), 'value');
const offer: Shape = {
  options: offered,
  option_groups: list(1, 100, object({ label: must(plain(75)), options: must(offered) })),
};

const action: Shape = { action_id: string(255) };
const focus: Shape = { ...action, focus_on_load: bool };
const picker: Shape = { ...focus, placeholder: plain(150), confirm };
const input: Shape = {
  ...focus,
  placeholder: plain(150),
  dispatch_action_config: object({ trigger_actions_on: anything }),
};
const many: Shape = { max_selected_items: number(1) };
const ids = list(1, 100, string());
const where: Shape = { filter: anything, default_to_current_conversation: bool };
const picture: Shape = {
  alt_text: must(string(2000)),
  image_url: string(3000),
  slack_file: object({ id: string(), url: string() }),
};

function initialIsOffered(element: Fields): [string, string][] {
  const options = [
    ...listOf(element.options),
    ...listOf(element.option_groups).flatMap((g) => listOf(g.options)),
  ];
  const field = element.initial_option === undefined ? 'initial_options' : 'initial_option';
  const initial = isFields(element[field]) ? [element[field]] : listOf(element[field]);
  const isOffered = (chosen: Fields): boolean =>
    options.some(
      ({ value, text }) => value === chosen.value && fieldsOf(text).text === fieldsOf(chosen.text).text,
    );
  return initial.every(isOffered) ? [] : [['initial option not found among the options', `/${field}`]];
}

function optionsOrGroups(element: Fields): [string, string][] {
  const hasSome = element.options !== undefined || element.option_groups !== undefined;
  return [...(hasSome ? [] : [missing('options')]), ...initialIsOffered(element)];
}

function oneImage(image: Fields): [string, string][] {
  return image.image_url === undefined && image.slack_file === undefined ? [missing('image_url')] : [];
}

function missing(field: string): [string, string] {
  return [`missing required field: ${field}`, ''];
}

const contents = must(list(0, 1000, anything));
const border = number(0, 1);

/** Elements by type: what each may hold. A field that is not listed is refused. */
export const elements: Record<string, Shape> = {
  button: {
    ...action,
    text: must(plain(75)),
    value: string(2000, { min: 0 }),
    url: string(3000),
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
    confirm,
  },
  overflow: { ...action, options: must(list(1, 5, option(plain(75), string(150)), 'value')), confirm },
  image: picture,
  checkboxes: { ...focus, options: choices(10), initial_options: list(1, 10, anything), confirm },
  radio_buttons: { ...focus, options: choices(10), initial_option: anything, confirm },
  static_select: { ...picker, ...offer, initial_option: anything },
  multi_static_select: { ...picker, ...many, ...offer, initial_options: list(1, 100, anything) },
  users_select: { ...picker, initial_user: string() },
  multi_users_select: { ...picker, ...many, initial_users: ids },
  conversations_select: { ...picker, ...where, initial_conversation: string() },
  multi_conversations_select: { ...picker, ...many, ...where, initial_conversations: ids },
  channels_select: { ...picker, initial_channel: string() },
  multi_channels_select: { ...picker, ...many, initial_channels: ids },
  datepicker: { ...picker, initial_date: string(10, { pattern: /^\d{4}-\d\d-\d\d$/ }) },
  timepicker: {
    ...picker,
    initial_time: string(5, { pattern: /^([01]\d|2[0-3]):[0-5]\d$/ }),
    timezone: string(),
  },
  datetimepicker: { ...focus, initial_date_time: number(1_000_000_000, 9_999_999_999), confirm },
  plain_text_input: {
    ...input,
    initial_value: string(3000, { min: 0 }),
    multiline: bool,
    min_length: number(0, 3000),
    max_length: number(1, 3000),
  },
  email_text_input: { ...input, initial_value: string() },
  url_text_input: { ...input, initial_value: string() },
  number_input: {
    ...input,
    is_decimal_allowed: must(bool),
    initial_value: string(),
    min_value: string(),
    max_value: string(),
  },
  rich_text_input: { ...input, initial_value: anything },
  file_input: { ...action, filetypes: list(1, 100, string()), max_files: number(1, 10) },
  mrkdwn: { text: must(string(2000)), verbatim: bool },
  plain_text: { text: must(string(2000)), emoji: bool },
  raw_text: { text: must(string()) },
  raw_number: { text: must(string()), value: must(number()) },
  rich_text: { elements: contents, block_id: string(255) },
  rich_text_section: { elements: contents },
  rich_text_preformatted: { elements: contents, border, language: string() },
  rich_text_quote: { elements: contents, border },
  rich_text_list: {
    elements: must(list(0, 1000, one('rich_text_section'))),
    style: must(oneOf('bullet', 'ordered')),
    indent: number(0, 8),
    offset: number(0),
    border,
  },
};

const menus = ['static_select', 'users_select', 'conversations_select', 'channels_select'];
const pickers = [
  ...menus,
  ...menus.map((type) => `multi_${type}`),
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
];
const acting = [...pickers, 'datetimepicker', 'button', 'overflow'];
const fillable = [
  ...pickers,
  ...['datetimepicker', 'plain_text_input', 'email_text_input', 'url_text_input', 'number_input'],
  ...['rich_text_input', 'file_input'],
];
const rows = (min: number, max: number): Rule =>
  must(list(min, max, list(1, 20, one('raw_text', 'raw_number', 'rich_text'))));

function dataTable({ rows: given, row_header_column_index: header }: Fields): [string, string][] {
  const lines = (Array.isArray(given) ? given : []).map(listOf);
  const [first = []] = lines;
  return [
    ...(lines.some((row) => row.length !== first.length)
      ? [said('all rows must have the same length', '/rows')]
      : []),
    ...(first.some(({ type }) => type === 'rich_text')
      ? [said('rich_text is not allowed in the header', '/rows/0')]
      : []),
    ...(Number(header ?? 0) >= first.length
      ? [said('must be the index of a column', '/row_header_column_index')]
      : []),
  ];
}

function said(what: string, at: string): [string, string] {
  return [what, at];
}

const point = object({ label: must(string(20)), value: must(number()) });
const chart: Shape = {
  type: must(oneOf('bar', 'line', 'area', 'pie')),
  segments: list(1, 12, object({ label: must(string(20)), value: must(number(Number.MIN_VALUE)) })),
  series: list(1, 6, object({ name: must(string(20)), data: must(list(1, 20, point)) }), 'name'),
  axis_config: object({
    categories: must(list(1, 20, string(20), '')),
    x_label: string(50),
    y_label: string(50),
  }),
};

function chartParts(block: Fields): [string, string][] {
  const { type, segments, series, axis_config: axes } = fieldsOf(block.chart);
  if (type === 'pie')
    return segments === undefined ? [said('missing required field: segments', '/chart')] : [];
  const needed = { series, axis_config: axes };
  const absent = Object.entries(needed).filter(([, value]) => value === undefined);
  const { categories } = fieldsOf(axes);
  const names = new Set(Array.isArray(categories) ? (categories as unknown[]) : []);
  const isUneven = ({ data }: Fields): boolean => {
    const labels = new Set(listOf(data).map(({ label }) => label));
    return labels.size !== names.size || [...names].some((name) => !labels.has(name));
  };
  return [
    ...absent.map(([name]) => said(`missing required field: ${name}`, '/chart')),
    ...listOf(series).flatMap((one, index) =>
      isUneven(one)
        ? [said('every series must have one value for each category', `/chart/series/${index}/data`)]
        : [],
    ),
  ];
}

const richText = ['section', 'list', 'preformatted', 'quote'].map((part) => `rich_text_${part}`);

/** Blocks by type: what each may hold beside its `block_id`. */
export const blocks: Record<string, Shape> = {
  section: {
    text: text(3000),
    fields: list(1, 10, text(2000)),
    accessory: one(...pickers, 'button', 'overflow', 'image'),
    expand: bool,
  },
  divider: {},
  header: { text: must(plain(150)) },
  context: { elements: must(list(1, 10, one('image', 'mrkdwn', 'plain_text'))) },
  actions: { elements: must(list(1, 25, one(...acting), 'action_id')) },
  input: {
    label: must(plain(2000)),
    hint: plain(2000),
    element: must(one(...fillable)),
    optional: bool,
    dispatch_action: bool,
  },
  image: { ...picture, title: plain(2000) },
  rich_text: { elements: must(list(1, 1000, one(...richText))) },
  markdown: { text: must(string(12_000)) },
  alert: { text: must(text(3000)), level: oneOf('default', 'info', 'warning', 'error', 'success') },
  table: { rows: rows(1, 100), column_settings: list(0, 20, anything) },
  data_table: {
    caption: must(string()),
    rows: rows(2, 201),
    page_size: number(1, 100),
    row_header_column_index: number(0),
  },
  data_visualization: { title: must(string(50)), chart: must(object(chart)) },
};

/** Where a block may stand; everywhere when it is not named here. */
export const surfaces: Record<string, Surface[]> = {
  markdown: ['message'],
  alert: ['modal'],
  table: ['message'],
  data_visualization: ['message'],
};

/** Checks of blocks and elements as a whole, by type. */
export const checks: Record<string, Check> = {
  section: (block) => (block.text === undefined && block.fields === undefined ? [missing('text')] : []),
  image: oneImage,
  checkboxes: initialIsOffered,
  radio_buttons: initialIsOffered,
  static_select: optionsOrGroups,
  multi_static_select: optionsOrGroups,
  data_table: dataTable,
  data_visualization: chartParts,
};

/** How many blocks a message or view may hold, how many of a kind, and how many characters those hold together. */
export const most = {
  blocks: { message: 50, modal: 100, home: 100 },
  ofType: { table: 1, data_visualization: 2 } as Record<string, number>,
  characters: { table: 10_000, data_table: 20_000 } as Record<string, number>,
  /** Characters in a message's blocks from which Slack answers `msg_blocks_too_long`; seen, not documented. */
  messageText: 11_300,
};

const title = plain(24);
const ofAnyView: Shape = {
  type: must(oneOf('modal', 'home')),
  blocks: anything,
  private_metadata: string(3000, { min: 0 }),
  callback_id: string(255, { min: 0 }),
  external_id: string(255, { min: 0 }),
};
/** The fields of a view around its blocks. */
export const views: Record<'modal' | 'home', Shape> = {
  home: ofAnyView,
  modal: {
    ...ofAnyView,
    title: must(title),
    submit: title,
    close: title,
    clear_on_close: bool,
    notify_on_close: bool,
    submit_disabled: bool,
  },
};
