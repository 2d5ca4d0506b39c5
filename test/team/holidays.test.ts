import { expect, test } from 'vitest';
import { publicHolidays, readRegion } from '../../src/team/holidays.ts';

const now = Date.UTC(2026, 10, 4);

test.each([
  ['DE', 'DE'],
  ['de', 'DE'],
  [' de-by ', 'DE-BY'],
  ['DE BY', 'DE-BY'],
  ['us/ca', 'US-CA'],
  ['GB-SCT', 'GB-SCT'],
  ['DE-BY-A', 'DE-BY-A'],
])('%s is the region %s', (typed, region) => {
  expect(readRegion(typed)).toBe(region);
});

test.each([
  ['Germany'],
  ['XX'],
  ['DE-XX'],
  ['DE-BY-XX'],
  ['DE-BY-A-A'],
  ['constructor'],
  ['D'],
  ['DE-'],
  [''],
])('“%s” is no region', (typed) => {
  expect(readRegion(typed)).toBeUndefined();
});

test('a state has holidays of its own beside those of its country', () => {
  expect(publicHolidays('DE-BY', now)).toEqual(expect.arrayContaining(['2026-01-06', '2026-12-25']));
  expect(publicHolidays('DE', now)).not.toContain('2026-01-06');
});

test('last year’s holidays and those of the next two years are known', () => {
  const dates = publicHolidays('DE', now);
  for (const year of [2025, 2026, 2027, 2028]) expect(dates).toContain(`${year}-05-01`);
});

test('a holiday of several days is free on each of them, half a day off is none', () => {
  const turkey = publicHolidays('TR', now);
  expect(turkey).toEqual(expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']));
  expect(turkey).not.toContain('2026-03-23');
  expect(publicHolidays('CN', now)).not.toContain('2026-03-08');
});

test('days that people keep but work on are no holidays: Saint Nicholas, Mother’s Day', () => {
  const dates = publicHolidays('DE', now);
  expect(dates).not.toContain('2026-12-06');
  expect(dates).not.toContain('2026-05-10');
});

test('a holiday on the day when the clocks go forward is a whole one', () => {
  // Easter Sunday of 2024 was such a day, and is a public holiday in Brandenburg.
  expect(publicHolidays('DE-BB', Date.UTC(2024, 5, 1))).toContain('2024-03-31');
});

test('no region has no holidays', () => {
  expect(publicHolidays(null, now)).toEqual([]);
});
