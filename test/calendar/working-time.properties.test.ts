import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interval } from '../../src/calendar/intervals.ts';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';
import {
  addWorkingDays,
  addWorkingMinutes,
  isWorkingTime,
  nextWorkingMoment,
  workingMinutesBetween,
} from '../../src/calendar/working-time.ts';
import { localDate } from '../../src/calendar/zone.ts';
import {
  slowAddWorkingMinutes,
  slowIsWorkingTime,
  slowNthWorkingDate,
  slowWorkingMinutesBetween,
} from './reference.ts';
import { instant } from './support.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Instants at which a zone changes its clocks, or where another one would. */
const CHANGES: [zone: string, at: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00Z'],
  ['America/St_Johns', '2010-11-07T02:31Z'],
  ['America/Nuuk', '2024-03-31T01:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Asia/Kolkata', '2026-03-29T01:00Z'],
  ['UTC', '2026-03-29T01:00Z'],
];

// Quarter hours shrink well and still cut through every gap and repeated hour.
const daysHours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 4 })
  .map((quarters): Interval[] => {
    const [a = 0, b = 0, c, d] = quarters.map((quarter) => quarter * 15).sort((x, y) => x - y);
    return c !== undefined && d !== undefined ? [[a, b], [c, d]] : [[a, b]]; // prettier-ignore
  });
const anyDay = fc.oneof({ weight: 2, arbitrary: daysHours }, { weight: 1, arbitrary: fc.constant([]) });
const roundTheClock: Interval[] = [[0, 1440]];

/** A calendar, and a whole minute up to four days before or after a clock change in its zone. */
const situation = fc
  .record({
    change: fc.constantFrom(...CHANGES),
    shift: fc.integer({ min: -4 * 1440, max: 4 * 1440 }),
    hours: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(daysHours, anyDay, anyDay, anyDay, anyDay, anyDay, anyDay) },
      { weight: 1, arbitrary: fc.constant(Array.from({ length: 7 }, () => roundTheClock)) },
    ),
    rotate: fc.integer({ min: 0, max: 6 }),
    holidays: fc.uniqueArray(fc.integer({ min: -3, max: 4 }), { maxLength: 3 }),
  })
  .map(({ change: [zone, text], shift, hours, rotate, holidays }) => {
    const at = instant(text);
    const on = (weekday: number): readonly Interval[] => hours[(weekday + rotate) % 7] ?? [];
    const cal: WorkingCalendar = {
      zone,
      hours: { 1: on(1), 2: on(2), 3: on(3), 4: on(4), 5: on(5), 6: on(6), 7: on(7) },
      holidays: new Set(holidays.map((day) => new Date(at + day * DAY).toISOString().slice(0, 10))),
    };
    return { cal, from: at + shift * MINUTE };
  });
const minutes = fc.integer({ min: 0, max: 700 });

/** Keeps the slow way affordable: a day's total of 15 minutes once a week would take it through a year. */
function soon(cal: WorkingCalendar, from: number, amount: number): boolean {
  return addWorkingMinutes(cal, from, amount) - from < 16 * DAY;
}

describe('compared with reading the wall clock minute by minute', () => {
  test('working time is the same through every clock change', () => {
    const hours: Interval[] = [[0, 15], [45, 75], [90, 130], [150, 1390], [1410, 1440]]; // prettier-ignore
    for (const [zone, text] of CHANGES) {
      const cal = {
        zone,
        hours: { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: hours, 7: hours },
        holidays: new Set<string>(),
      };
      const middle = instant(text);
      const wrong: string[] = [];
      for (let at = middle - 1.5 * DAY; at < middle + 1.5 * DAY; at += MINUTE) {
        if (isWorkingTime(cal, at) !== slowIsWorkingTime(cal, at)) wrong.push(new Date(at).toISOString());
      }
      expect({ zone, wrong }).toEqual({ zone, wrong: [] });
    }
  });

  test('adding working minutes is the same', () => {
    fc.assert(
      fc.property(situation, minutes, ({ cal, from }, amount) => {
        fc.pre(soon(cal, from, amount));
        expect(addWorkingMinutes(cal, from, amount)).toBe(slowAddWorkingMinutes(cal, from, amount));
      }),
      { numRuns: 200 },
    );
  });

  test('counting working minutes is the same', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: -60, max: 6 * 1440 }), ({ cal, from }, later) => {
        const to = from + later * MINUTE;
        expect(workingMinutesBetween(cal, from, to)).toBe(slowWorkingMinutesBetween(cal, from, to));
      }),
      { numRuns: 200 },
    );
  });

  test('the n-th working day is the same', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 1, max: 4 }), ({ cal, from }, days) => {
        const at = addWorkingDays(cal, from, days);
        fc.pre(at - from < 16 * DAY);
        expect(localDate(cal, at)).toBe(slowNthWorkingDate(cal, from, days));
      }),
      { numRuns: 200 },
    );
  });
});

describe('always', () => {
  const milliseconds = fc.integer({ min: 0, max: MINUTE - 1 });

  test('adding and counting working minutes are inverse', () => {
    fc.assert(
      fc.property(situation, milliseconds, minutes, ({ cal, from }, ms, amount) => {
        const to = addWorkingMinutes(cal, from + ms, amount);
        expect(workingMinutesBetween(cal, from + ms, to)).toBe(amount);
      }),
    );
  });

  test('working minutes add up, wherever the time is cut', () => {
    fc.assert(
      fc.property(situation, milliseconds, minutes, minutes, ({ cal, from }, ms, one, other) => {
        const [middle, end] = [from + one * MINUTE + ms, from + (one + other) * MINUTE + ms];
        const parts = workingMinutesBetween(cal, from, middle) + workingMinutesBetween(cal, middle, end);
        expect(parts).toBeCloseTo(workingMinutesBetween(cal, from, end), 6);
      }),
    );
  });

  test('more minutes or a later beginning never end earlier', () => {
    fc.assert(
      fc.property(situation, minutes, minutes, fc.nat(3 * DAY), ({ cal, from }, amount, more, later) => {
        const end = addWorkingMinutes(cal, from, amount);
        expect(addWorkingMinutes(cal, from, amount + more)).toBeGreaterThanOrEqual(end);
        expect(addWorkingMinutes(cal, from + later, amount)).toBeGreaterThanOrEqual(end);
      }),
    );
  });

  test('the result is working time or the end of it, and not before the beginning', () => {
    fc.assert(
      fc.property(situation, milliseconds, minutes, ({ cal, from }, ms, amount) => {
        const end = addWorkingMinutes(cal, from + ms, amount);
        expect(end).toBeGreaterThanOrEqual(from + ms);
        expect(isWorkingTime(cal, end) || isWorkingTime(cal, end - 1)).toBe(true);
      }),
    );
  });

  test('the next working moment is working time, is its own next one, and skips none', () => {
    fc.assert(
      fc.property(situation, milliseconds, ({ cal, from }, ms) => {
        const next = nextWorkingMoment(cal, from + ms);
        expect(isWorkingTime(cal, next)).toBe(true);
        expect(nextWorkingMoment(cal, next)).toBe(next);
        expect(workingMinutesBetween(cal, from + ms, next)).toBe(0);
      }),
    );
  });

  test('working days end in working time, in order, on a later date', () => {
    const at = fc.constantFrom('same-time', 'start', '00:00', '02:30', '12:00', '24:00');
    fc.assert(
      fc.property(
        situation,
        milliseconds,
        fc.integer({ min: 1, max: 9 }),
        at,
        ({ cal, from }, ms, days, time) => {
          const end = addWorkingDays(cal, from + ms, days, time);
          expect(isWorkingTime(cal, end)).toBe(true);
          expect(localDate(cal, end) > localDate(cal, from + ms)).toBe(true);
          expect(addWorkingDays(cal, from + ms, days + 1, time)).toBeGreaterThan(end);
        },
      ),
    );
  });
});
