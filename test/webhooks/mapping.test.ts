import { describe, expect, test } from 'vitest';
import { mappingText, parseMapping, valueAt } from '../../src/webhooks/mapping.ts';

describe('lines that a manager types', () => {
  test('are read, in any case and spacing, and come back the same', () => {
    const text = 'email = data.contact.mail\nfirst name = data.first\ncompany = org[0].name';
    const parsed = parseMapping(
      `\n  EMAIL=data.contact.mail\nFirst  Name = data.first\r\n\ncompany = org[0].name  `,
    );
    expect(parsed).toEqual({
      ok: true,
      mapping: { email: 'data.contact.mail', 'first name': 'data.first', company: 'org[0].name' },
    });
    expect(parsed.ok && mappingText(parsed.mapping)).toBe(text);
  });

  test('none at all is fine', () => {
    expect(parseMapping(' \n ')).toEqual({ ok: true, mapping: {} });
  });

  test.each([
    ['email', /^Line 1: write it like email = data\.contact\.mail\.$/],
    ['= data.mail', /^Line 1: write it like/],
    ['email =', /^Line 1: write it like/],
    ['phone = a\nmail = b', /^Line 2: I have no field “mail”\. Use one of: name, first name, .*campaign\.$/],
    ['constructor = a', /^Line 1: I have no field “constructor”/],
    ['email = a\nEmail = b', /^Line 2: “email” is there twice/],
    ['email = a..b', /^Line 1: two dots in a row/],
    ['email = a.', /^Line 1: two dots in a row, or one at the end/],
    ['name = a', /^Map email or phone as well/],
  ])('%j is refused with what to do', (text, sentence) => {
    const parsed = parseMapping(text);
    expect(parsed.ok ? '' : parsed.why).toMatch(sentence);
  });
});

test.each([
  ['a.b', 1],
  ['a', { b: 1, 'c d': 2 }],
  ['a.c d', 2],
  ['list.1.x', 'second'],
  ['list[1].x', 'second'],
  ['list.length', undefined],
  ['list[9].x', undefined],
  ['a.b.c', undefined],
  ['__proto__.polluted', undefined],
  ['constructor.name', undefined],
])('the path %s leads to what stands there and to nothing else', (path, value) => {
  const payload = { a: { b: 1, 'c d': 2 }, list: [{ x: 'first' }, { x: 'second' }] };
  expect(valueAt(payload, path)).toEqual(value);
});
