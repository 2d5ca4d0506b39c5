import { expect, test } from 'vitest';
import { parseUntil } from '../../src/away/parse-until.ts';
import { localTime } from '../../src/calendar/zone.ts';

const zone = 'Europe/Berlin';
/** A Wednesday. */
const today = '2026-11-04';
const now = localTime(zone, { date: today, minuteOfDay: 10 * 60 });

/** The first moment after that local day. */
function after(date: string, at = zone): number {
  return localTime(at, { date, minuteOfDay: 24 * 60 });
}

test.each([
  ['until friday', '2026-11-06'],
  ['until Friday.', '2026-11-06'],
  ['friday', '2026-11-06'],
  ['fri', '2026-11-06'],
  ['until next friday', '2026-11-06'],
  ['until thurs', '2026-11-05'],
  ['until tuesday', '2026-11-10'],
  ['until wednesday', '2026-11-11'],
  ['today', '2026-11-04'],
  ['tomorrow', '2026-11-05'],
  ['until tomorrow', '2026-11-05'],
  ['1 day', '2026-11-04'],
  ['3 days', '2026-11-06'],
  ['for 3 days', '2026-11-06'],
  ['a week', '2026-11-10'],
  ['2 weeks', '2026-11-17'],
  ['until 2026-12-24', '2026-12-24'],
  ['2028-02-29', '2028-02-29'],
  ['until 24 December', '2026-12-24'],
  ['until December 24', '2026-12-24'],
  ['until dec 24th, 2026', '2026-12-24'],
  ['24. december', '2026-12-24'],
  ['bis 24.12.', '2026-12-24'],
  ['24.12.2026', '2026-12-24'],
  ['until 4.1.', '2027-01-04'],
  ['until 3 November', '2027-11-03'],
  ['4 November', '2026-11-04'],
])('“away %s” said on Wednesday, 4 November 2026 lasts to the end of %s', (text, last) => {
  expect(parseUntil(text, zone, now)).toEqual({ ok: true, until: after(last) });
});

test.each([[''], ['until back'], ['   ']])('“away %s” lasts until somebody ends it', (text) => {
  expect(parseUntil(text, zone, now)).toEqual({ ok: true, until: null });
});

test.each([
  ['until 2026-11-03', /2026-11-03 is past/],
  ['0 days', /is past/],
  ['until 2126-11-03', /more than two years ahead/],
  ['999 weeks', /more than two years ahead/],
  ['until 2026-02-30', /don’t understand/],
  ['until 31.2.', /don’t understand/],
  ['until 12/24', /don’t understand/],
  ['until the cows come home', /don’t understand/],
  ['until m', /don’t understand/],
  ['until <!channel>', /don’t understand/],
])('“away %s” is refused with a sentence', (text, why) => {
  const parsed = parseUntil(text, zone, now);
  expect(parsed.ok ? 'understood' : parsed.why).toMatch(why);
});

test('the day ends where the person is: Friday in New York lasts five hours longer than Friday in London', () => {
  const ends = ['America/New_York', 'Europe/London'].map((place) => {
    const parsed = parseUntil('until friday', place, now);
    return parsed.ok ? (parsed.until ?? 0) : 0;
  });
  expect((ends[0] ?? 0) - (ends[1] ?? 0)).toBe(5 * 3_600_000);
});

test.each([
  ['the clocks go back on Sunday', '2026-10-23', '3 days', 73],
  ['the clocks go forward on Sunday', '2026-03-27', '3 days', 71],
])('three days are three local days when %s', (_what, from, text, hours) => {
  const start = localTime(zone, { date: from, minuteOfDay: 0 });
  const parsed = parseUntil(text, zone, start);
  expect(parsed).toEqual({ ok: true, until: start + hours * 3_600_000 });
});
