import { expect, test } from 'vitest';
import { factsOf } from '../../src/intake/facts.ts';
import type { Detail } from '../../src/intake/draft.ts';

const facts = (details: Detail[], email: string | null = null, phone: string | null = null) =>
  factsOf({ details, email, phone });
const said = (label: string, value: string) => facts([{ label, value }]);

test.each([
  ['Country', 'Germany', 'DE'],
  ['Country/Region', 'United Kingdom', 'GB'],
  ['country', 'UK', 'GB'],
  ['Land', 'Österreich', 'AT'],
  ['Pays', 'États-Unis', 'US'],
  ['País', 'Brasil', 'BR'],
  ['Country', 'nl', 'NL'],
  ['Country', 'the moon', null],
  ['Favourite country song', 'France', null],
])('an answer names the country: %s: %s', (label, value, country) => {
  expect(said(label, value).country).toBe(country);
});

test.each([
  ['+4930901820', null, 'DE'],
  ['+442079460018', 'ada@analytical.de', 'GB'],
  ['030 901820', 'ada@analytical.de', 'DE'],
  [null, 'ada@analytical.co.uk', 'GB'],
  [null, 'ada@analytical.io', null],
  [null, 'ada@analytical.example', null],
  [null, null, null],
])('else phone, then mail tell it: %s, %s', (phone, email, country) => {
  expect(facts([], email, phone).country).toBe(country);
});

test('an answer counts before phone and mail', () => {
  expect(facts([{ label: 'Country', value: 'France' }], 'a@b.de', '+4930901820').country).toBe('FR');
});

test.each([
  ['Preferred language', 'German', 'de'],
  ['Sprache', 'Deutsch', 'de'],
  ['Langue', 'français', 'fr'],
  ['Language', 'pt-BR', 'pt'],
  ['Language', 'Klingon', null],
])('an answer names the language: %s: %s', (label, value, language) => {
  // What the label is in counts only where the answer says nothing.
  expect(said(label, value).language ?? null).toBe(language);
});

test.each([
  [['Wie viele Mitarbeiter?', 'Ihre Branche'], 'de'],
  [['How many employees?', 'Your industry'], 'en'],
  [['Combien de salariés ?', 'Votre secteur'], 'fr'],
  [['¿Cuántos empleados?'], 'es'],
  [['Foo', 'Bar'], null],
  [[], null],
])('the form’s language is the lead’s where nobody said another: %j', (labels, language) => {
  expect(facts(labels.map((label) => ({ label, value: 'x' }))).language).toBe(language);
});

test.each([
  ['Company size', '51-200', 51],
  ['Company size', '51 – 200 employees', 51],
  ['Number of employees', '1,000+', 1000],
  ['Mitarbeiterzahl', '1.000 bis 5.000', 1000],
  ['Employees', '10k', 10_000],
  ['Employees', 'up to 50', 1],
  ['Mitarbeiter', 'bis zu 50', 1],
  ['Employees', '< 50', 1],
  ['Effectif', '10 000', 10_000],
  ['Company size', 'small', null],
  ['Company size', '9'.repeat(40), null],
  ['Budget', '500', null],
])('an answer says how large the account is, by its lower bound: %s: %s', (label, value, size) => {
  expect(said(label, value).account_size).toBe(size);
});
