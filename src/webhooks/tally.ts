import { z } from 'zod';
import { type Answer, draftFromAnswers, textOf } from './answers.ts';
import { isObject } from './json-body.ts';
import { leadReading, type Reading, unknownReading } from './reading.ts';

const payloadShape = z.looseObject({
  eventId: z.unknown().optional(),
  eventType: z.literal('FORM_RESPONSE'),
  data: z.looseObject({ formName: z.unknown().optional(), fields: z.array(z.unknown()) }),
});

/** Reads `FORM_RESPONSE` of Tally's webhooks. */
export function readTally(payload: unknown): Reading {
  const parsed = payloadShape.safeParse(payload);
  if (!parsed.success) {
    return unknownReading(
      'This address expects Tally responses: an object with "eventType": "FORM_RESPONSE" and "data.fields".',
    );
  }
  const { eventId, data } = parsed.data;
  const answers = data.fields.slice(0, 300).flatMap(answerOf);
  const form = typeof data.formName === 'string' ? data.formName : null;
  return leadReading(draftFromAnswers(answers, { sender: 'Tally', form }), eventId);
}

function answerOf(field: unknown): Answer[] {
  if (!isObject(field)) return [];
  const { label, type, value } = field;
  // A list of boxes comes as a whole, and then once more for each box.
  if (type === 'CHECKBOXES' && typeof value === 'boolean') return [];
  const typed = type === 'INPUT_EMAIL' ? 'email' : type === 'INPUT_PHONE_NUMBER' ? 'phone' : undefined;
  return [{ label: typeof label === 'string' ? label : '', value: valueOf(field, value), typed }];
}

function valueOf(field: Record<string, unknown>, value: unknown): string {
  if (Array.isArray(value))
    return value
      .slice(0, 50)
      .map((entry) => oneOf(field['options'], entry))
      .filter(Boolean)
      .join(', ');
  if (!isObject(value)) return oneOf(field['options'], value);
  // A matrix: the chosen columns by row.
  return Object.entries(value)
    .slice(0, 50)
    .map(([row, columns]) => {
      const chosen = (Array.isArray(columns) ? columns : [columns]).slice(0, 50);
      return `${oneOf(field['rows'], row)}: ${chosen.map((column) => oneOf(field['columns'], column)).join(', ')}`;
    })
    .join('; ');
}

/** A choice is sent as its id, an uploaded file as an object with its address. */
function oneOf(choices: unknown, entry: unknown): string {
  if (isObject(entry)) return textOf(entry['url'] ?? entry['text'] ?? entry['name']);
  const chosen: unknown = Array.isArray(choices)
    ? choices.find((choice) => isObject(choice) && choice['id'] === entry)
    : undefined;
  return textOf(isObject(chosen) ? chosen['text'] : entry);
}
