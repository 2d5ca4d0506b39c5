import {
  blocks as blockKinds,
  checks,
  elements,
  most,
  surfaces,
  views,
  type Rule,
  type Shape,
  type Surface,
} from './block-rules.ts';
import type { Fields } from './types.ts';
import { isFields, listOf, show } from './values.ts';

export type { Surface };

/** Collects what is wrong, in Slack's words: `[ERROR] what [json-pointer:where]`. */
class Problems {
  readonly lines: string[] = [];

  add(what: string, at: string): void {
    this.lines.push(`[ERROR] ${what} [json-pointer:${at}]`);
  }

  shape(value: Fields, fields: Shape, at: string): void {
    for (const [name, rule] of Object.entries(fields)) {
      const given = value[name];
      if (given !== undefined && given !== null) this.check(given, rule, `${at}/${name}`);
      else if (rule.required === true) this.add(`missing required field: ${name}`, at);
    }
    for (const name of Object.keys(value)) {
      if (!(name in fields) && name !== 'type') this.add(`invalid additional property: ${name}`, at);
    }
  }

  /** Checks a block or element by the rules for its type. */
  kind(value: Fields, fields: Shape, at: string): void {
    this.shape(value, fields, at);
    for (const [what, where] of checks[String(value.type)]?.(value) ?? []) this.add(what, at + where);
  }

  check(value: unknown, rule: Rule, at: string): void {
    switch (rule.is) {
      case 'anything':
        return;
      case 'string':
        return this.#string(value, rule, at);
      case 'boolean':
        return typeof value === 'boolean' ? undefined : this.add('must be a boolean', at);
      case 'number':
        return this.#number(value, rule, at);
      case 'text':
        return this.#text(value, rule, at);
      case 'list':
        return this.#list(value, rule, at);
      case 'object':
        return isFields(value) ? this.shape(value, rule.fields ?? {}, at) : this.add('must be an object', at);
      case 'typed':
        return this.#typed(value, rule, at);
      default:
        return rule.is satisfies never;
    }
  }

  #string(value: unknown, { min = 0, max = Infinity, pattern, oneOf }: Rule, at: string): void {
    if (typeof value !== 'string') return this.add('must be a string', at);
    if (value.length < min) this.add('must be more than 0 characters', at);
    if (value.length > max) this.add(`must be less than ${max + 1} characters`, at);
    if (pattern?.test(value) === false) this.add(`invalid format: ${value}`, at);
    if (oneOf?.includes(value) === false) {
      this.add(`must be one of the allowed values: ${oneOf.join(', ')}`, at);
    }
  }

  #number(value: unknown, { min = -Infinity, max = Infinity }: Rule, at: string): void {
    if (typeof value !== 'number' || !Number.isFinite(value)) return this.add('must be a number', at);
    if (value < min)
      this.add(min === Number.MIN_VALUE ? 'must be more than 0' : `must be at least ${min}`, at);
    if (value > max) this.add(`must be at most ${max}`, at);
  }

  #text(value: unknown, rule: Rule, at: string): void {
    if (!isFields(value)) return this.add('must be a text object', at);
    const { type } = value;
    if (type !== 'plain_text' && (rule.plain === true || type !== 'mrkdwn')) {
      return this.add(`unsupported type: ${show(type)}`, `${at}/type`);
    }
    const own: Shape = type === 'mrkdwn' ? { verbatim: { is: 'boolean' } } : { emoji: { is: 'boolean' } };
    this.shape(value, { text: { ...rule, is: 'string', required: true }, ...own }, at);
  }

  #list(value: unknown, { min = 0, max = Infinity, of, unique }: Rule, at: string): void {
    if (!Array.isArray(value)) return this.add('must be an array', at);
    if (value.length < min) this.add(`no fewer than ${min} items allowed`, at);
    if (value.length > max) return this.add(`no more than ${max} items allowed`, at);
    const seen = new Set<unknown>();
    value.forEach((item: unknown, index) => {
      if (of !== undefined) this.check(item, of, `${at}/${index}`);
      if (unique === undefined) return;
      const key = unique === '' ? item : isFields(item) ? item[unique] : undefined;
      if (key !== undefined && seen.has(key)) {
        this.add(`\`${unique === '' ? 'item' : unique}\` "${show(key)}" already exists`, `${at}/${index}`);
      }
      seen.add(key);
    });
  }

  #typed(value: unknown, { types = [] }: Rule, at: string): void {
    const type = isFields(value) ? String(value.type) : 'none';
    const kind = types.includes(type) ? elements[type] : undefined;
    if (kind === undefined || !isFields(value)) return this.add(`unsupported type: ${type}`, `${at}/type`);
    this.kind(value, kind, at);
  }
}

/**
 * What Slack would refuse in these blocks, as the lines of `response_metadata.messages`; empty when it would accept.
 * `at` is the JSON pointer of the list.
 */
export function blockProblems(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  if (!Array.isArray(blocks)) return [`[ERROR] must be an array of blocks [json-pointer:${at}]`];
  const problems = new Problems();
  const max = most.blocks[surface];
  problems.check(blocks, { is: 'list', max, unique: 'block_id' }, at);
  const counts: Record<string, number> = {};
  blocks.slice(0, max).forEach((block: unknown, index) => {
    const here = `${at}/${index}`;
    const type = isFields(block) ? String(block.type) : 'none';
    const kind = blockKinds[type];
    if (kind === undefined || surfaces[type]?.includes(surface) === false || !isFields(block)) {
      return problems.add(`unsupported type: ${type}`, `${here}/type`);
    }
    problems.kind(block, { ...kind, block_id: { is: 'string', min: 1, max: 255 } }, here);
    counts[type] = (counts[type] ?? 0) + 1;
    if (counts[type] === (most.ofType[type] ?? Infinity) + 1) problems.add(`too many ${type} blocks`, here);
  });
  for (const [type, characters] of Object.entries(most.characters)) {
    const total = textLength(listOf(blocks).filter((block) => block.type === type));
    if (total > characters) {
      problems.add(`must be less than ${characters + 1} characters in all ${type} blocks`, at);
    }
  }
  return problems.lines;
}

/** Characters that people can read in these blocks, which Slack adds up for `msg_blocks_too_long`. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  if (!isFields(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : textLength(item)),
    0,
  );
}

/** Whether Slack answers `msg_blocks_too_long` to these blocks. */
export function isTooLong(blocks: unknown): boolean {
  return textLength(blocks) > most.messageText;
}

/** What Slack would refuse in a message, its blocks' length and its attachments' blocks included. */
export function messageProblems(message: {
  text?: string;
  blocks?: unknown;
  attachments?: unknown;
}): string[] {
  const { text = '', blocks, attachments } = message;
  const isEmpty = text === '' && listOf(blocks).length === 0 && listOf(attachments).length === 0;
  const attached = listOf(attachments).flatMap((attachment, index) =>
    attachment.blocks === undefined
      ? []
      : blockProblems(attachment.blocks, 'message', `/attachments/${index}/blocks`),
  );
  return [
    ...(isEmpty ? ['no_text'] : []),
    ...(isTooLong(blocks) ? ['msg_blocks_too_long'] : []),
    ...(blocks === undefined ? [] : blockProblems(blocks, 'message')),
    ...attached,
  ];
}

/** What Slack would refuse in a view given to `views.open`, `push`, `update` or `publish`. */
export function viewProblems(view: Fields, expected: 'modal' | 'home' | undefined): string[] {
  const { type } = view;
  const problems = new Problems();
  if ((type !== 'modal' && type !== 'home') || (expected !== undefined && type !== expected)) {
    problems.add(`unsupported type: ${show(type)}`, '/view/type');
    return problems.lines;
  }
  problems.shape(view, views[type], '/view');
  const hasInput = listOf(view.blocks).some((block) => block.type === 'input');
  if (type === 'modal' && hasInput && !isFields(view.submit)) {
    problems.add('missing required field: submit', '/view');
  }
  return [...problems.lines, ...blockProblems(view.blocks, type, '/view/blocks')];
}
