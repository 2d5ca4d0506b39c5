import { expect, test } from 'vitest';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { pickedFrom, stepTime, suggestedDay } from '../../src/reply/step-time.ts';
import { berlin, moment } from '../support/world.ts';

const calendar = workingCalendar({
  zone: berlin,
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
  holidays: ['2026-12-25'],
});
/** A Monday. */
const now = moment('2026-11-02', '10:00');

test.each([
  ['a day without a time is asked for as work begins', '2026-11-05', '', '09:00'],
  ['a time is kept', '2026-11-05', '14:30', '14:30'],
  ['a time after work is kept: they choose when to talk', '2026-11-05', '18:30', '18:30'],
  ['today without a time is asked for as work ends', '2026-11-02', '', '16:59'],
  ['today at a later time', '2026-11-02', '10:30', '10:30'],
  ['behind a change of the clock', '2027-03-29', '', '09:00'],
])('%s', (_what, date, time, due) => {
  expect(stepTime(calendar, now, date, time)).toEqual({ at: moment(date, due), isAllDay: time === '' });
});

test.each([
  ['no day', '', '', 'step_date', 'Choose a day.'],
  ['yesterday', '2026-11-01', '', 'step_date', 'Choose today or a day to come.'],
  ['a Saturday', '2026-11-07', '', 'step_date', 'That is no working day. The next one is Mon 9 Nov.'],
  ['a holiday', '2026-12-25', '11:00', 'step_date', 'That is no working day. The next one is Mon 28 Dec.'],
  ['an hour ago', '2026-11-02', '09:00', 'step_time', 'Choose a time that is still to come.'],
  ['this very minute', '2026-11-02', '10:00', 'step_time', 'Choose a time that is still to come.'],
  ['in two years', '2028-11-02', '', 'step_date', 'Choose a day within a year.'],
])('%s is refused with what to choose', (_what, date, time, field, why) => {
  const wrong = stepTime(calendar, now, date, time);
  expect(wrong).toMatchObject({ wrong: field });
  expect('why' in wrong && wrong.why).toContain(why);
});

test('today without a time is refused once work is over', () => {
  expect(stepTime(calendar, moment('2026-11-02', '17:30'), '2026-11-02', '')).toEqual({
    wrong: 'step_date',
    why: 'Today’s work is over. Choose another day, or a time.',
  });
});

test('the form suggests the next working day', () => {
  expect(suggestedDay(calendar, now)).toBe('2026-11-03');
  expect(suggestedDay(calendar, moment('2026-12-24', '12:00'))).toBe('2026-12-28');
});

test('what was picked comes back as it was picked, across a change of the clock', () => {
  expect(pickedFrom(berlin, moment('2027-03-29', '14:30'))).toEqual({ date: '2027-03-29', time: '14:30' });
});
