import { expect, test } from 'vitest';
import type { DayWindow } from '../../src/calendar/day-window.ts';
import { dueAfter } from '../../src/calendar/due.ts';
import {
  type WorkingCalendar,
  weeklyCalendar,
  workingCalendar,
} from '../../src/calendar/working-calendar.ts';
import { expectInstant, instant } from './support.ts';

const holidays = ['2026-12-25', '2027-01-01'];
const days = [1, 2, 3, 4, 5];
const berlin = workingCalendar({ zone: 'Europe/Berlin', days, start: '09:00', end: '17:00', holidays });
const newYork = workingCalendar({ zone: 'America/New_York', days, start: '09:00', end: '17:00' });
/** No work on Friday afternoons, a long break on the other days. */
const breaks = weeklyCalendar({
  zone: 'Europe/Berlin',
  hours: Object.fromEntries([
    ...[1, 2, 3, 4].map((day) => [day, [['08:00', '11:00'], ['14:00', '18:00']]]), // prettier-ignore
    [5, [['08:00', '12:00']]],
  ]) as Record<number, [string, string][]>,
});
const morning: DayWindow = { from: 0, to: 720 };
const afternoon: DayWindow = { from: 720, to: 1440 };
const early: DayWindow = { from: 510, to: 600 };
const night: DayWindow = { from: 1200, to: 1320 };

function span(text: string): { unit: 'minutes' | 'days'; amount: number } {
  const amount = Number(text.slice(0, -1));
  return text.endsWith('d') ? { unit: 'days', amount } : { unit: 'minutes', amount: amount * 60 };
}

test.each<[what: string, WorkingCalendar, from: string, after: string, DayWindow | undefined, due: string]>([
  ['the same time lies in it', berlin, '2026-11-03T10:00+01:00', '2d', morning, '2026-11-05T10:00+01:00'],
  ['it begins later that day', berlin, '2026-11-03T10:00+01:00', '2d', afternoon, '2026-11-05T12:00+01:00'],
  [
    'it is over at that time of the day',
    berlin,
    '2026-11-03T15:00+01:00',
    '2d',
    morning,
    '2026-11-05T09:00+01:00',
  ],
  ['touched in the night', berlin, '2026-11-03T22:00+01:00', '1d', afternoon, '2026-11-04T16:59+01:00'],
  ['hours end in it', berlin, '2026-11-03T10:00+01:00', '1h', morning, '2026-11-03T11:00+01:00'],
  ['hours end before it', berlin, '2026-11-03T09:00+01:00', '1h', afternoon, '2026-11-03T12:00+01:00'],
  ['hours end after it', berlin, '2026-11-03T11:30+01:00', '1h', morning, '2026-11-04T09:00+01:00'],
  [
    'hours end where the day does',
    berlin,
    '2026-11-03T09:00+01:00',
    '8h',
    afternoon,
    '2026-11-04T12:00+01:00',
  ],
  ['cut to the hours', berlin, '2026-11-03T16:00+01:00', '1d', early, '2026-11-04T09:00+01:00'],
  ['nobody works in it', berlin, '2026-11-03T16:00+01:00', '1d', night, '2026-11-04T16:00+01:00'],
  ['over a weekend', berlin, '2026-11-05T15:00+01:00', '2d', morning, '2026-11-09T09:00+01:00'],
  ['over a weekend, in hours', berlin, '2026-11-06T16:30+01:00', '1h', morning, '2026-11-09T09:30+01:00'],
  ['over Christmas', berlin, '2026-12-23T15:00+01:00', '2d', morning, '2026-12-28T09:00+01:00'],
  ['into summer time', berlin, '2026-03-27T10:00+01:00', '1d', afternoon, '2026-03-30T12:00+02:00'],
  ['out of summer time', berlin, '2026-10-23T15:00+02:00', '1d', morning, '2026-10-26T09:00+01:00'],
  ['into daylight saving time', newYork, '2026-03-06T10:00-05:00', '1d', afternoon, '2026-03-09T12:00-04:00'],
  ['out of daylight saving time', newYork, '2026-10-30T15:00-04:00', '2d', morning, '2026-11-03T09:00-05:00'],
  ['after a break', breaks, '2026-11-03T09:00+01:00', '1d', afternoon, '2026-11-04T14:00+01:00'],
  ['not on that weekday', breaks, '2026-11-05T09:00+01:00', '1d', afternoon, '2026-11-09T14:00+01:00'],
])('a step in a part of the day: %s', (_, calendar, from, after, window, due) => {
  expectInstant(dueAfter(calendar, instant(from), { after: span(after), window }), due);
});

test.each<[what: string, notBefore: string, DayWindow | undefined, due: string]>([
  ['it is due later anyway', '2026-11-04T09:30+01:00', undefined, '2026-11-04T10:00+01:00'],
  ['it waits until then', '2026-11-04T11:15+01:00', undefined, '2026-11-04T11:15+01:00'],
  ['it waits until work goes on', '2026-11-04T19:00+01:00', undefined, '2026-11-05T09:00+01:00'],
  ['it waits for its part of the day', '2026-11-04T12:30+01:00', morning, '2026-11-05T09:00+01:00'],
  ['it waits in its part of the day', '2026-11-04T11:15+01:00', morning, '2026-11-04T11:15+01:00'],
])('a step that may not be due before a moment: %s', (_, notBefore, window, due) => {
  const from = instant('2026-11-03T10:00+01:00');
  expectInstant(dueAfter(berlin, from, { after: span('1d'), window }, instant(notBefore)), due);
});

test.each<[what: string, from: string, after: string, DayWindow | undefined, due: string]>([
  ['over all of it', '2026-11-03T10:00+01:00', '1d', undefined, '2026-11-09T10:00+01:00'],
  ['hours go on behind it', '2026-11-03T16:30+01:00', '2h', undefined, '2026-11-04T10:30+01:00'],
  ['hours that run into it', '2026-11-04T12:00+01:00', '3h', undefined, '2026-11-09T10:00+01:00'],
  ['the day it begins counts', '2026-11-02T10:00+01:00', '2d', undefined, '2026-11-04T10:00+01:00'],
  ['later on the day it begins', '2026-11-02T16:00+01:00', '2d', undefined, '2026-11-09T09:00+01:00'],
  ['with a part of the day', '2026-11-03T15:00+01:00', '2d', morning, '2026-11-09T09:00+01:00'],
])('an absence from Wednesday, 14:00, to the end of Friday: %s', (what, from, after, window, due) => {
  const begin = what === 'over all of it' ? '2026-11-04T00:00+01:00' : '2026-11-04T14:00+01:00';
  const away = [[instant(begin), instant('2026-11-07T00:00+01:00')] as const];
  const calendar: WorkingCalendar = { ...berlin, away };
  expectInstant(dueAfter(calendar, instant(from), { after: span(after), window }), due);
});

test('an absence of years is no mistake in the calendar', () => {
  const away = [
    [instant('2026-11-04T00:00+01:00'), instant('2028-11-01T00:00+01:00')] as const,
    [instant('2028-11-01T12:00+01:00'), instant('2030-11-01T00:00+01:00')] as const,
  ];
  const due = dueAfter({ ...berlin, away }, instant('2026-11-03T16:00+01:00'), { after: span('6h') });
  expect(new Date(due).toISOString().slice(0, 10)).toBe('2030-11-01');
});
