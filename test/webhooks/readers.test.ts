import { describe, expect, test } from 'vitest';
import { draftOf } from '../../src/intake/draft.ts';
import type { SourceKind } from '../../src/webhooks/kinds.ts';
import { readPayload } from '../../src/webhooks/readers.ts';
import { calendly } from './samples/calendly.ts';
import { generic } from './samples/generic.ts';
import { hubspot } from './samples/hubspot.ts';
import type { Sample } from './samples/sample.ts';
import { tally } from './samples/tally.ts';
import { typeform } from './samples/typeform.ts';
import { webflow } from './samples/webflow.ts';

const samples: Record<Exclude<SourceKind, 'token'>, Sample[]> = {
  typeform,
  tally,
  calendly,
  hubspot,
  webflow,
  json: generic,
};

describe.each(Object.entries(samples))('%s', (kind, all) => {
  test.each(all)('$what', ({ payload, read, event, mapping = {} }) => {
    const reading = readPayload({ kind: kind as SourceKind, name: 'Website', mapping }, payload);
    if (typeof read === 'string') expect(reading.kind).toBe(read);
    else expect(reading).toEqual({ kind: 'lead', draft: draftOf(read), event });
    if (read === 'ignored') expect(reading).toMatchObject({ event });
    if (reading.kind === 'unknown') expect(reading.why).toMatch(/^This address expects .+\.$/);
  });

  test('a payload of every other kind is told apart, or read as what it says', () => {
    for (const [other, theirs] of Object.entries(samples)) {
      if (other === kind || kind === 'json' || kind === 'hubspot') continue;
      for (const { payload } of theirs) {
        expect(readPayload({ kind: kind as SourceKind, name: 'Website', mapping: {} }, payload).kind).toBe(
          'unknown',
        );
      }
    }
  });
});

test('the same JSON means the same with a bearer token as when it is signed', () => {
  for (const { payload, mapping = {} } of generic) {
    const as = (kind: SourceKind): unknown => readPayload({ kind, name: 'Website', mapping }, payload);
    expect(as('token')).toEqual(as('json'));
  }
});

test('objects that can not be made a text are nothing', () => {
  const odd = JSON.parse('{"toString":{},"valueOf":{}}') as object;
  const response = { definition: { title: odd }, answers: [{ type: 'text', text: odd, field: { id: odd } }] };
  const submissions = [{ timestamp: odd }, { timestamp: odd, title: odd }];
  const read = (kind: SourceKind, payload: unknown): string =>
    readPayload({ kind, name: '', mapping: {} }, payload).kind;
  expect(read('typeform', { event_type: 'form_response', form_response: response })).toBe('lead');
  expect(read('hubspot', { email: odd, name: 'Ada', 'form-submissions': submissions })).toBe('lead');
});

test('a form with a thousand questions keeps twenty answers of at most 300 characters', () => {
  const fields = Array.from({ length: 1000 }, (_, index) => ({
    label: `Question ${index}`,
    value: 'x'.repeat(5000),
  }));
  const payload = { eventType: 'FORM_RESPONSE', data: { formName: 'Long', fields } };
  const reading = readPayload({ kind: 'tally', name: '', mapping: {} }, payload);
  if (reading.kind !== 'lead') throw new Error(reading.kind);
  expect(reading.draft.details).toHaveLength(20);
  expect(Math.max(...reading.draft.details.map(({ value }) => value.length))).toBe(300);
});
