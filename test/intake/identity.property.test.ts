import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountKey, normaliseEmail } from '../../src/intake/account.ts';
import { identityOf } from '../../src/intake/identity.ts';
import { nameKey } from '../../src/intake/person.ts';
import { readPhone } from '../../src/intake/phone.ts';

/** Anything, and what looks much like names, companies, addresses and numbers. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'Ada',
          'LOVELACE',
          'Dr.',
          'von',
          'Müller',
          'ß',
          'ẞ',
          'Σ',
          'İ',
          'ﷺ',
          ' ',
          ', ',
          '+',
          '+tag',
          '.',
          '@',
          '@gmail.com',
          '@analytical.example',
          'mailto:',
          'GmbH',
          '& Co. KG',
          'S.A.',
          '/',
          '+49 30',
          '901820',
          '(0)',
          'ext. 4',
          'x',
          '#',
          '００４９',
          '\u202e',
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
const region = fc.constantFrom(undefined, 'DE', 'US', 'GB', 'de', 'XX', '', 'not a country');

describe('what a person is recognised by is the same, however often it is worked out', () => {
  test('the key of a name', () => {
    fc.assert(
      fc.property(text, (name) => {
        const key = nameKey(name);
        if (key !== null) expect(nameKey(key)).toBe(key);
      }),
      { numRuns: 2000 },
    );
  });

  test('the key of a name says nothing about the order of its parts, their case and their accents', () => {
    const part = fc.constantFrom('Ada', 'Lovelace', 'Müller', 'Ángela', 'de', 'Chien-Shiung', "O'Neill");
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        const turned = [...parts].reverse().join(', ').toUpperCase().normalize('NFD');
        expect(nameKey(turned)).toBe(nameKey(parts.join(' ')));
      }),
    );
  });

  test('the key of a mail address', () => {
    fc.assert(
      fc.property(text, (email) => {
        const key = normaliseEmail(email);
        expect(normaliseEmail(key)).toBe(key);
      }),
      { numRuns: 2000 },
    );
  });

  test('the key of an account', () => {
    fc.assert(
      fc.property(text, (account) => {
        const key = accountKey({ email: null, account });
        if (key !== null) expect(accountKey({ email: null, account: key })).toBe(key);
        const domain = accountKey({ email: account, account: null });
        if (domain !== null) expect(accountKey({ email: `a@${domain}`, account: null })).toBe(domain);
      }),
      { numRuns: 2000 },
    );
  });

  test('a phone number', () => {
    fc.assert(
      fc.property(text, region, (written, where) => {
        const number = readPhone(written, where);
        if (number !== null) expect(readPhone(number, where)).toBe(number);
      }),
      { numRuns: 2000 },
    );
  });

  test('all of them together, of anything', () => {
    const part = fc.option(text, { nil: null });
    const person = fc.record({ name: part, email: part, phone: part, account: part, title: part });
    fc.assert(
      fc.property(person, (draft) => {
        expect(identityOf(draft)).toMatchObject({ name: draft.name, email: draft.email });
      }),
    );
  });
});
