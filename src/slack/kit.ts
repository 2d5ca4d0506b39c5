import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ConfirmationDialog,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  StaticSelect,
} from '@slack/types';

/**
 * Block Kit's primitives, with Slack's limits kept: too long a text is cut with an ellipsis instead of being refused
 * with the whole message. Everything that comes from outside goes through `escape` first.
 */

/** Makes text from people and other apps harmless in mrkdwn: no mentions, no links, no channel-wide calls. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `length` characters, the last of them an ellipsis if something was cut. Never half a surrogate pair. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** One line of text from outside, escaped and cut. */
export function line(text: string, length = 150): string {
  return escape(truncate(text.replace(/\s+/g, ' ').trim(), length));
}

/** What somebody wrote, as a quotation: escaped, cut, each line behind its mark. */
export function quote(text: string, length = 600): string {
  return `>${escape(truncate(text, length)).replace(/\r?\n/g, '\n>')}`;
}

export function plain(text: string, length = 75): PlainTextElement {
  return { type: 'plain_text', text: truncate(text, length), emoji: true };
}

export function mrkdwn(text: string, length = 3000): MrkdwnElement {
  // Verbatim: Slack must not make channels and people out of what a lead is called.
  return { type: 'mrkdwn', text: truncate(text, length).replace(/&[a-z]{0,3}…$/, '…'), verbatim: true };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, 150) };
}

export function section(text: string, accessory?: SectionBlock['accessory']): SectionBlock {
  return { type: 'section', text: mrkdwn(text), ...(accessory && { accessory }) };
}

export function context(...texts: string[]): ContextBlock {
  return { type: 'context', elements: texts.slice(0, 10).map((text) => mrkdwn(text, 2000)) };
}

export function actions(elements: ActionsBlockElement[], blockId?: string): ActionsBlock {
  return { type: 'actions', elements, ...(blockId !== undefined && { block_id: blockId }) };
}

const rowMark = 'row:';

/**
 * Names the buttons of a row that says itself what was done with them.
 * @param id tells it from the other rows
 * @param list the name of the list it is in, where a click has to say in which
 */
export function rowBlock(id: number, list?: string): string {
  return `${rowMark}${id}${list === undefined ? '' : `:${list}`}`;
}

/** The name of the list that this row is in. */
export function listOfRow(blockId: string | undefined): string | undefined {
  return isRowBlock(blockId) ? blockId?.split(':')[2] : undefined;
}

export function isRowBlock(blockId: string | undefined): boolean {
  return blockId?.startsWith(rowMark) ?? false;
}

export interface ButtonOptions {
  value?: string;
  style?: 'primary' | 'danger';
  /** What a screen reader says, where the label alone is unclear. */
  label?: string;
  confirm?: ConfirmationDialog;
}

export function button(text: string, actionId: string, options: ButtonOptions = {}): Button {
  const { value, style, label, confirm } = options;
  return {
    type: 'button',
    text: plain(text),
    action_id: actionId,
    ...(value !== undefined && { value }),
    ...(style && { style }),
    ...(label !== undefined && { accessibility_label: truncate(label, 75) }),
    ...(confirm && { confirm }),
  };
}

export function option(text: string, value: string): PlainTextOption {
  return { text: plain(text), value };
}

export function select(placeholder: string, actionId: string, options: PlainTextOption[]): StaticSelect {
  return { type: 'static_select', placeholder: plain(placeholder, 150), action_id: actionId, options };
}

/** The menu behind the three dots. @param options one to five */
export function overflow(actionId: string, options: PlainTextOption[]): Overflow {
  return { type: 'overflow', action_id: actionId, options };
}

/** A form field; block and action share one id, so that errors and values are found by it. */
export function input(
  id: string,
  label: string,
  element: InputBlock['element'],
  more: { hint?: string; optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 2000),
    element: { ...element, action_id: id },
    ...(more.hint !== undefined && { hint: plain(more.hint, 2000) }),
    ...(more.optional && { optional: true }),
  };
}

/** As many of the blocks, from the first, as one message surely takes: Slack refuses too much text as a whole. */
export function fitting<Block extends object>(blocks: readonly Block[], characters = 8000): Block[] {
  let left = characters;
  const end = blocks.findIndex((block) => (left -= JSON.stringify(block).length) < 0);
  return end === -1 ? [...blocks] : blocks.slice(0, end);
}

/**
 * As many parts of several blocks each, from the first, as one message or view surely takes, beside a few blocks around
 * them. Slack counts blocks, and the letters that people read.
 */
export function fittingParts<Block extends object>(
  parts: readonly (readonly Block[])[],
  { blocks, letters }: { blocks: number; letters: number } = { blocks: 44, letters: 8000 },
): (readonly Block[])[] {
  let [blocksLeft, lettersLeft] = [blocks, letters];
  const end = parts.findIndex((part) => {
    blocksLeft -= part.length;
    lettersLeft -= lettersIn(part);
    return blocksLeft < 0 || lettersLeft < 0;
  });
  return end === -1 ? [...parts] : parts.slice(0, end);
}

/** The letters of every `text` in these blocks. */
function lettersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]: [string, unknown]) =>
      sum + (key === 'text' && typeof item === 'string' ? item.length : lettersIn(item)),
    0,
  );
}

export function user(id: string): string {
  return `<@${id}>`;
}

/**
 * A time in each reader's own zone, and as near as it is when they read it (`tomorrow at 9:00`): for messages, which stay.
 * Forms say it in words (`date-text.ts`). @param at UTC milliseconds
 */
export function when(at: number): string {
  return slackDate(at, '{date_short_pretty} at {time}');
}

/** The same without its time of day. */
export function whenDay(at: number): string {
  return slackDate(at, '{date_short_pretty}');
}

/** With what clients show that can't format it. */
function slackDate(at: number, format: string): string {
  const fallback = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(at / 1000)}^${format}|${fallback} UTC>`;
}

/** `Mail bounced` inside a sentence is `mail bounced`; `CRM says no` stays as it is. */
export function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** `1 lead`, `2 leads`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
