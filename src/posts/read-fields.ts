import { emailsIn } from '../intake/email.ts';
import type { LabelLine } from './label-line.ts';
import { splitLabel, tidyValue, withoutEmphasis } from './label-line.ts';
import type { FieldKey } from '../intake/labels.ts';
import { withoutWordsOfMessage } from './message-words.ts';
import type { Unit } from './post-unit.ts';
import { type Row, splitOneLine, toRows } from './rows.ts';

/** One labelled value. `key` is null for labels we do not know. */
export interface FoundField {
  key: FieldKey | null;
  label: string;
  value: string;
}

export interface FieldReading {
  /** In the order of the post; empty values are left out. */
  found: FoundField[];
  /** The lines that belong to no field, by unit. */
  free: string[][];
}

/** Finds the labelled values of a post, each read only from its own place. */
export function readFields(units: Unit[]): FieldReading {
  const rows = withoutWordsOfMessage(splitOneLine(toRows(units)), units);
  const found: FoundField[] = [];
  const free: string[][] = units.map(() => []);
  for (let index = 0; index < rows.length;) {
    const row = rows[index] as Row;
    const label = units[row.unit]?.label;
    if (label !== undefined) {
      const end = endOfUnit(rows, index);
      addField(found, fixedField(label, textOf(rows.slice(index, end))));
      index = end;
    } else if (row.mark === null) {
      free[row.unit]?.push(withoutEmphasis(row.text).trim());
      index += 1;
    } else {
      const end = endOfValue(rows, index, units);
      const value = [row.mark.value, textOf(rows.slice(index + 1, end))]
        .filter((part) => part !== '')
        .join('\n');
      addField(found, { key: row.mark.key, label: row.mark.label, value });
      index = end;
    }
  }
  return { found, free };
}

/** The value of the first field with that key that `accept` makes something of. */
export function pick<T>(found: FoundField[], key: FieldKey, accept: (value: string) => T | null): T | null {
  for (const field of found) {
    const accepted = field.key === key ? accept(field.value) : null;
    if (accepted !== null) return accepted;
  }
  return null;
}

function endOfUnit(rows: Row[], start: number): number {
  const unit = rows[start]?.unit;
  let end = start + 1;
  while (rows[end]?.unit === unit && end < rows.length) end += 1;
  return end;
}

/** Where the value of the label at `start` ends: with its line, or later for messages and labels with an empty line. */
function endOfValue(rows: Row[], start: number, units: Unit[]): number {
  const row = rows[start] as Row;
  const mark = row.mark as LabelLine;
  const unit = units[row.unit];
  const unitEnd = endOfUnit(rows, start);
  if (unit?.cell === true && mark.value === '') return unitEnd;
  if (mark.key === 'message') {
    const end = endOfMessage(rows, start + 1, unitEnd);
    return end === start + 1 && mark.value === '' ? endOfNextUnit(rows, start, units) : end;
  }
  if (mark.value !== '') return start + 1;
  const next = rows[start + 1];
  if (next === undefined) return start + 1;
  if (next.unit !== row.unit) return mark.key === null ? start + 1 : endOfNextUnit(rows, start, units);
  if (next.text.trim() === '') return start + 1;
  if (mark.key === null && mark.style === 'colon' && !mark.label.endsWith('?')) return start + 1;
  const taken =
    next.mark === null || (mark.style !== 'colon' && next.mark.key === null && next.mark.style !== 'bold');
  return taken ? start + 2 : start + 1;
}

function endOfMessage(rows: Row[], start: number, limit: number): number {
  let end = start;
  while (end < limit && rows[end]?.mark === null) end += 1;
  return end;
}

/** A label that is all its block says may have its value in the next block, unless that one starts with a label. */
function endOfNextUnit(rows: Row[], start: number, units: Unit[]): number {
  const row = rows[start] as Row;
  const next = rows[start + 1];
  const isWholeUnit = units[row.unit]?.lines.filter((line) => line.trim() !== '').length === 1;
  if (!isWholeUnit || row.mark?.style === 'alone' || next === undefined || next.unit === row.unit)
    return start + 1;
  const nextUnit = units[next.unit];
  if (nextUnit?.label !== undefined || nextUnit?.heading === true || nextUnit?.cell === true)
    return start + 1;
  if (next.mark !== null) return start + 1;
  return row.mark?.key === 'message' ? endOfMessage(rows, start + 1, endOfUnit(rows, start + 1)) : start + 2;
}

function fixedField(label: string, value: string): FoundField {
  const mark = splitLabel(`${label}:`);
  return { key: mark?.key ?? null, label: mark?.label ?? label.trim(), value };
}

function addField(found: FoundField[], field: FoundField): void {
  const value = tidyValue(field.key === 'message' ? tidyMessage(field.value) : withoutEmphasis(field.value));
  if (value !== '') found.push({ ...field, value });
}

/** Without quote marks, and without the "View in …" link that CRMs put under the last field. */
function tidyMessage(value: string): string {
  const lines = value.split('\n').map((line) => line.replace(/^\s*>\s?/, '').trimEnd());
  while (/^\s*$|^\W{0,4}(?:view|open|see)\b.{0,80}\(https?:\/\/\S+\)$/i.test(lines.at(-1) ?? '-'))
    lines.pop();
  return withoutFooter(lines).join('\n').trim();
}

/** What a form builder notes below a line of dashes: `Date: …`, `Powered by: …`. */
function withoutFooter(lines: string[]): string[] {
  const rule = lines.findLastIndex((text) => /^\s*[-–—_=*]{3,}\s*$/.test(text));
  const below = lines.slice(rule + 1).filter((text) => text.trim() !== '');
  return rule > 0 && below.every((text) => splitLabel(text) !== null) ? lines.slice(0, rule) : lines;
}

function textOf(rows: Row[]): string {
  return rows.map((row) => row.text).join('\n');
}

/** The mail addresses of the whole post, to tell a lead from a list. */
export function allEmails(units: Unit[]): string[] {
  return emailsIn(units.flatMap((unit) => unit.lines).join('\n'));
}
