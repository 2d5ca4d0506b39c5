import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipped, type DayWindow, without } from '../../src/calendar/day-window.ts';
import { type WorkingCalendar, weeklyCalendar } from '../../src/calendar/working-calendar.ts';
import { isWorkingTime } from '../../src/calendar/working-time.ts';
import { readWallClock } from './reference.ts';
import { instant } from './support.ts';

const MINUTE = 60_000;
const calendar = weeklyCalendar({
  zone: 'Europe/Berlin',
  hours: {
    1: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
    5: [['08:00', '13:00']],
  },
  holidays: ['2026-11-02'],
});

function time(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

function hours(of: WorkingCalendar | undefined, weekday: 1 | 2 | 5): string[] | undefined {
  const text = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return of?.hours[weekday].map(([start, end]) => `${text(start)}-${text(end)}`);
}

test.each<[from: string, to: string, monday: string[], friday: string[]]>([
  ['00:00', '12:00', ['09:00-12:00'], ['08:00-12:00']],
  ['12:00', '24:00', ['13:00-17:00'], ['12:00-13:00']],
  ['11:00', '14:00', ['11:00-12:00', '13:00-14:00'], ['11:00-13:00']],
  ['14:00', '15:00', ['14:00-15:00'], []],
  ['16:00', '09:30', ['09:00-09:30', '16:00-17:00'], ['08:00-09:30']],
])('clipped to %s–%s Monday has %j and Friday %j', (from, to, monday, friday) => {
  const part = clipped(calendar, { from: time(from), to: time(to) });
  expect([hours(part, 1), hours(part, 5)]).toEqual([monday, friday]);
  expect(hours(part, 2)).toEqual([]);
  expect(part?.holidays).toBe(calendar.holidays);
});

test.each<[from: string, to: string, monday: string[], friday: string[]]>([
  ['20:00', '08:30', ['09:00-12:00', '13:00-17:00'], ['08:30-13:00']],
  ['16:00', '10:00', ['10:00-12:00', '13:00-16:00'], ['10:00-13:00']],
  ['11:00', '14:00', ['09:00-11:00', '14:00-17:00'], ['08:00-11:00']],
  ['09:00', '17:00', [], ['08:00-09:00']],
  ['12:00', '12:00', ['09:00-12:00', '13:00-17:00'], ['08:00-13:00']],
])('without %s–%s Monday has %j and Friday %j', (from, to, monday, friday) => {
  const rest = without(calendar, { from: time(from), to: time(to) });
  expect([hours(rest, 1), hours(rest, 5)]).toEqual([monday, friday]);
});

test('a part of the day in which nobody works is no calendar', () => {
  expect(clipped(calendar, { from: time('18:00'), to: time('20:00') })).toBeUndefined();
  expect(clipped(calendar, { from: 600, to: 600 })).toBeUndefined();
  expect(without(calendar, { from: time('08:00'), to: time('17:00') })).toBeUndefined();
});

test('each minute of work is either in the part or in the rest, as the wall clock shows it', () => {
  const minute = fc.integer({ min: 0, max: 1440 });
  const around = instant('2026-10-23T00:00Z');
  fc.assert(
    fc.property(minute, minute, fc.integer({ min: 0, max: 6 * 1440 }), (from, to, later) => {
      const window: DayWindow = { from, to };
      const at = around + later * MINUTE;
      const { minute: wall } = readWallClock(calendar.zone, at);
      const isInside = from <= to ? from <= wall && wall < to : from <= wall || wall < to;
      const works = isWorkingTime(calendar, at);
      const [part, rest] = [clipped(calendar, window), without(calendar, window)];
      expect(part !== undefined && isWorkingTime(part, at)).toBe(works && isInside);
      expect(rest !== undefined && isWorkingTime(rest, at)).toBe(works && !isInside);
    }),
    { numRuns: 500 },
  );
});
