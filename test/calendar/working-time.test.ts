import { describe, expect, test } from 'vitest';
import { weeklyCalendar, workingCalendar } from '../../src/calendar/working-calendar.ts';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';
import {
  addWorkingDays,
  addWorkingMinutes,
  isWorkingTime,
  nextWorkingMoment,
  workingMinutesBetween,
} from '../../src/calendar/working-time.ts';
import { expectInstant, instant } from './support.ts';

const weekdays = (zone: string, ...holidays: string[]): WorkingCalendar =>
  workingCalendar({ zone, days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00', holidays });
const roundTheClock = (zone: string): WorkingCalendar =>
  workingCalendar({ zone, days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' });
const everyDay = (zone: string, ...hours: [string, string][]): WorkingCalendar =>
  weeklyCalendar({ zone, hours: { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: hours, 7: hours } });

// Good Friday is 3 April 2026, Easter Monday the 6th, Christmas a Friday.
const berlin = weekdays('Europe/Berlin', '2026-04-03', '2026-04-06', '2026-12-25');
const newYork = weekdays('America/New_York', '2026-11-26');
const lordHowe = weekdays('Australia/Lord_Howe');
const kolkata = weekdays('Asia/Kolkata');
const apia = weekdays('Pacific/Apia');
const withLunch = everyDay('Europe/Berlin', ['09:00', '12:00'], ['13:00', '17:00']);
const nights = everyDay('Europe/Berlin', ['01:00', '04:00']);

describe('working time', () => {
  test.each<[string, WorkingCalendar, string, boolean]>([
    ['begins with the first minute', berlin, '2026-03-27T09:00+01:00', true],
    ['has not begun a moment before', berlin, '2026-03-27T08:59:59.999+01:00', false],
    ['lasts to the last moment', berlin, '2026-03-27T16:59:59.999+01:00', true],
    ['is over at the end', berlin, '2026-03-27T17:00+01:00', false],
    ['is not on a Saturday', berlin, '2026-03-28T12:00+01:00', false],
    ['is an hour earlier in UTC in summer', berlin, '2026-03-30T07:00Z', true],
    ['is not so in winter', berlin, '2026-03-27T07:00Z', false],
    ['is not on a holiday', berlin, '2026-12-25T12:00+01:00', false],
    ['is on the day before a holiday', berlin, '2026-12-24T12:00+01:00', true],
    ['leaves out lunch', withLunch, '2026-03-27T12:30+01:00', false],
    ['goes on after lunch', withLunch, '2026-03-27T13:00+01:00', true],
    ['is by the local weekday', apia, '2026-03-29T20:00Z', true],
    ['contains both runs of a repeated hour: first', nights, '2026-10-25T02:30+02:00', true],
    ['contains both runs of a repeated hour: second', nights, '2026-10-25T02:30+01:00', true],
  ])('%s', (_, cal, at, expected) => {
    expect(isWorkingTime(cal, instant(at))).toBe(expected);
  });
});

describe('the next working moment', () => {
  test.each<[string, WorkingCalendar, string, string]>([
    ['is now in working time', berlin, '2026-03-27T10:30:00.123+01:00', '2026-03-27T10:30:00.123+01:00'],
    ['is this morning before work', berlin, '2026-03-27T05:00+01:00', '2026-03-27T09:00+01:00'],
    ['is Monday on Friday at the end', berlin, '2026-03-20T17:00+01:00', '2026-03-23T09:00+01:00'],
    [
      'is Monday in summer time after the spring change',
      berlin,
      '2026-03-27T19:00+01:00',
      '2026-03-30T09:00+02:00',
    ],
    [
      'is Monday in winter time after the autumn change',
      berlin,
      '2026-10-23T19:00+02:00',
      '2026-10-26T09:00+01:00',
    ],
    ['is after lunch at lunch', withLunch, '2026-03-27T12:00+01:00', '2026-03-27T13:00+01:00'],
    ['skips Easter', berlin, '2026-04-02T17:00+02:00', '2026-04-07T09:00+02:00'],
    ['skips Thanksgiving', newYork, '2026-11-25T18:00-05:00', '2026-11-27T09:00-05:00'],
    ['skips the date that Samoa left out', apia, '2011-12-29T17:00-10:00', '2012-01-02T09:00+14:00'],
    [
      'is the end of the gap when the hours begin in it',
      everyDay('Europe/Berlin', ['02:30', '05:00']),
      '2026-03-29T01:00+01:00',
      '2026-03-29T03:00+02:00',
    ],
    [
      'is next day when a clock change swallows the hours',
      everyDay('Europe/Berlin', ['02:00', '03:00']),
      '2026-03-29T01:00+01:00',
      '2026-03-30T02:00+02:00',
    ],
    [
      'is 01:00 on the day without midnight',
      roundTheClock('America/Sao_Paulo'),
      '2018-11-04T01:00-02:00',
      '2018-11-04T01:00-02:00',
    ],
  ])('%s', (_, cal, at, expected) => {
    expectInstant(nextWorkingMoment(cal, instant(at)), expected);
  });
});

/** Each case holds both ways: adding the minutes and counting them. */
describe('working minutes', () => {
  test.each<[string, WorkingCalendar, string, number, string]>([
    ['elapse within a day', berlin, '2026-03-25T10:00+01:00', 240, '2026-03-25T14:00+01:00'],
    ['may be up at the very end', berlin, '2026-03-25T09:00+01:00', 480, '2026-03-25T17:00+01:00'],
    ['go over night', berlin, '2026-03-25T16:59+01:00', 2, '2026-03-26T09:01+01:00'],
    ['begin next morning after work', berlin, '2026-03-25T20:00+01:00', 60, '2026-03-26T10:00+01:00'],
    ['may be fractions', berlin, '2026-03-25T16:59:30+01:00', 1.5, '2026-03-26T09:01+01:00'],
    ['stop for lunch', withLunch, '2026-03-25T11:30+01:00', 60, '2026-03-25T13:30+01:00'],
    ['stop at lunch when just done', withLunch, '2026-03-25T11:00+01:00', 60, '2026-03-25T12:00+01:00'],
    ['go from Friday to Monday', berlin, '2026-03-20T16:00+01:00', 120, '2026-03-23T10:00+01:00'],
    ['go over the spring change', berlin, '2026-03-27T16:00+01:00', 120, '2026-03-30T10:00+02:00'],
    ['go over the autumn change', berlin, '2026-10-23T16:00+02:00', 120, '2026-10-26T10:00+01:00'],
    ['go over the American spring change', newYork, '2026-03-06T16:00-05:00', 120, '2026-03-09T10:00-04:00'],
    ['go over the American autumn change', newYork, '2026-10-30T16:00-04:00', 120, '2026-11-02T10:00-05:00'],
    ['go over a change of 30 minutes', lordHowe, '2026-10-02T16:00+10:30', 120, '2026-10-05T10:00+11:00'],
    ['go over the way back by 30 minutes', lordHowe, '2026-04-03T16:00+11:00', 120, '2026-04-06T10:00+10:30'],
    ['know no change in India', kolkata, '2026-03-27T16:00+05:30', 120, '2026-03-30T10:00+05:30'],
    ['stop for Easter', berlin, '2026-04-02T16:00+02:00', 120, '2026-04-07T10:00+02:00'],
    ['stop for Christmas and its weekend', berlin, '2026-12-24T16:00+01:00', 120, '2026-12-28T10:00+01:00'],
    ['last through a whole week', berlin, '2026-03-23T09:00+01:00', 2400, '2026-03-27T17:00+01:00'],
    ['leave out the hour that spring skips', nights, '2026-03-29T01:00+01:00', 120, '2026-03-29T04:00+02:00'],
    ['count the hour that autumn repeats', nights, '2026-10-25T01:00+02:00', 240, '2026-10-25T04:00+01:00'],
    [
      'pass in reality on a short day',
      roundTheClock('Europe/Berlin'),
      '2026-03-29T00:00+01:00',
      1380,
      '2026-03-30T00:00+02:00',
    ],
    [
      'pass in reality on a long day',
      roundTheClock('Europe/Berlin'),
      '2026-10-25T00:00+02:00',
      1500,
      '2026-10-26T00:00+01:00',
    ],
    [
      'pass in reality in 24.5 hours',
      roundTheClock('Australia/Lord_Howe'),
      '2026-04-05T00:00+11:00',
      1470,
      '2026-04-06T00:00+10:30',
    ],
    [
      'pass in reality when midnight repeats',
      roundTheClock('America/Sao_Paulo'),
      '2018-02-17T00:00-02:00',
      1500,
      '2018-02-18T00:00-03:00',
    ],
    [
      'leave out the date that Samoa left out',
      roundTheClock('Pacific/Apia'),
      '2011-12-29T00:00-10:00',
      1441,
      '2011-12-31T00:01+14:00',
    ],
    ['are plain minutes in UTC', roundTheClock('UTC'), '2026-03-29T00:00Z', 100_000, '2026-06-06T10:40Z'],
    ['add up over years', roundTheClock('UTC'), '2025-01-01T00:00Z', 1_576_800, '2028-01-01T00:00Z'],
  ])('%s', (_, cal, from, minutes, to) => {
    expectInstant(addWorkingMinutes(cal, instant(from), minutes), to);
    expect(workingMinutesBetween(cal, instant(from), instant(to))).toBe(minutes);
  });

  test('between an instant and an earlier or the same one are none', () => {
    const noon = instant('2026-03-25T12:00+01:00');
    expect(workingMinutesBetween(berlin, noon, noon)).toBe(0);
    expect(workingMinutesBetween(berlin, noon, noon - 3_600_000)).toBe(0);
  });

  test('of a weekend are none', () => {
    const [friday, monday] = [instant('2026-03-27T17:00+01:00'), instant('2026-03-30T09:00+02:00')];
    expect(workingMinutesBetween(berlin, friday, monday)).toBe(0);
  });

  test('none of them lead to the next working moment', () => {
    expectInstant(addWorkingMinutes(berlin, instant('2026-03-27T17:00+01:00'), 0), '2026-03-30T09:00+02:00');
  });

  test.each([-1, NaN])("can't be %d", (minutes) => {
    expect(() => addWorkingMinutes(berlin, 0, minutes)).toThrow(RangeError);
  });
});

describe('working days later', () => {
  const cases: [string, WorkingCalendar, string, number, string | undefined, string][] = [
    ['two, at the same time', berlin, '2026-03-24T10:15:20+01:00', 2, undefined, '2026-03-26T10:15:20+01:00'],
    ['one from Friday is Monday', berlin, '2026-03-20T10:00+01:00', 1, undefined, '2026-03-23T10:00+01:00'],
    [
      'one from Friday evening is Monday',
      berlin,
      '2026-03-20T22:00+01:00',
      1,
      'start',
      '2026-03-23T09:00+01:00',
    ],
    ['one from Saturday is Monday', berlin, '2026-03-21T10:00+01:00', 1, undefined, '2026-03-23T10:00+01:00'],
    ['one from Sunday is Monday', berlin, '2026-03-22T10:00+01:00', 1, undefined, '2026-03-23T10:00+01:00'],
    ['five are a week', berlin, '2026-03-18T10:00+01:00', 5, undefined, '2026-03-25T10:00+01:00'],
    [
      'keep the local time over the spring change',
      berlin,
      '2026-03-27T10:00+01:00',
      1,
      undefined,
      '2026-03-30T10:00+02:00',
    ],
    [
      'keep the local time over the autumn change',
      berlin,
      '2026-10-23T10:00+02:00',
      1,
      undefined,
      '2026-10-26T10:00+01:00',
    ],
    [
      'keep it over the American change',
      newYork,
      '2026-10-30T10:00-04:00',
      2,
      undefined,
      '2026-11-03T10:00-05:00',
    ],
    [
      'keep it over a change of 30 minutes',
      lordHowe,
      '2026-10-02T10:00+10:30',
      1,
      undefined,
      '2026-10-05T10:00+11:00',
    ],
    ['leave out Easter', berlin, '2026-04-02T10:00+02:00', 1, undefined, '2026-04-07T10:00+02:00'],
    [
      'from a holiday count the day after',
      berlin,
      '2026-12-25T10:00+01:00',
      1,
      undefined,
      '2026-12-28T10:00+01:00',
    ],
    [
      'leave out the date that Samoa left out',
      apia,
      '2011-12-29T10:00-10:00',
      1,
      undefined,
      '2012-01-02T10:00+14:00',
    ],
    [
      'begin with the day for an early time',
      berlin,
      '2026-03-24T06:00+01:00',
      1,
      undefined,
      '2026-03-25T09:00+01:00',
    ],
    [
      'end in the last minute for a late time',
      berlin,
      '2026-03-24T21:00+01:00',
      1,
      undefined,
      '2026-03-25T16:59+01:00',
    ],
    [
      'end in the last minute at the end',
      berlin,
      '2026-03-24T10:00+01:00',
      1,
      '17:00',
      '2026-03-25T16:59+01:00',
    ],
    ['at the start of the day', berlin, '2026-03-24T15:00+01:00', 2, 'start', '2026-03-26T09:00+01:00'],
    ['at a given time', berlin, '2026-03-24T15:00+01:00', 2, '11:30', '2026-03-26T11:30+01:00'],
    ['at a given time before work', berlin, '2026-03-24T15:00+01:00', 2, '07:00', '2026-03-26T09:00+01:00'],
    ['at lunch is after lunch', withLunch, '2026-03-24T12:30+01:00', 1, undefined, '2026-03-25T13:00+01:00'],
    [
      'at a time in the gap is after it',
      nights,
      '2026-03-28T02:30+01:00',
      1,
      undefined,
      '2026-03-29T03:00+02:00',
    ],
    [
      'at a time that repeats is the earlier',
      nights,
      '2026-10-24T02:30+02:00',
      1,
      undefined,
      '2026-10-25T02:30+02:00',
    ],
    ['none in working time is now', berlin, '2026-03-24T15:00+01:00', 0, undefined, '2026-03-24T15:00+01:00'],
    ['none on a Saturday is Monday', berlin, '2026-03-21T15:00+01:00', 0, '11:00', '2026-03-23T09:00+01:00'],
  ];
  test.each(cases)('%s', (_, cal, from, days, at, expected) => {
    expectInstant(addWorkingDays(cal, instant(from), days, at), expected);
  });

  test('count no day whose hours a clock change swallows', () => {
    const cal = everyDay('Europe/Berlin', ['02:00', '03:00']);
    expectInstant(addWorkingDays(cal, instant('2026-03-28T02:15+01:00'), 1), '2026-03-30T02:15+02:00');
  });

  test.each([-1, 0.5, NaN, Infinity])("can't be %d", (days) => {
    expect(() => addWorkingDays(berlin, 0, days)).toThrow(RangeError);
  });

  test('refuse a time that is none', () => {
    expect(() => addWorkingDays(berlin, 0, 1, 'noon')).toThrow(/"noon" is not a time of day/);
  });
});

describe('a calendar without working time ahead', () => {
  const start = instant('2026-01-01T00:00Z');
  const dates = Array.from({ length: 800 }, (_, day) =>
    new Date(start + day * 86_400_000).toISOString().slice(0, 10),
  );
  const closed = weekdays('UTC', ...dates);
  const sentence = /calendar \(UTC\) has too little working time after 202\d-\d\d-\d\d: check its holidays/;

  test('says so instead of searching for ever', () => {
    expect(isWorkingTime(closed, start)).toBe(false);
    expect(() => nextWorkingMoment(closed, start)).toThrow(sentence);
    expect(() => addWorkingMinutes(closed, start, 10)).toThrow(sentence);
    expect(() => addWorkingDays(closed, start, 0)).toThrow(sentence);
    expect(() => addWorkingDays(closed, start, 3)).toThrow(sentence);
    expect(() => nextWorkingMoment(closed, start)).toThrow(RangeError);
  });

  test('still says so after some working time', () => {
    const lastDay = instant('2025-12-31T16:00Z');
    expectInstant(addWorkingMinutes(closed, lastDay, 60), '2025-12-31T17:00Z');
    expect(() => addWorkingMinutes(closed, lastDay, 61)).toThrow(sentence);
    expectInstant(addWorkingDays(closed, lastDay - 86_400_000, 1), '2025-12-31T16:00Z');
    expect(() => addWorkingDays(closed, lastDay, 1)).toThrow(sentence);
  });

  test('says so about a hole of more than 400 days, wherever the search began', () => {
    const hole = weekdays('UTC', ...dates.slice(0, 450));
    expect(() => addWorkingMinutes(hole, instant('2025-12-01T00:00Z'), 100_000)).toThrow(sentence);
  });

  test('still counts what has passed: nothing', () => {
    expect(workingMinutesBetween(closed, start, start + 700 * 86_400_000)).toBe(0);
  });

  test('is left alone when work goes on within 400 days', () => {
    const almost = weekdays('UTC', ...dates.slice(0, 365));
    expectInstant(nextWorkingMoment(almost, start), '2027-01-01T09:00Z');
  });

  test.each([1e9, Infinity])('is what %d working minutes find, soon', (minutes) => {
    expect(() => addWorkingMinutes(berlin, start, minutes)).toThrow(/too little working time/);
    expect(() => addWorkingDays(berlin, start, 1e9)).toThrow(/too little working time/);
  });
});
