import { expect, test } from 'vitest';
import { dateText, dateTimeText, pastDayText, weekdayText } from '../../src/calendar/date-text.ts';
import { berlin, moment } from '../support/world.ts';

const now = moment('2026-11-03', '11:00');

test('a day has its weekday, and its year only where that is another', () => {
  expect(dateText(berlin, moment('2026-12-03', '00:00'), now)).toBe('Thu 3 Dec');
  expect(dateText(berlin, moment('2027-01-04', '09:00'), now)).toBe('Mon 4 Jan 2027');
  expect(dateTimeText(berlin, moment('2026-12-03', '09:05'), now)).toBe('Thu 3 Dec, 09:05');
});

test('the day is that of the zone, across midnight and a change of the clock', () => {
  expect(dateText('America/New_York', moment('2026-11-03', '01:00'), now)).toBe('Mon 2 Nov');
  expect(dateTimeText(berlin, Date.UTC(2026, 9, 25, 1, 30), now)).toBe('Sun 25 Oct, 02:30');
  expect(weekdayText('Pacific/Auckland', moment('2026-11-03', '13:00'))).toBe('Wednesday');
});

test('a day that is over is named by its weekday as long as that means one day only', () => {
  expect(pastDayText(berlin, moment('2026-10-28', '00:00'), now)).toBe('Wednesday');
  expect(pastDayText(berlin, moment('2026-10-27', '23:59'), now)).toBe('Tue 27 Oct');
  expect(pastDayText(berlin, moment('2025-12-30', '09:00'), now)).toBe('Tue 30 Dec 2025');
});
