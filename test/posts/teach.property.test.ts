import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutEmails } from '../../src/intake/email.ts';
import { plainLabel } from '../../src/intake/labels.ts';
import { applyRules, mappedFields, type MappedField, type MappingRules } from '../../src/posts/mapping.ts';
import { placePattern, placesOf } from '../../src/posts/places.ts';
import type { SlackPost } from '../../src/posts/post-text.ts';
import { openPost } from '../../src/posts/read-post.ts';
import { readTaught } from '../../src/posts/read-taught.ts';
import { learnPrefixes, rulesOf, teachRows, tryRules } from '../../src/posts/teach.ts';
import { botPost, personPost } from './samples/sample.ts';

/** Each field's values can be told from every other field's, whatever place they stand in. */
const values = {
  name: fc.constantFrom('Ada Lovelace', 'Grace Hopper', 'Ludwig van Beethoven'),
  email: fc.constantFrom('ada@x.example', 'grace.hopper@navy.example'),
  phone: fc.constantFrom('+49 30 901820', '+1 212 555 0100'),
  account: fc.constantFrom('Analytical Engines Ltd', 'Navy & Sons: Computing', 'Name: Nobody'),
  title: fc.constantFrom('Head of Engines', 'CTO - all of it', 'Email'),
  campaign: fc.constantFrom('Spring 2026', 'Company -> Elsewhere'),
  message: fc.constantFrom(
    'call me about the engine',
    'my boss is boss@elsewhere.example, do not write',
    'Phone: 555',
  ),
} as const;
type Field = keyof typeof values;

const labels = [
  'Who',
  'Their thing',
  'Wo',
  'Kürzel',
  'Name',
  'Company',
  'E-Mail',
  'Reference no',
  'Answer to q4',
];
const separators = [': ', ' -> ', ' = ', ' => '];

/** A post of labelled values whose labels may say anything, and the rules that say what they really are. */
const taughtPost = fc
  .record({
    fields: fc.shuffledSubarray(Object.keys(values) as Field[], { minLength: 2 }),
    labels: fc.shuffledSubarray(labels, { minLength: 7, maxLength: 7 }),
    separator: fc.constantFrom(...separators),
    said: fc.record(values),
  })
  .filter(({ fields }) => fields.includes('email'))
  .map(({ fields, labels: used, separator, said }) => ({
    fields,
    said,
    post: botPost('App', {
      text: fields.map((field, index) => `${used[index]}${separator}${said[field]}`).join('\n'),
    }),
    fieldOfLabel: new Map(fields.map((field, index) => [used[index] ?? '', field])),
  }));

test('a taught post is read field by field, each from its own place, whatever its labels and values look like', () => {
  fc.assert(
    fc.property(taughtPost, ({ fields, said, post, fieldOfLabel }) => {
      const { rows } = teachRows(post, []);
      // What Slack shows as one value to the reader, a person sees as one row.
      fc.pre(rows.length === fields.length && rows.every(({ title }) => fieldOfLabel.has(title)));
      const rules = rows.map(({ place, title }): MappingRules[number] => [
        place,
        fieldOfLabel.get(title) ?? 'unused',
      ]);
      const draft = readTaught(post, rules);
      for (const field of Object.keys(values) as Field[]) {
        if (!fields.includes(field)) expect(draft?.[field], field).toBeNull();
        else if (field === 'phone') expect(draft?.phone).toBe(said.phone.replaceAll(' ', ''));
        else expect(draft?.[field], field).toBe(said[field]);
      }
      expect(draft?.details).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const field = fc.constantFrom(...(Object.keys(mappedFields) as MappedField[]));
const place = fc.oneof(
  fc.constantFrom(
    'label:name',
    'label:email',
    'line:1',
    'line:2',
    'before:1',
    'before():1',
    'after:1',
    'after():2',
  ),
  fc.nat({ max: 30 }).map((number) => `line:${number}`),
);
const rule = fc.oneof(
  fc.tuple(place, field),
  fc.tuple(place, field, fc.constantFrom('New lead', 'x', '(')),
) as fc.Arbitrary<MappingRules[number]>;
const piece = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'Name: Ada',
    '\n',
    'ada@x.example',
    '(Analytical)',
    ' -> ',
    ': ',
    'New lead: ',
    '<mailto:a@b.example|a@b.example>',
    '*Email*',
  ),
);
const anyPost = fc
  .array(piece, { maxLength: 20 })
  .map((parts): SlackPost => botPost('App', { text: parts.join('') }));

test('no rules and no post break the reading, the form or the try', () => {
  fc.assert(
    fc.property(anyPost, fc.array(rule, { maxLength: 8 }), (post, rules) => {
      readTaught(post, rules);
      const { rows } = teachRows(post, rules);
      for (const row of rows) expect(row.place).toMatch(placePattern);
      expect(new Set(rows.map((row) => row.place)).size).toBe(rows.length);
      tryRules([post, post], learnPrefixes(rules, [post, post, post]), []);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.anything(), fc.array(rule, { maxLength: 8 }), (post, rules) => {
      readTaught(post as SlackPost, rules);
      teachRows(post as SlackPost, rules);
    }),
  );
});

test('where every part is "not used", nothing but a mail address in a sentence is left to read', () => {
  fc.assert(
    fc.property(anyPost, (post) => {
      const reading = openPost(post)?.reading;
      fc.pre(reading !== undefined);
      const rules = placesOf(reading).map(({ place: at }): MappingRules[number] => [at, 'unused']);
      const left = applyRules(rules, reading).reading;
      expect(left.found.filter(({ label }) => placePattern.test(`label:${plainLabel(label)}`))).toEqual([]);
      for (const line of left.free.flat()) expect(withoutEmails(line)).toBe('');
    }),
    { numRuns: 500 },
  );
});

test('rows of the longest labels still fit into what a button can carry', () => {
  const text = Array.from({ length: 30 }, (_, index) => `*${'long label '.repeat(7)}${index}*: value`).join(
    '\n',
  );
  const { rows, left } = teachRows(botPost('App', { text }), []);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.length + left).toBe(30);
  expect(JSON.stringify(rows.map(({ place: at }) => [at, 'firstName'])).length).toBeLessThan(1_500);
});

test('words that always stand before a taught part are learnt from three posts on, and required from then on', () => {
  const posts = (...names: string[]): SlackPost[] =>
    names.map((name) => botPost('App', { text: `Fresh from: nowhere\nFresh ${name} waits` }));
  const rules: MappingRules = [['line:1', 'name']];
  expect(learnPrefixes(rules, posts('Ada Lovelace', 'Ada Byron'))).toEqual([['line:1', 'name']]);
  const learnt = learnPrefixes(rules, posts('Ada Lovelace', 'Grace Hopper', 'Joan Clarke'));
  expect(learnt).toEqual([['line:1', 'name', 'Fresh']]);
  const draft = readTaught(botPost('App', { text: 'Fresh Emmy Noether waits\nemmy@rings.example' }), learnt);
  expect(draft).toMatchObject({ name: 'Emmy Noether', email: 'emmy@rings.example' });
  expect(readTaught(botPost('App', { text: 'Emmy Noether waits\nemmy@rings.example' }), learnt)).toBeNull();
});

test('a form changes what it shows; rules for parts that this post does not have stay, and so do learnt words', () => {
  const saved: MappingRules = [
    ['label:who', 'name'],
    ['line:1', 'campaign', 'Fair of'],
    ['label:budget', 'answer'],
  ];
  const shown = new Set(['label:who', 'line:1']);
  expect(rulesOf([['line:1', 'campaign']], shown, saved)).toEqual([
    ['line:1', 'campaign', 'Fair of'],
    ['label:budget', 'answer'],
  ]);
  expect(rulesOf([['line:1', 'source']], shown, saved)[0]).toEqual(['line:1', 'source']);
});

test('a colleague’s chat is a lead only where the taught mail address or number is in its place', () => {
  const chat = personPost('Who -> somebody of the fair\nAsk olga@fair.example');
  expect(readTaught(chat, [['label:who', 'name']])).toBeNull();
  expect(
    readTaught(chat, [
      ['label:who', 'name'],
      ['before:1', 'unused'],
      ['line:2', 'email'],
    ]),
  ).toBeNull();
  const post = personPost('Who -> Ada Lovelace\nReach -> ada@x.example');
  expect(
    readTaught(post, [
      ['label:who', 'name'],
      ['label:reach', 'email'],
    ]),
  ).toMatchObject({ name: 'Ada Lovelace' });
});
