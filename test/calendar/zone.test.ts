import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertZone, localDate, localTime, startOfLocalDay, wallClock } from '../../src/calendar/zone.ts';
import { readWallClock } from './reference.ts';
import { expectInstant, instant } from './support.ts';

describe('the local date', () => {
  test.each([
    ['UTC', '2026-03-29T00:00:00Z', '2026-03-29'],
    ['UTC', '2026-03-28T23:59:59.999Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25'],
    ['America/New_York', '2026-01-01T04:59:59Z', '2025-12-31'],
    ['Asia/Kolkata', '2026-07-01T18:30:00Z', '2026-07-02'],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
    ['UTC', '1969-12-31T23:59:00Z', '1969-12-31'],
  ])('in %s at %s is %s', (zone, at, date) => {
    expect(localDate(zone, instant(at))).toBe(date);
    expect(localDate({ zone }, instant(at))).toBe(date);
  });
});

describe('a local time', () => {
  test.each([
    ['on an ordinary day', 'Europe/Berlin', '2026-07-01', '09:00', '2026-07-01T09:00+02:00'],
    ['before the spring change', 'Europe/Berlin', '2026-03-29', '01:59', '2026-03-29T01:59+01:00'],
    [
      'in the gap is the first instant after it',
      'Europe/Berlin',
      '2026-03-29',
      '02:30',
      '2026-03-29T03:00+02:00',
    ],
    [
      'at the gap start is the same instant',
      'Europe/Berlin',
      '2026-03-29',
      '02:00',
      '2026-03-29T03:00+02:00',
    ],
    ['after the spring change', 'Europe/Berlin', '2026-03-29', '09:00', '2026-03-29T09:00+02:00'],
    ['that happens twice is the earlier', 'Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T02:30+02:00'],
    ['after the autumn change', 'Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T03:00+01:00'],
    ['in a New York gap', 'America/New_York', '2026-03-08', '02:15', '2026-03-08T03:00-04:00'],
    ['that New York has twice', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T01:30-04:00'],
    ['in a gap of 30 minutes', 'Australia/Lord_Howe', '2026-10-04', '02:10', '2026-10-04T02:30+11:00'],
    [
      'just after a gap of 30 minutes',
      'Australia/Lord_Howe',
      '2026-10-04',
      '02:40',
      '2026-10-04T02:40+11:00',
    ],
    ['in the 30 minutes that repeat', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-05T01:45+11:00'],
    ['in a zone with half an hour', 'Asia/Kolkata', '2026-03-29', '09:00', '2026-03-29T09:00+05:30'],
    ['on a day without midnight', 'America/Sao_Paulo', '2018-11-04', '00:30', '2018-11-04T01:00-02:00'],
    ['at the end of the day before', 'America/Sao_Paulo', '2018-11-03', '24:00', '2018-11-04T01:00-02:00'],
    [
      'in the hour repeated before midnight',
      'America/Sao_Paulo',
      '2018-02-17',
      '23:30',
      '2018-02-17T23:30-02:00',
    ],
    ['on a date that was left out', 'Pacific/Apia', '2011-12-30', '09:00', '2011-12-31T00:00+14:00'],
    ['in a gap that ends at midnight', 'America/Nuuk', '2024-03-30', '23:30', '2024-03-31T00:00-01:00'],
  ])('%s (%s, %s %s)', (_, zone, date, time, expected) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    expectInstant(localTime(zone, { date, minuteOfDay: hours * 60 + minutes }), expected);
  });

  test.each([-1, 1441, 1.5, NaN])('refuses %d as a minute of the day', (minuteOfDay) => {
    expect(() => localTime('UTC', { date: '2026-01-01', minuteOfDay })).toThrow(/not a minute of a day/);
  });

  test.each(['2026-02-30', '2026-13-01', '2026-1-1', '01.02.2026', '', '2026-01-01T00:00'])(
    'refuses "%s" as a date',
    (date) => {
      expect(() => startOfLocalDay('UTC', date)).toThrow(RangeError);
    },
  );
});

describe('a local day', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['America/Sao_Paulo', '2018-02-17', 25],
    ['America/Sao_Paulo', '2026-11-01', 24],
    ['Asia/Kolkata', '2026-03-29', 24],
    ['Pacific/Apia', '2011-12-30', 0],
  ])('in %s, %s, has its real length of %d hours', (zone, date, hours) => {
    const next = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    expect(startOfLocalDay(zone, next) - startOfLocalDay(zone, date)).toBe(hours * 3_600_000);
  });
});

describe('a zone', () => {
  test.each(['Mars/Olympus', '', 'Berlin'])('named "%s" is refused in one clear sentence', (zone) => {
    expect(() => assertZone(zone)).toThrow(/is not a known time zone: use a name such as/);
  });

  test('shows what Intl shows, whichever zone and whenever', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const minute = fc.integer({ min: Date.UTC(1990, 0) / 60_000, max: Date.UTC(2060, 0) / 60_000 });
    fc.assert(
      fc.property(zone, minute, (name, minutes) => {
        const expected = readWallClock(name, minutes * 60_000);
        const shown = new Date(wallClock(name, minutes * 60_000)).toISOString();
        const time = `${Math.floor(expected.minute / 60)}`.padStart(2, '0');
        expect(shown.slice(0, 13)).toBe(`${expected.date}T${time}`);
        expect(Number(shown.slice(14, 16))).toBe(expected.minute % 60);
      }),
      { numRuns: 1_500 },
    );
  });

  test('stays right when many more zones and years are asked for than are kept', () => {
    for (let year = 1950; year < 2050; year++) {
      for (const month of [0, 2, 4, 6, 8, 10]) wallClock('Europe/Berlin', Date.UTC(year, month));
    }
    for (const zone of Intl.supportedValuesOf('timeZone')) wallClock(zone, 0);
    expectInstant(wallClock('Europe/Berlin', instant('2026-07-01T09:00+02:00')), '2026-07-01T09:00Z');
    expectInstant(wallClock('Europe/Berlin', instant('1990-01-01T09:00+01:00')), '1990-01-01T09:00Z');
  });
});
