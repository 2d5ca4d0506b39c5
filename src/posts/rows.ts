import { fieldKey, plainLabel } from '../intake/labels.ts';
import { type LabelLine, type LabelStyle, splitLabel } from './label-line.ts';
import type { Unit } from './post-unit.ts';

/** One line of a post, and the label it starts with. */
export interface Row {
  unit: number;
  text: string;
  mark: LabelLine | null;
  /** Behind a message label of its own unit: what looks like a label here may be the prospect's own words. */
  inMessage: LabelStyle | null;
}

export function toRows(units: Unit[]): Row[] {
  const isGrid = units.some((unit) => fieldKey(boldOnTop(unit) ?? '') !== null);
  const rows = units.flatMap((unit, index) =>
    unit.lines.map((text, line): Row => {
      const mark = isReadable(unit)
        ? (splitLabel(text) ?? (line === 0 && isGrid ? cellLabel(unit) : null))
        : null;
      return {
        unit: index,
        text,
        mark: mark !== null && isAnnouncement(mark) ? null : mark,
        inMessage: null,
      };
    }),
  );
  if (rows.some(({ mark }) => mark?.key != null)) return rows;
  return rows.flatMap((row) => (isReadable(units[row.unit]) ? splitBars(row) : [row]));
}

function isReadable(unit: Unit | undefined): boolean {
  return unit?.label === undefined && unit?.heading === undefined;
}

/** `Missed call | Number: … | Caller: …`: bars between labelled parts, behind words that are no label. */
function splitBars(row: Row): Row[] {
  const parts = row.text.split(/\s*\|\s*/).filter((part) => part !== '');
  const isLabelled = (part: string): boolean => (splitLabel(part)?.value ?? '') !== '';
  if (parts.length > 30 || parts.filter(isLabelled).length < 2) return [row];
  const message = parts.findIndex((part) => splitLabel(part)?.key === 'message');
  const pieces = message === -1 ? parts : [...parts.slice(0, message), parts.slice(message).join(' | ')];
  return pieces.map((text) => ({ ...row, text, mark: splitLabel(text) }));
}

/** Where labels stand bold above their values, one is a label also where we don't know it. */
function cellLabel(unit: Unit): LabelLine | null {
  const label = boldOnTop(unit);
  return label === null ? null : { label, key: null, value: '', style: 'bold' };
}

function boldOnTop(unit: Unit): string | null {
  if (unit.label !== undefined || unit.heading === true || unit.lines.length < 2) return null;
  return /^\*([^*\n@]{1,80})\*$/.exec((unit.lines[0] ?? '').trim())?.[1]?.trim() || null;
}

/** "New lead: …", "New form submission: …", "from the webinar: …" tell what the post is; they label nothing. */
function isAnnouncement(mark: LabelLine): boolean {
  return (
    mark.key === null &&
    /^(?:an? )?(?:new|neue[rs]?|nouve\w+|nuev[oa]|nuov[oa]|nieuwe?|nov[oa])\b|^(?:lead|alert|notification|heads up|fyi)$|^(?:from|via|through) |\b(?:cancell?ed|rescheduled)$/.test(
      plainLabel(mark.label),
    )
  );
}

/**
 * A whole lead on one line, `Name: Ada | Email: …`. Only where no other line carries a known label, and never behind
 * a message: in a post with a field per line, "Email: …" inside a value is just that value.
 */
export function splitOneLine(rows: Row[]): Row[] {
  const known = rows.filter((row) => row.mark?.key != null);
  const only = known.length === 1 ? known[0] : undefined;
  if (only?.mark == null || only.mark.key === 'message') return rows;
  const parts = only.text.split(/\s*[|;•·\t]\s*|,\s+/);
  const merged: string[] = [];
  for (const part of parts) {
    const separate = merged.length === 0 || splitLabel(part)?.key != null;
    if (separate) merged.push(part);
    else merged[merged.length - 1] += `, ${part}`;
  }
  if (merged.length < 2) return rows;
  return rows.flatMap((row) => {
    if (row !== only) return [row];
    const message = merged.findIndex((part) => splitLabel(part)?.key === 'message');
    const pieces = message === -1 ? merged : [...merged.slice(0, message), merged.slice(message).join(', ')];
    return pieces.map((text): Row => ({ ...row, text, mark: splitLabel(text) }));
  });
}
