import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LeadDraft } from '../../src/intake/draft.ts';
import { fieldKey } from '../../src/intake/labels.ts';
import { parseBody } from '../../src/webhooks/json-body.ts';
import { kinds, type SourceKind } from '../../src/webhooks/kinds.ts';
import { parseMapping } from '../../src/webhooks/mapping.ts';
import { readPayload } from '../../src/webhooks/readers.ts';
import { calendlyBooking } from './samples/calendly.ts';
import { hubspotFlat } from './samples/hubspot.ts';
import { tallyContact } from './samples/tally.ts';
import { typeformDemo } from './samples/typeform.ts';
import { webflowContact } from './samples/webflow.ts';

const allKinds = Object.keys(kinds) as SourceKind[];
const mapping = { email: 'data.mail', phone: 'list[0].value', name: '__proto__.name' };

function readAs(kind: SourceKind, payload: unknown): ReturnType<typeof readPayload>[] {
  return [{}, mapping].map((given) => readPayload({ kind, name: 'Website', mapping: given }, payload));
}

/** JSON with the names that our readers look for, and those that an object has anyway. */
const knownKey = fc.constantFrom(
  ...`event_id event_type form_response definition fields answers type field choice labels hidden data formName eventType
  label value options rows columns event payload uri tracking scheduled_event location questions_and_answers properties
  form-submissions vid triggerType email name company __proto__ constructor toString mail list 0`.split(
    /\s+/,
  ),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      'form_response',
      'FORM_RESPONSE',
      'invitee.created',
      'form_submission',
      'email',
      'choice',
    ),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(knownKey, fc.string()), tie('json'), { maxKeys: 8, noNullPrototype: false }),
  ),
}));

describe('readers never throw', () => {
  test('whatever the JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allKinds), json, (kind, payload) => {
        readAs(kind, payload);
        readAs(kind, JSON.parse(JSON.stringify(payload) ?? 'null'));
      }),
      { numRuns: 2000 },
    );
  });

  test('with any value anywhere in a real payload', () => {
    const real: [SourceKind, object][] = [
      ['typeform', typeformDemo],
      ['tally', tallyContact],
      ['calendly', calendlyBooking],
      ['hubspot', hubspotFlat],
      ['webflow', webflowContact],
      ['json', tallyContact],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...real), fc.nat(), json, ([kind, payload], at, value) => {
        for (const reading of readAs(kind, withAnother(payload, at, value))) {
          if (reading.kind === 'lead') expectWellFormed(reading.draft);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const parsed = parseBody(bytes);
        if (!parsed.ok) expect(parsed.why).toMatch(/\.$/);
      }),
    );
  });

  test('whatever a manager types as mapping', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'email = '), (text, start) => {
        const parsed = parseMapping(start + text);
        if (parsed.ok) readPayload({ kind: 'json', name: '', mapping: parsed.mapping }, { a: [1, { b: 2 }] });
      }),
    );
  });
});

/** The payload with one of its values, counted from the first, replaced. */
function withAnother(payload: object, at: number, value: unknown): unknown {
  let count = 0;
  JSON.stringify(payload, (_key, entry: unknown) => ((count += 1), entry));
  let index = 0;
  return JSON.parse(
    JSON.stringify(payload, (_key, entry: unknown) => (index++ === at % count ? value : entry)) ?? 'null',
  );
}

function expectWellFormed(draft: LeadDraft): void {
  const { details, ...fields } = draft;
  for (const text of [...Object.values(fields), ...details.flatMap(({ label, value }) => [label, value])]) {
    if (text === null) continue;
    expect(text).toBe(text.toWellFormed());
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(5000);
  }
  expect(details.length).toBeLessThanOrEqual(20);
}

/** Answers as people give them: also with what looks like another field inside. */
const label = fc.oneof(
  fc.constantFrom(
    'Email',
    'Name',
    'First name',
    'Firma',
    'Téléphone',
    'Message',
    'Budget',
    'Who referred you?',
    'Account owner',
  ),
  fc.string({ minLength: 1, maxLength: 30 }),
);
const address = fc
  .tuple(fc.stringMatching(/^[a-z]{3,8}$/), fc.constantFrom('one.example', 'two.example'))
  .map(([local, domain]) => `${local}@${domain}`);
const value = fc.oneof(
  fc.constantFrom('Ada Lovelace', '+442079460018', 'Acme Ltd', '12'),
  address,
  fc
    .tuple(fc.constantFrom('Email: ', 'Name: Bob\nEmail: ', 'call +491512345678 or '), address)
    .map((parts) => parts.join('')),
  fc.string({ maxLength: 40 }),
);
const answers = fc.uniqueArray(fc.record({ label, value }), {
  maxLength: 10,
  selector: (entry) => entry.label,
});

describe('a field is never read from another field’s value', () => {
  const forms: [SourceKind, (asked: { label: string; value: string }[]) => unknown][] = [
    [
      'typeform',
      (asked) => ({
        event_type: 'form_response',
        form_response: {
          definition: { fields: asked.map(({ label: title }, index) => ({ id: `q${index}`, title })) },
          answers: asked.map((entry, index) => ({
            type: 'text',
            text: entry.value,
            field: { id: `q${index}` },
          })),
        },
      }),
    ],
    [
      'tally',
      (asked) => ({
        eventType: 'FORM_RESPONSE',
        data: { fields: asked.map((entry) => ({ ...entry, type: 'INPUT_TEXT' })) },
      }),
    ],
    [
      'calendly',
      (asked) => ({
        event: 'invitee.created',
        payload: {
          uri: 'x',
          questions_and_answers: asked.map((entry) => ({ question: entry.label, answer: entry.value })),
        },
      }),
    ],
    [
      'webflow',
      (asked) => ({
        triggerType: 'form_submission',
        payload: { data: Object.fromEntries(asked.map((entry) => [entry.label, entry.value])) },
      }),
    ],
    ['json', (asked) => ({ answers: asked })],
  ];

  test.each(forms)('%s', (kind, formOf) => {
    fc.assert(
      fc.property(answers, (asked) => {
        const reading = readPayload({ kind, name: 'Website', mapping: {} }, formOf(asked));
        if (reading.kind !== 'lead') return;
        const { email, name, account, message } = reading.draft;
        const of = (...keys: string[]): string[] =>
          asked
            .filter((entry) => keys.includes(fieldKey(clean(entry.label)) ?? ''))
            .map((entry) => entry.value);
        if (email !== null) expect(of('email').join('\n').toLowerCase()).toContain(email);
        for (const word of account?.split(' ') ?? []) expect(of('account').join(' ')).toContain(word);
        if (message !== null) expect(of('message').map((said) => clean(said))).toContain(message);
        for (const word of name?.split(' ') ?? []) {
          expect(of('name', 'firstName', 'lastName').map(oneLine).join(' ')).toContain(word);
        }
        for (const detail of reading.draft.details) {
          expect(asked.some((entry) => clean(entry.value).startsWith(detail.value.slice(0, 30)))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function clean(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, ' ').trim();
}

function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ');
}
