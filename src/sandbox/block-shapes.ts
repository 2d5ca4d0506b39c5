import { z } from 'zod';
import { chartIsEven, distinct, initialIsOffered, needs, tableIsEven, type Check } from './block-checks.ts';

export type Surface = 'message' | 'modal' | 'home';
type Shape = Record<string, z.ZodType>;

const text = (max = Infinity, min = 1) => z.string().min(min).max(max);
const number = (min = -Infinity, max = Infinity) => z.number().min(min).max(max);
const list = (item: z.ZodType, min: number, max: number) => z.array(item).min(min).max(max);
const one = (...kinds: z.ZodObject[]) => z.discriminatedUnion('type', kinds as [z.ZodObject]);

export function checked<T extends z.ZodType>(schema: T, ...checks: Check[]): T {
  return schema.check(({ value, issues }) => {
    const complain = (message: string, path: (string | number)[] = []): void =>
      void issues.push({ code: 'custom', message, path, input: value });
    for (const check of checks) check(value, complain);
  });
}

const named = (type: z.ZodType, names: string): Shape =>
  Object.fromEntries(names.split(' ').map((name) => [name, type]));

/** What a field is wherever it means the same. */
const fields: Shape = {
  ...named(z.boolean(), 'emoji verbatim focus_on_load multiline is_decimal_allowed optional dispatch_action'),
  ...named(z.boolean(), 'expand unsafe clear_on_close notify_on_close submit_disabled bold italic strike'),
  ...named(z.boolean(), 'underline code highlight client_highlight unlink default_to_current_conversation'),
  ...named(z.boolean(), 'exclude_external_shared_channels exclude_bot_users'),
  ...named(text(), 'initial_user initial_conversation initial_channel min_value max_value timezone caption'),
  ...named(text(), 'id name user_id channel_id usergroup_id format fallback unicode language'),
  ...named(text(20), 'label name_of_series'),
  ...named(text(50), 'x_label y_label title'),
  ...named(text(75), 'accessibility_label'),
  ...named(text(255), 'action_id block_id'),
  ...named(text(255, 0), 'callback_id'),
  ...named(text(2000), 'alt_text'),
  ...named(text(2000, 0), 'value'),
  ...named(text(3000), 'url image_url'),
  ...named(text(3000, 0), 'initial_value private_metadata'),
  ...named(list(text(), 1, 100), 'initial_users initial_conversations initial_channels filetypes'),
  ...named(z.unknown(), 'initial_option'),
  ...named(list(z.unknown(), 1, 100), 'initial_options column_settings'),
  ...named(number(0, 3000), 'min_length max_length'),
  ...named(number(1, 100), 'max_selected_items page_size'),
  ...named(number(0), 'indent offset timestamp row_header_column_index'),
  border: z.literal([0, 1]),
  skin_tone: number(1, 6),
  max_files: number(1, 10),
  initial_date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  initial_time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  initial_date_time: number(1_000_000_000, 9_999_999_999),
  range: z.enum(['here', 'channel', 'everyone']),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']),
};

/** An object that has the named fields and no others; those with an exclamation mark must be there. */
function shape(names: string, own: Shape = {}, type: Shape = {}): z.ZodObject {
  const entries = names.split(' ').map((name) => {
    const key = name.replace('!', '');
    const schema = own[key] ?? fields[key] ?? z.never();
    return [key, name === key ? schema.optional() : schema];
  });
  return z.strictObject({ ...type, ...(Object.fromEntries(entries) as Shape) });
}
const kind = (type: string, names: string, own?: Shape) => shape(names, own, { type: z.literal(type) });

const plain = (max: number) => kind('plain_text', 'text! emoji', { text: text(max) });
const mrkdwn = (max: number) => kind('mrkdwn', 'text! verbatim', { text: text(max) });
const anyText = (max: number) => one(plain(max), mrkdwn(max));

// Elements

const color = z.enum(['primary', 'danger']);
const asked = { title: plain(100), text: anyText(300), confirm: plain(30), deny: plain(30), style: color };
const trigger_actions_on = list(z.enum(['on_enter_pressed', 'on_character_entered']), 1, 2);
Object.assign(fields, {
  confirm: shape('title! text! confirm! deny! style', asked),
  placeholder: plain(150),
  hint: plain(2000),
  slack_file: shape('id url'),
  dispatch_action_config: shape('trigger_actions_on', { trigger_actions_on }),
  filter: shape('include exclude_external_shared_channels exclude_bot_users', {
    include: list(z.enum(['im', 'mpim', 'private', 'public']), 1, 4),
  }),
});

function options(max: number, label: z.ZodType = plain(75), value = 'value!'): z.ZodType {
  const option = shape(`text! ${value} description url`, {
    text: label,
    description: label,
    value: text(150),
  });
  return checked(list(option, 1, max), distinct('value'));
}
const groups = list(shape('label! options!', { label: plain(75), options: options(100) }), 1, 100);
const offered = { options: options(100), option_groups: groups };
const boxes = { options: options(10, anyText(75)) };

const choice = 'action_id focus_on_load confirm';
const input = 'action_id focus_on_load placeholder dispatch_action_config';
const picker = `${choice} placeholder`;
const several = `${picker} max_selected_items`;
const where = 'filter default_to_current_conversation';
const someOffered = [needs('options', 'option_groups'), initialIsOffered];
const oneImage = needs('image_url', 'slack_file');

const picture = checked(kind('image', 'alt_text! image_url slack_file'), oneImage);
const button = kind('button', 'text! action_id value url style accessibility_label confirm', {
  text: plain(75),
  style: color,
});
const overflow = kind('overflow', 'options! action_id confirm', { options: options(5, plain(75), 'value') });
const pickers = [
  checked(kind('static_select', `${picker} options option_groups initial_option`, offered), ...someOffered),
  checked(
    kind('multi_static_select', `${several} options option_groups initial_options`, offered),
    ...someOffered,
  ),
  kind('users_select', `${picker} initial_user`),
  kind('multi_users_select', `${several} initial_users`),
  kind('conversations_select', `${picker} ${where} initial_conversation`),
  kind('multi_conversations_select', `${several} ${where} initial_conversations`),
  kind('channels_select', `${picker} initial_channel`),
  kind('multi_channels_select', `${several} initial_channels`),
  checked(kind('checkboxes', `${choice} options! initial_options`, boxes), initialIsOffered),
  checked(kind('radio_buttons', `${choice} options! initial_option`, boxes), initialIsOffered),
  kind('datepicker', `${picker} initial_date`),
  kind('timepicker', `${picker} initial_time timezone`),
];
const datetimepicker = kind('datetimepicker', `${choice} initial_date_time`);
const fillable = [
  ...pickers,
  datetimepicker,
  kind('plain_text_input', `${input} initial_value multiline min_length max_length`),
  kind('email_text_input', `${input} initial_value`),
  kind('url_text_input', `${input} initial_value`),
  kind('number_input', `${input} initial_value is_decimal_allowed! min_value max_value`),
  kind('file_input', 'action_id filetypes max_files'),
];

// Rich text

const looks = 'bold italic strike underline code';
const marks = { style: shape(`${looks} highlight client_highlight unlink`) };
const style = { style: shape(looks) };
const word = kind('text', 'text! style', { text: text(), ...style });
const link = kind('link', 'url! text unsafe style', { text: text(Infinity, 0), ...style });
const piece = one(
  word,
  link,
  kind('emoji', 'name! unicode url skin_tone style', style),
  kind('user', 'user_id! style', marks),
  kind('channel', 'channel_id! style', marks),
  kind('usergroup', 'usergroup_id! style', marks),
  kind('date', 'timestamp! format! url fallback style', style),
  kind('broadcast', 'range! style', style),
  kind('color', 'value! style', { value: text(), ...style }),
);
const pieces = { elements: z.array(piece) };
const section = kind('rich_text_section', 'elements!', pieces);
const paragraph = one(
  section,
  kind('rich_text_quote', 'elements! border', pieces),
  kind('rich_text_preformatted', 'elements! border language', { elements: z.array(one(word, link)) }),
  kind('rich_text_list', 'elements! style! indent offset border', {
    elements: z.array(section),
    style: z.enum(['bullet', 'ordered']),
  }),
);
const richText = kind('rich_text', 'elements! block_id', { elements: list(paragraph, 1, 1000) });

// Tables and charts

const cell = one(
  kind('raw_text', 'text!', { text: text() }),
  kind('raw_number', 'text! value!', { text: text(), value: number() }),
  richText,
);
const rows = (min: number, max: number) => ({ rows: list(list(cell, 1, 20), min, max) });
const table = kind('data_table', 'caption! rows! page_size row_header_column_index block_id', rows(2, 201));

const data = list(shape('label! value!', { value: number() }), 1, 20);
const segments = list(shape('label! value!', { value: z.number().gt(0) }), 1, 12);
const categories = checked(list(text(20), 1, 20), distinct());
const axes = {
  series: checked(list(shape('name! data!', { name: text(20), data }), 1, 6), distinct('name')),
  axis_config: shape('categories! x_label y_label', { categories }),
};
const charts = ['bar', 'line', 'area'].map((type) => kind(type, 'series! axis_config!', axes));
const chart = one(kind('pie', 'segments!', { segments }), ...charts.map((one) => checked(one, chartIsEven)));

/** The blocks that may stand on each surface. */
const everywhere = [
  checked(
    kind('section', 'text fields accessory expand block_id', {
      text: anyText(3000),
      fields: list(anyText(2000), 1, 10),
      accessory: one(...pickers, button, overflow, picture),
    }),
    needs('text', 'fields'),
  ),
  kind('divider', 'block_id'),
  kind('header', 'text! block_id', { text: plain(150) }),
  kind('context', 'elements! block_id', { elements: list(one(picture, mrkdwn(2000), plain(2000)), 1, 10) }),
  kind('actions', 'elements! block_id', {
    elements: checked(list(one(...pickers, datetimepicker, button, overflow), 1, 25), distinct('action_id')),
  }),
  kind('input', 'label! element! hint optional dispatch_action block_id', {
    label: plain(2000),
    element: one(...fillable),
  }),
  checked(kind('image', 'alt_text! image_url slack_file title block_id', { title: plain(2000) }), oneImage),
  richText,
  checked(table, tableIsEven),
];
export const blocks: Record<Surface, z.ZodType> = {
  home: one(...everywhere),
  modal: one(...everywhere, kind('alert', 'text! level block_id', { text: anyText(3000) })),
  message: one(
    ...everywhere,
    kind('markdown', 'text! block_id', { text: text(12_000) }),
    kind('table', 'rows! column_settings block_id', rows(1, 100)),
    kind('data_visualization', 'title! chart! block_id', { chart }),
  ),
};

const about = 'blocks! private_metadata callback_id';
const flags = 'clear_on_close notify_on_close submit_disabled';
const labels = { title: plain(24), submit: plain(24), close: plain(24) };
/** A view around its blocks. */
export const viewShape = {
  home: (inside: z.ZodType) => kind('home', about, { blocks: inside }),
  modal: (inside: z.ZodType) =>
    kind('modal', `title! submit close ${about} ${flags}`, { ...labels, blocks: inside }),
};
