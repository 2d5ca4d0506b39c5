import { expect, test } from 'vitest';
import { limitDayFrom } from '../../src/calendar/limit-day.ts';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { berlin, moment } from '../support/world.ts';

/** Monday to Friday; Wednesday, 4 November 2026 is a holiday. Clocks go back on 25 October. */
const calendar = workingCalendar({
  zone: berlin,
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
  holidays: ['2026-11-04'],
});

test.each([
  ['during the day', '2026-11-03', '12:00', '2026-11-03'],
  ['in the first minute of work', '2026-11-03', '09:00', '2026-11-03'],
  ['in the evening', '2026-11-03', '22:00', '2026-11-03'],
  ['before work', '2026-11-03', '08:59', '2026-10-31'],
  ['on a Saturday', '2026-11-07', '12:00', '2026-11-06'],
  ['on a Monday: the weekend included', '2026-11-09', '12:00', '2026-11-07'],
  ['on a holiday', '2026-11-04', '12:00', '2026-11-03'],
  ['after a holiday', '2026-11-05', '12:00', '2026-11-04'],
  ['after a weekend with a clock change', '2026-10-26', '10:00', '2026-10-24'],
])('%s the limit counts from the right midnight on', (_when, date, time, from) => {
  expect(limitDayFrom(calendar, moment(date, time))).toBe(moment(from, '00:00'));
});
