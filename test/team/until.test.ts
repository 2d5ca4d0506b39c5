import { expect, test } from 'vitest';
import { moment } from '../support/world.ts';
import { untilText } from '../../src/team/until.ts';

const zone = 'Europe/Berlin';
const now = moment('2026-11-04', '10:00');

test.each([
  ['2026-11-05', '00:00', 'the end of today'],
  ['2026-11-04', '15:30', '15:30'],
  ['2026-11-06', '00:00', 'tomorrow'],
  ['2026-11-07', '00:00', 'Friday'],
  ['2026-11-06', '14:00', 'Friday, 14:00'],
  ['2026-11-10', '00:00', 'Monday'],
  ['2026-11-12', '00:00', 'Wed 11 Nov'],
  ['2026-12-25', '00:00', 'Thu 24 Dec'],
  ['2027-01-02', '00:00', 'Fri 1 Jan 2027'],
])('an absence that is over on %s at %s is said to last until %s', (date, time, expected) => {
  expect(untilText(moment(date, time), zone, now)).toBe(expected);
});
