import { decodeMrkdwn } from './mrkdwn.ts';

const MOST_CHARACTERS = 20_000;
const MOST_NODES = 2_000;

/**
 * A piece of a post that stands for itself: a text, a block, a field. A value never runs from one unit into the next
 * unless its label was all there was. With a `label`, the lines are its value and nothing in them is a label.
 */
export interface Unit {
  lines: string[];
  label?: string;
  /** One cell of a grid of fields: where its first line is only a label, the rest is the value. */
  cell?: true;
  /** A headline: never a label, whatever word it is. */
  heading?: true;
}

/** What may still be read of one post; shared by all its parts, so nesting does not multiply it. */
export interface Budget {
  characters: number;
  nodes: number;
}

export function newBudget(): Budget {
  return { characters: MOST_CHARACTERS, nodes: MOST_NODES };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 500) : [];
}

/** Takes a text from the budget; '' where it is no text, or nothing is left. */
export function takeText(value: unknown, budget: Budget): string {
  if (typeof value !== 'string' || budget.characters <= 0) return '';
  const text = value.slice(0, budget.characters).toWellFormed();
  budget.characters -= text.length;
  return text;
}

/** What Slack puts where a client cannot show the content. */
const STAND_IN =
  /^\s*(?:This content can['’]t be displayed\.?|\[no preview available\]|no preview available)\s*$/i;

/** One unit of marked-up text, or none where there is nothing to read. */
export function textUnit(value: unknown, budget: Budget, kind?: 'cell' | 'heading'): Unit[] {
  return linesUnit(decodeMrkdwn(takeText(value, budget)), kind);
}

/** Runs of blanks mean nothing, and patterns that trim would look at each blank again and again. */
const PADDING = /[^\S\n\t]{8,}|\t{8,}/g;

/** An object that somebody posts as it is, in code marks or without: each value is a field. */
function fromJson(text: string): Unit[] {
  const body = text.trim().replace(/^```(?:json)?\s*|\s*```$/gi, '');
  if (!body.startsWith('{') || !body.endsWith('}')) return [];
  try {
    return Object.entries(JSON.parse(body) as object).flatMap(([label, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [{ label, lines: String(value).split('\n') }]
        : [],
    );
  } catch {
    return [];
  }
}

/** One unit of text that is already plain. */
export function linesUnit(text: string, kind?: 'cell' | 'heading'): Unit[] {
  if (text.trim() === '' || STAND_IN.test(text)) return [];
  const fields = fromJson(text);
  if (fields.length > 0) return fields;
  const lines = text.replace(PADDING, ' ').split('\n');
  if (kind === undefined) return [{ lines }];
  return [kind === 'cell' ? { lines, cell: true } : { lines, heading: true }];
}
