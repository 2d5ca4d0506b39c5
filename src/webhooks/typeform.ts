import { z } from 'zod';
import { type Answer, draftFromAnswers, textOf } from './answers.ts';
import { isObject } from './json-body.ts';
import { ignoredReading, leadReading, type Reading, unknownReading } from './reading.ts';

const payloadShape = z.looseObject({
  event_id: z.unknown().optional(),
  event_type: z.string(),
  form_response: z.looseObject({
    hidden: z.unknown().optional(),
    definition: z.unknown().optional(),
    answers: z.unknown().optional(),
  }),
});

/** Reads `form_response` of Typeform's webhooks: the labels stand in the form's definition, the answers refer to them. */
export function readTypeform(payload: unknown): Reading {
  const parsed = payloadShape.safeParse(payload);
  if (parsed.success && parsed.data.event_type === 'form_response_partial') {
    return ignoredReading('a response that is not finished', parsed.data.event_id);
  }
  if (!parsed.success || parsed.data.event_type !== 'form_response') {
    return unknownReading(
      'This address expects Typeform responses: an object with "event_type": "form_response" and "form_response".',
    );
  }
  const { hidden, definition, answers } = parsed.data.form_response;
  const titles = titlesOf(definition);
  const title = isObject(definition) ? definition['title'] : undefined;
  const found = [
    ...listOf(answers).flatMap((entry) => answerOf(entry, titles)),
    ...Object.entries(isObject(hidden) ? hidden : {}).map(([label, value]) => ({
      label,
      value: textOf(value),
    })),
  ];
  const form = typeof title === 'string' ? title : null;
  return leadReading(draftFromAnswers(found, { sender: 'Typeform', form }), parsed.data.event_id);
}

/** What was asked, by the ids and refs that answers name it with; groups hold fields of their own. */
function titlesOf(definition: unknown): Map<string, string> {
  const titles = new Map<string, string>();
  const collect = (fields: unknown): void => {
    for (const field of listOf(fields)) {
      if (!isObject(field)) continue;
      const { id, ref, title, properties } = field;
      for (const name of [id, ref]) {
        if (typeof name === 'string' && typeof title === 'string') titles.set(name, plainTitle(title));
      }
      if (isObject(properties)) collect(properties['fields']);
    }
  };
  if (isObject(definition)) collect(definition['fields']);
  return titles;
}

/** Titles may quote earlier answers and carry marks: `Hi {{field:1}}, what's your *email*?` */
function plainTitle(title: string): string {
  return title
    .slice(0, 500)
    .replace(/\{\{[^{}]*\}\}/g, '…')
    .replace(/[*_]/g, '');
}

function answerOf(entry: unknown, titles: ReadonlyMap<string, string>): Answer[] {
  if (!isObject(entry) || typeof entry['type'] !== 'string') return [];
  const { type, field } = entry;
  const names = isObject(field) ? [field['id'], field['ref']] : [];
  const label = names.map((name) => titles.get(textOf(name))).find((title) => title !== undefined);
  const typed = type === 'email' ? 'email' : type === 'phone_number' ? 'phone' : undefined;
  return [{ label: label ?? '', value: valueOf(entry[type]), typed }];
}

/** `choice`, `choices` and `payment` are objects; all other types are plain values. */
function valueOf(value: unknown): string {
  if (!isObject(value)) return textOf(value);
  const { label, labels, other, amount } = value;
  return [label, labels, other, amount]
    .map(textOf)
    .filter((text) => text !== '')
    .join(', ');
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 300) : [];
}
