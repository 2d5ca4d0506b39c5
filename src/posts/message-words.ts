import { type FieldKey, fieldKey, plainLabel } from '../intake/labels.ts';
import type { LabelLine, LabelStyle } from './label-line.ts';
import type { Unit } from './post-unit.ts';
import type { Row } from './rows.ts';

/**
 * Takes back the labels that are only words of a message. A message may contain "Email: other@x"; the sender's own
 * email line is before the message, in another block, in bold where the other labels are, or else the last one.
 */
export function withoutWordsOfMessage(rows: Row[], units: Unit[]): Row[] {
  const regions = new Map<number, LabelStyle>();
  for (const row of rows) {
    row.inMessage = regions.get(row.unit) ?? null;
    if (row.mark?.key === 'message' && row.inMessage === null) regions.set(row.unit, row.mark.style);
  }
  const boldUnits = new Set(
    rows.filter(({ mark }) => mark?.style === 'bold' && mark.key !== 'message').map((row) => row.unit),
  );
  const said = new Set<string>();
  for (const row of rows) if (row.inMessage === null && row.mark !== null) said.add(identity(row.mark));
  for (const { label } of units) if (label !== undefined) said.add(fieldKey(label) ?? plainLabel(label));

  const lastOf = new Map<string, Row>();
  for (const row of rows) {
    if (row.inMessage === null || row.mark === null) continue;
    const rival = lastOf.get(identity(row.mark));
    const weaker = rival?.mark?.style === 'bold' && row.mark.style !== 'bold';
    if (!weaker) lastOf.set(identity(row.mark), row);
  }
  const strangers = strangersNames(rows, lastOf, said);
  return rows.map((row) => {
    if (row.inMessage === null || row.mark === null) return row;
    const own = identity(row.mark);
    const inTemplate = row.mark.style === 'bold' || !boldUnits.has(row.unit);
    const isLast = lastOf.get(own) === row && !strangers.has(row);
    const stays = inTemplate && !said.has(own) && isLast && endsMessage(row.mark, row.inMessage);
    return stays ? row : { ...row, mark: null };
  });
}

const NAMES: readonly string[] = ['name', 'firstName', 'lastName'] satisfies FieldKey[];

/**
 * A form asks for a name in one field or in two. So a third one, or one beside a full name, is in a message because
 * the prospect wrote it there.
 */
function strangersNames(rows: Row[], lastOf: ReadonlyMap<string, Row>, said: ReadonlySet<string>): Set<Row> {
  const inMessage = rows.filter((row) => {
    const key = row.inMessage === null ? null : (row.mark?.key ?? null);
    return key !== null && NAMES.includes(key) && !said.has(key) && lastOf.get(key) === row;
  });
  const isWhole = rows.some(
    ({ inMessage: place, mark }) => place === null && mark?.key === 'name' && /\S\s+\S/.test(mark.value),
  );
  const asked = NAMES.filter((key) => said.has(key)).length;
  const stillToCome = isWhole ? 0 : Math.max(0, 2 - asked);
  return new Set(inMessage.slice(0, Math.max(0, inMessage.length - stillToCome)));
}

function identity(mark: LabelLine): string {
  return mark.key ?? plainLabel(mark.label);
}

function endsMessage(mark: LabelLine, message: LabelStyle): boolean {
  if (mark.style === 'bold') return true;
  if (mark.key === null || mark.key === 'message') return mark.style === message && mark.key !== null;
  return mark.style === 'colon' || mark.style === message;
}
