import type { Fields } from './types.ts';
import { isFields, show } from './values.ts';

type ElementCheck = (problems: Problems, element: Fields, at: string) => void;

/** Collects what is wrong, in Slack's words: `[ERROR] what [json-pointer:where]`. */
export class Problems {
  readonly lines: string[] = [];

  add(what: string, at: string): void {
    this.lines.push(`[ERROR] ${what} [json-pointer:${at}]`);
  }

  /** Checks a string field. */
  string(
    owner: Fields,
    name: string,
    at: string,
    rule: { max?: number; required?: boolean; mayBeEmpty?: boolean },
  ): void {
    const value = owner[name];
    if (value === undefined || value === null) {
      if (rule.required === true) this.add(`missing required field: ${name}`, at);
      return;
    }
    if (typeof value !== 'string') return this.add('must be a string', `${at}/${name}`);
    if (value === '' && rule.mayBeEmpty !== true) this.add('must be more than 0 characters', `${at}/${name}`);
    if (rule.max !== undefined && value.length > rule.max) {
      this.add(`must be less than ${rule.max + 1} characters`, `${at}/${name}`);
    }
  }

  /** Checks a text object (`plain_text` or `mrkdwn`). */
  text(
    owner: Fields,
    name: string,
    at: string,
    rule: { max: number; plain?: boolean; required?: boolean },
  ): void {
    const value = owner[name];
    if (value === undefined || value === null) {
      if (rule.required === true) this.add(`missing required field: ${name}`, at);
      return;
    }
    const here = `${at}/${name}`;
    if (!isFields(value)) return this.add('must be a text object', here);
    if (value.type !== 'plain_text' && (rule.plain === true || value.type !== 'mrkdwn')) {
      this.add(`unsupported type: ${String(value.type)}`, `${here}/type`);
    }
    if (value.type === 'mrkdwn' && value.emoji !== undefined)
      this.add('invalid additional property: emoji', here);
    this.string(value, 'text', here, { max: rule.max, required: true });
  }

  /** Checks that a field is a list of a permitted length. */
  items(owner: Fields, name: string, at: string, min: number, max: number): void {
    const value = owner[name];
    if (!Array.isArray(value)) return this.add(`missing required field: ${name}`, at);
    if (value.length < min) this.add(`no fewer than ${min} items allowed`, `${at}/${name}`);
    if (value.length > max) this.add(`no more than ${max} items allowed`, `${at}/${name}`);
  }

  oneOf(owner: Fields, name: string, at: string, allowed: string[], required = false): void {
    const value = owner[name];
    if (value === undefined) {
      if (required) this.add(`missing required field: ${name}`, at);
      return;
    }
    if (!allowed.includes(show(value))) {
      this.add(`must be one of the allowed values: ${allowed.join(', ')}`, `${at}/${name}`);
    }
  }

  /** Checks a block's elements: permitted types, `action_id` unique within the block, each by its own rules. */
  elements(elements: unknown, at: string, allowed: string[], check: ElementCheck): void {
    const ids = new Set<unknown>();
    (Array.isArray(elements) ? (elements as unknown[]) : []).forEach((element, index, all) => {
      const here = all.length === 1 && !at.endsWith('s') ? at : `${at}/${index}`;
      if (!isFields(element)) return this.add('must be an element object', here);
      if (!allowed.includes(String(element.type))) {
        return this.add(`unsupported type: ${String(element.type)}`, `${here}/type`);
      }
      if (element.action_id !== undefined && ids.has(element.action_id)) {
        this.add(`\`action_id\` "${show(element.action_id)}" already exists`, `${here}/action_id`);
      }
      ids.add(element.action_id);
      check(this, element, here);
    });
  }
}
