import { randomBytes } from 'node:crypto';

/** A JSON object whose shape is not (or not fully) known: most of what Slack and its apps exchange. */
export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
export const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
export const isTrue = (value: unknown): boolean => ['true', '1'].includes(String(value));

/** A string, or a number written as one; `undefined` for everything else, the empty string included. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : undefined;

/** What a JSON text says, or `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** An id such as Slack gives: a letter for the kind and ten capitals or digits. */
export const newId = (prefix: string): string =>
  prefix + Array.from(randomBytes(10), (byte) => alphabet[byte % alphabet.length]).join('');

/** A refusal by the Web API: `{ ok: false, error: code, … }`; `messages` name what is wrong line by line. */
export class SlackError extends Error {
  readonly details: Fields;

  constructor(code: string, details: Fields = {}, messages?: string[]) {
    super(code);
    this.details = messages === undefined ? details : { ...details, response_metadata: { messages } };
  }
}

/** A refusal by the control API, in a sentence for whoever writes the test or looks at the page. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}
