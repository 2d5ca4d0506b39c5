import type { Message } from '../../src/sandbox/index.ts';
import { channels, people, type PersonName, type World } from './world.ts';

/**
 * What one person sees while a story goes on, word for word: new messages, and what a message changed into. Times are
 * local, mentions are names, buttons stand in brackets.
 */
export class Transcript {
  readonly #world: World;
  readonly #person: PersonName;
  readonly #seen = new Map<string, string>();
  readonly #lines: string[] = [];

  constructor(world: World, person: PersonName) {
    this.#world = world;
    this.#person = person;
    this.#news();
  }

  /** Adds what is new since the last look, under the moment and what has happened. */
  after(what: string): void {
    this.#lines.push('', `## ${localTime(this.#world.now)}: ${what}`, ...this.#news());
  }

  chapter(title: string): void {
    this.#lines.push(...(this.#lines.length === 0 ? [] : ['', '']), `# ${title}`);
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #news(): string[] {
    const { sandbox } = this.#world;
    const me = people[this.#person];
    const inChannel = sandbox
      .messages(channels.leads)
      .filter(({ ephemeral_to: reader }) => reader === undefined || reader === me)
      .map((message) => ({ where: placeOf(message), message }));
    const direct = sandbox.directMessages(me).map((message) => ({ where: 'direct message', message }));
    return [...inChannel, ...direct].flatMap(({ where, message }) => {
      const key = `${where} ${message.ts}`;
      const text = readable(message);
      const before = this.#seen.get(key);
      if (before === text) return [];
      this.#seen.set(key, text);
      return [
        '',
        `${before === undefined ? '' : 'now reads, '}${where}:`,
        ...text.split('\n').map((line) => `    ${line}`.trimEnd()),
      ];
    });
  }
}

function placeOf(message: Message): string {
  if (message.ephemeral_to !== undefined) return 'only for you';
  return message.thread_ts === undefined || message.thread_ts === message.ts ? 'channel' : 'thread';
}

type Block = Record<string, unknown>;

/** A message as its reader sees it, in plain lines. */
export function readable(message: Pick<Message, 'text' | 'blocks'>): string {
  const blocks = (message.blocks ?? []) as Block[];
  const lines = blocks.length === 0 ? [message.text] : blocks.flatMap(linesOf);
  return plain(lines.join('\n'));
}

function linesOf(block: Block): string[] {
  const text = textIn(block['text']);
  const elements = (block['elements'] ?? []) as Block[];
  switch (block['type']) {
    case 'actions':
      return [elements.map((element) => `[${labelOf(element)}]`).join(' ')];
    case 'context':
      return elements.map((element) => textIn(element));
    case 'rich_text':
      return [richText(block)];
    case 'divider':
      return ['---'];
    default: {
      const accessory = block['accessory'] as Block | undefined;
      return [accessory === undefined ? text : `${text} [${labelOf(accessory)}]`];
    }
  }
}

function labelOf(element: Block): string {
  if (element['type'] === 'overflow') return '⋯';
  return textIn(element['text']) || `${textIn(element['placeholder'])} ▾`;
}

function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return textIn((value as Block)['text']);
}

function richText(value: unknown): string {
  if (Array.isArray(value)) return value.map(richText).join('');
  if (typeof value !== 'object' || value === null) return '';
  const block = value as Block;
  return typeof block['text'] === 'string' ? block['text'] : richText(block['elements']);
}

const names = new Map(Object.entries(people).map(([name, id]) => [id as string, name]));

function plain(text: string): string {
  return text
    .replace(/<!date\^(\d+)\^[^|]*\|[^>]*>/g, (_, seconds: string) => localTime(Number(seconds) * 1000))
    .replace(/<@(\w+)>/g, (_, id: string) => {
      const name = names.get(id) ?? id;
      return `@${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    })
    .replace(/<(?:mailto:|tel:|https?:)[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `Tue 3 Nov 2026, 10:00` in Berlin. */
function localTime(at: number): string {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part['weekday']} ${part['day']} ${part['month']} ${part['year']}, ${part['hour']}:${part['minute']}`;
}
