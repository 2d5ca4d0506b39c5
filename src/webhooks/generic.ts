import { type FieldKey, fieldKey } from '../intake/labels.ts';
import { type Answer, draftFromAnswers, textOf } from './answers.ts';
import { isObject } from './json-body.ts';
import { fieldNamed, type Mapping, pathOf, valueAt } from './mapping.ts';
import { leadReading, type Reading, unknownReading } from './reading.ts';

/** Objects that only wrap: what is in them is named by its own key. */
const wrappers: ReadonlySet<string> = new Set(
  `data payload body record object event lead contact person customer prospect visitor user submission response form
   fields properties attributes answers values items`.split(/\s+/),
);

const mostLeaves = 500;

/**
 * Reads any JSON object. With a mapping, fields come from its paths and from nowhere else; without, the names in the
 * JSON decide as labels do. What is no field is kept in `details`.
 * @param name the source's own, in front of the form's
 */
export function readGeneric(payload: unknown, source: { name: string; mapping: Mapping }): Reading {
  const leaves = leavesOf(payload);
  if (leaves.length === 0) {
    return unknownReading(
      'This address expects a JSON object with the fields of one lead; this one has no values.',
    );
  }
  const mapped = Object.entries(source.mapping);
  const answers =
    mapped.length === 0 ? leaves.map(({ answer }) => answer) : mappedAnswers(payload, leaves, mapped);
  return leadReading(draftFromAnswers(answers, { sender: source.name, open: true }), null);
}

interface Leaf {
  path: string;
  answer: Answer;
}

function mappedAnswers(payload: unknown, leaves: Leaf[], mapped: [string, string][]): Answer[] {
  const used = new Set(mapped.map(([, path]) => pathOf(path).join('.')));
  const rest = leaves.filter(({ path }) => !used.has(path) && !used.has(path.replace(/\.[^.]*$/, '')));
  return [
    ...mapped.map(([name, path]) => ({
      label: name,
      value: textOf(valueAt(payload, path)),
      field: fieldNamed(name),
    })),
    ...rest.map(({ answer }) => ({ ...answer, field: null })),
  ];
}

/** All values in the JSON with what they are called, in their order. */
function leavesOf(payload: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (leaves.length >= mostLeaves) return;
    const answer = isObject(value) ? askedAndAnswered(value) : null;
    if (answer?.value.trim() === '') return;
    if (answer) {
      const field = fieldKey(answer.label);
      leaves.push({
        path: path.join('.'),
        answer: { ...answer, field: isSurrounding(field) ? null : field },
      });
    } else if (isObject(value)) {
      for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
    } else if (Array.isArray(value) && value.some((entry) => typeof entry === 'object')) {
      value.forEach((entry, index) => visit(entry, [...path, String(index)]));
    } else if (textOf(value).trim() !== '') {
      leaves.push({ path: path.join('.'), answer: { label: labelOf(path), value: textOf(value) } });
    }
  };
  visit(payload, []);
  return leaves;
}

/** What a question asks is about the person, never about the form it stands in. */
function isSurrounding(field: FieldKey | null): boolean {
  return field === 'form' || field === 'page' || field === 'campaign';
}

/** `{ "label": "Company", "value": "Acme" }`, as many forms send their answers; the value may be empty. */
function askedAndAnswered(entry: Record<string, unknown>): Answer | null {
  const label = entry['label'] ?? entry['question'] ?? entry['field'];
  const key = ['value', 'answer'].find((name) => Object.hasOwn(entry, name));
  if (typeof label !== 'string' || key === undefined || isObject(entry[key])) return null;
  return { label, value: textOf(entry[key]) };
}

/**
 * `lead.email` is an email, `company.name` a company name, and `owner.email` is nothing we would take for the
 * prospect's.
 */
function labelOf(path: readonly string[]): string {
  const own = path.at(-1) ?? '';
  const around = path.slice(0, -1).filter((part) => !wrappers.has(part.toLowerCase()));
  return around.length === 0 ? own : [...around.slice(-1), own].join(' ');
}
