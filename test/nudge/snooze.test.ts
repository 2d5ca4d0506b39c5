import { expect, test } from 'vitest';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { snoozeDay, snoozeEnd, type SnoozeSpan, suggestedDay } from '../../src/nudge/snooze.ts';
import { berlin, moment } from '../support/world.ts';

const calendar = workingCalendar({
  zone: berlin,
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
  holidays: ['2026-11-09'],
});
const tuesday = moment('2026-11-03', '11:00');

test.each<[SnoozeSpan, string, string, string, string]>([
  ['1h', '2026-11-03', '11:00', '2026-11-03', '12:00'],
  ['1h', '2026-11-03', '16:30', '2026-11-04', '09:30'],
  ['1h', '2026-11-06', '16:00', '2026-11-10', '09:00'],
  ['tomorrow', '2026-11-03', '11:00', '2026-11-04', '09:00'],
  ['tomorrow', '2026-11-06', '11:00', '2026-11-10', '09:00'],
  ['week', '2026-11-11', '11:00', '2026-11-16', '09:00'],
  ['week', '2026-11-03', '11:00', '2026-11-10', '09:00'],
  ['week', '2026-11-15', '11:00', '2026-11-16', '09:00'],
  ['week', '2026-10-23', '11:00', '2026-10-26', '09:00'],
])('%s from %s %s ends on %s at %s', (span, date, time, then, at) => {
  expect(snoozeEnd(calendar, moment(date, time), span)).toBe(moment(then, at));
});

test.each([
  ['2026-11-04', '2026-11-04', false],
  ['2026-11-07', '2026-11-10', true],
  ['2026-11-09', '2026-11-10', true],
  ['2026-12-04', '2026-12-04', false],
])('a snooze until %s ends on %s, in the morning', (date, day, isMoved) => {
  expect(snoozeDay(calendar, tuesday, date)).toEqual({ until: moment(day, '09:00'), isMoved });
});

test.each([
  ['2026-11-03', 'Choose a day that is still to come.'],
  ['2025-01-01', 'Choose a day that is still to come.'],
  [
    '2026-12-05',
    'Choose a day within a month. For later, close the lead as Nurture: it comes back on its day.',
  ],
])('a snooze until %s is refused', (date, why) => {
  expect(snoozeDay(calendar, tuesday, date)).toEqual({ why });
});

test('the form suggests a working day about a week ahead', () => {
  expect(suggestedDay(calendar, tuesday)).toBe('2026-11-10');
  expect(suggestedDay(calendar, moment('2026-11-02', '11:00'))).toBe('2026-11-10');
});
