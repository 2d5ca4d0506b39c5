import type { FieldKey } from '../intake/labels.ts';
import { fieldKey } from '../intake/labels.ts';

/**
 * How a label was set apart from its value. Bold labels are the sender's template and trusted most; `alone` is a known
 * label on a line of its own; `weak` is a dash, bar, tab or equals sign, which prose uses too.
 */
export type LabelStyle = 'bold' | 'colon' | 'alone' | 'weak';

export interface LabelLine {
  label: string;
  /** Null: a label we do not know; it still ends the value before it. */
  key: FieldKey | null;
  /** Empty when the value is on the next line. */
  value: string;
  style: LabelStyle;
}

const LONGEST_LABEL = 90;
const BULLET = /^(?:[\s>•◦▪‣·–—-]|\*\s|:[a-z0-9_+-]{1,40}:|[\p{Extended_Pictographic}\ufe0f\u200d\u20e3])+/u;
const EMPHASIS = ['**', '__', '*', '_'] as const;
const NO_VALUE =
  /^(?:[-–—.?]*|n\/?a|n\.a\.|none|null|nil|undefined|empty|unknown|not (?:provided|set|given|specified)|no (?:value|answer|response)|\(?(?:blank|empty|no value|not provided|not set)\)?|k\.? ?a\.?|keine angabe|\[\s*\])$/i;

/** The label at the start of a line and what follows it, or null where the line is only text. Linear in the line. */
export function splitLabel(line: string): LabelLine | null {
  const text = line.replace(BULLET, '').trim();
  if (text === '') return null;
  return emphasised(text) ?? withColon(text) ?? withWeakSeparator(text) ?? alone(text);
}

/** A value without emphasis, code marks and quote marks; '' for the many ways to say "nothing was entered". */
export function tidyValue(value: string): string {
  let text = value.trim();
  for (const mark of ['```', '`', ...EMPHASIS, '"', "'"]) {
    const wrapped = text.length > 2 * mark.length && text.startsWith(mark) && text.endsWith(mark);
    if (wrapped && !text.slice(mark.length, -mark.length).includes(mark)) {
      text = text.slice(mark.length, -mark.length).trim();
    }
  }
  return NO_VALUE.test(text) ? '' : text;
}

/** A line as a reader sees it: without the emphasis around its first words. */
export function withoutEmphasis(line: string): string {
  return line.replace(/(^|[\s(>•:-])(\*\*|\*)(?=\S)([^*\n]{1,200})\2/g, '$1$3');
}

function emphasised(text: string): LabelLine | null {
  const mark = EMPHASIS.find((candidate) => text.startsWith(candidate));
  if (mark === undefined) return null;
  const end = text.indexOf(mark, mark.length + 1);
  if (end === -1 || end > LONGEST_LABEL) return null;
  const inner = text.slice(mark.length, end).trim();
  const rest = text.slice(end + mark.length).trimStart();
  const colonInside = /[:：]$/.test(inner);
  const label = trimLabel(inner);
  const key = fieldKey(label);
  if (rest === '' && !colonInside && key === null) {
    const nested = splitNested(inner);
    if (nested !== null) return nested;
  }
  if (label === '' || /[\n@]|:\/\//.test(label)) return null;
  if (colonInside) return { label, key, value: rest, style: 'bold' };
  if (/^[:：](?!\/\/|[a-z0-9_+-]{1,40}:)/.test(rest))
    return { label, key, value: rest.slice(1).trim(), style: 'bold' };
  if (rest === '' && (key !== null || label.endsWith('?'))) return { label, key, value: '', style: 'bold' };
  if (mark.startsWith('*') && (key !== null || label.endsWith('?'))) {
    return { label, key, value: rest.replace(/^[-–—=|]\s*/, ''), style: 'bold' };
  }
  return null;
}

/** The whole of `*Email: ada@x*` is bold: the label is inside. */
function splitNested(inner: string): LabelLine | null {
  const split = withColon(inner);
  return split?.key == null ? null : { ...split, style: 'bold' };
}

function withColon(text: string): LabelLine | null {
  const colon = /[:：]/.exec(text.slice(0, LONGEST_LABEL))?.index ?? -1;
  if (colon < 1) return null;
  const after = text.slice(colon + 1);
  if (after.startsWith('//') || /^(?:https?|mailto|tel|ftp)$/i.test(text.slice(0, colon))) return null;
  const label = trimLabel(text.slice(0, colon));
  const key = fieldKey(label);
  if (key === null && !readsAsLabel(label, after)) return null;
  return { label, key, value: after.trim(), style: 'colon' };
}

/** Prose has colons too ("Ada wrote: …", "at 10:30"): an unknown label is short and has no punctuation in it. */
function readsAsLabel(label: string, after: string): boolean {
  if (after === '' || !/^\s/.test(after)) return false;
  if (label.endsWith('?')) return label.length <= 80;
  return (
    label.length <= 40 &&
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _/&()'’#-]*$/u.test(label) &&
    label.split(/\s+/).length <= 5
  );
}

function withWeakSeparator(text: string): LabelLine | null {
  const found = /^([^\t=|–—]{1,60}?)(?:\s*(?:\t|=>?)\s*|\s+[|–—-]\s+)(.*)$/.exec(text);
  if (found === null) return null;
  const label = trimLabel(found[1] ?? '');
  const key = fieldKey(label);
  return key === null ? null : { label, key, value: (found[2] ?? '').trim(), style: 'weak' };
}

const ORIGINS: ReadonlySet<FieldKey> = new Set(['form', 'page', 'campaign', 'source']);

/** A heading such as "Landing page" must not take the next line for itself, so nothing that says where it came in. */
function alone(text: string): LabelLine | null {
  if (text.length > LONGEST_LABEL) return null;
  const label = trimLabel(text);
  const key = fieldKey(label);
  if (key === null || ORIGINS.has(key)) return null;
  return { label, key, value: '', style: 'alone' };
}

function trimLabel(text: string): string {
  return text.replace(BULLET, '').replace(/^[*_`~\s]+|[*_`~\s:：]+$/g, '');
}
