import { expect, test } from 'vitest';
import { isAbsence } from '../../src/away/status.ts';

test.each([
  [':palm_tree:', ''],
  [':palm_tree:', 'Vacationing'],
  [':face_with_thermometer:', 'Out sick'],
  [':mask::skin-tone-3:', ''],
  [':no_entry:', 'Do not book'],
  ['', 'Out of office until Monday'],
  ['', 'OOO'],
  [':house:', 'On vacation, back on Monday'],
  ['', 'im Urlaub'],
  ['', 'Krank'],
])('status %s “%s” is an absence', (emoji, text) => {
  expect(isAbsence({ emoji, text })).toBe(true);
});

test.each([
  ['', ''],
  [':calendar:', 'In a meeting'],
  [':house_with_garden:', 'Working remotely'],
  [':bus:', 'Commuting'],
  [':zzz:', 'Do not disturb'],
  [':sunny:', 'Back from vacation, catching up'],
  ['', 'zurück aus dem Urlaub'],
  ['', 'selling to smooovers'],
])('status %s “%s” is none', (emoji, text) => {
  expect(isAbsence({ emoji, text })).toBe(false);
});
