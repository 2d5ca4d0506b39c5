import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextDaily, nextWeekly, startOfLocalWeek } from '../../src/calendar/recurring.ts';
import { slowNextOccurrence } from './reference.ts';
import { expectInstant, instant } from './support.ts';

describe('every week', () => {
  test.each([
    ['later today', 'Europe/Berlin', 1, '09:00', '2026-03-23T08:59+01:00', '2026-03-23T09:00+01:00'],
    ['strictly after', 'Europe/Berlin', 1, '09:00', '2026-03-23T09:00+01:00', '2026-03-30T09:00+02:00'],
    ['later in the week', 'Europe/Berlin', 5, '16:00', '2026-03-23T12:00+01:00', '2026-03-27T16:00+01:00'],
    [
      'next week, after the autumn change',
      'Europe/Berlin',
      1,
      '09:00',
      '2026-10-19T12:00+02:00',
      '2026-10-26T09:00+01:00',
    ],
    [
      'in the New York spring',
      'America/New_York',
      1,
      '09:00',
      '2026-03-06T12:00-05:00',
      '2026-03-09T09:00-04:00',
    ],
    [
      'in half-hour steps',
      'Australia/Lord_Howe',
      1,
      '09:00',
      '2026-10-02T12:00+10:30',
      '2026-10-05T09:00+11:00',
    ],
    ['by the local weekday', 'Pacific/Apia', 1, '00:00', '2026-03-28T00:00Z', '2026-03-29T11:00Z'],
    ['on Sunday in the gap', 'Europe/Berlin', 7, '02:30', '2026-03-28T12:00+01:00', '2026-03-29T03:00+02:00'],
    [
      'once when the hour repeats',
      'Europe/Berlin',
      7,
      '02:30',
      '2026-10-25T02:30+02:00',
      '2026-11-01T02:30+01:00',
    ],
    [
      'on no date that was left out',
      'Pacific/Apia',
      5,
      '09:00',
      '2011-12-29T12:00-10:00',
      '2012-01-06T09:00+14:00',
    ],
  ])('%s (%s, weekday %d, %s)', (_, zone, weekday, time, after, expected) => {
    expectInstant(nextWeekly(zone, { weekday, time }, instant(after)), expected);
  });

  test.each([0, 8, 2.5, NaN])('knows no weekday %d', (weekday) => {
    expect(() => nextWeekly('UTC', { weekday, time: '09:00' }, 0)).toThrow(/is not a weekday/);
  });

  test('knows no time "9 am"', () => {
    expect(() => nextWeekly('UTC', { weekday: 1, time: '9 am' }, 0)).toThrow(/not a time of day/);
  });
});

describe('every day', () => {
  test.each([
    ['later today', 'Asia/Kolkata', '08:30', '2026-03-23T08:00+05:30', '2026-03-23T08:30+05:30'],
    ['strictly after', 'Asia/Kolkata', '08:30', '2026-03-23T08:30+05:30', '2026-03-24T08:30+05:30'],
    ['over the spring change', 'Europe/Berlin', '08:30', '2026-03-28T12:00+01:00', '2026-03-29T08:30+02:00'],
    ['over the autumn change', 'Europe/Berlin', '08:30', '2026-10-24T12:00+02:00', '2026-10-25T08:30+01:00'],
    ['in the gap', 'Europe/Berlin', '02:30', '2026-03-28T12:00+01:00', '2026-03-29T03:00+02:00'],
    ['once in the gap', 'Europe/Berlin', '02:30', '2026-03-29T03:00+02:00', '2026-03-30T02:30+02:00'],
    [
      'once when the hour repeats',
      'Europe/Berlin',
      '02:30',
      '2026-10-25T02:15+01:00',
      '2026-10-26T02:30+01:00',
    ],
    [
      'on a day without midnight',
      'America/Sao_Paulo',
      '00:00',
      '2018-11-03T12:00-03:00',
      '2018-11-04T01:00-02:00',
    ],
    [
      'on no date that was left out',
      'Pacific/Apia',
      '09:00',
      '2011-12-29T12:00-10:00',
      '2011-12-31T09:00+14:00',
    ],
    ['at the end of the day', 'UTC', '24:00', '2026-03-23T12:00Z', '2026-03-24T00:00Z'],
  ])('%s (%s, %s)', (_, zone, time, after, expected) => {
    expectInstant(nextDaily(zone, time, instant(after)), expected);
  });
});

describe('the local week', () => {
  test.each([
    ['on a Monday morning', 'Europe/Berlin', '2026-03-23T00:00+01:00', '2026-03-23T00:00+01:00'],
    ['a moment before', 'Europe/Berlin', '2026-03-22T23:59:59.999+01:00', '2026-03-16T00:00+01:00'],
    [
      'on the Sunday of the spring change',
      'Europe/Berlin',
      '2026-03-29T12:00+02:00',
      '2026-03-23T00:00+01:00',
    ],
    [
      'on the Sunday of the autumn change',
      'Europe/Berlin',
      '2026-10-25T23:00+01:00',
      '2026-10-19T00:00+02:00',
    ],
    ['in New York', 'America/New_York', '2026-03-08T12:00-04:00', '2026-03-02T00:00-05:00'],
    ['before 1970', 'UTC', '1969-12-28T12:00Z', '1969-12-22T00:00Z'],
    ['with a date left out', 'Pacific/Apia', '2012-01-01T12:00+14:00', '2011-12-26T00:00-10:00'],
  ])('begins on Monday, asked %s (%s)', (_, zone, at, expected) => {
    expectInstant(startOfLocalWeek(zone, instant(at)), expected);
  });
});

describe('around any clock change', () => {
  const change = fc.constantFrom<[string, string]>(
    ['Europe/Berlin', '2026-03-29T01:00Z'],
    ['Europe/Berlin', '2026-10-25T01:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
    ['America/Sao_Paulo', '2018-11-04T03:00Z'],
    ['America/St_Johns', '2010-11-07T02:31Z'],
    ['America/Nuuk', '2024-03-31T01:00Z'],
    ['Pacific/Apia', '2011-12-30T10:00Z'],
    ['Asia/Kolkata', '2026-03-29T01:00Z'],
  );
  const shift = fc.integer({ min: -8 * 1440, max: 2 * 1440 });
  const minute = fc.integer({ min: 0, max: 1439 });
  const weekday = fc.integer({ min: 1, max: 7 });
  const timeOf = (value: number): string =>
    `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;

  test('the next occurrence is what reading the wall clock minute by minute finds', () => {
    fc.assert(
      fc.property(change, shift, minute, weekday, ([zone, at], minutes, wanted, isoDay) => {
        const after = instant(at) + minutes * 60_000;
        const daily = slowNextOccurrence(zone, { minute: wanted }, after);
        const weekly = slowNextOccurrence(zone, { weekday: isoDay, minute: wanted }, after);
        expect(nextDaily(zone, timeOf(wanted), after)).toBe(daily);
        expect(nextWeekly(zone, { weekday: isoDay, time: timeOf(wanted) }, after)).toBe(weekly);
      }),
      { numRuns: 40 },
    );
  });
});
