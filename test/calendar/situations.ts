import fc from 'fast-check';
import type { Planned } from '../../src/calendar/due.ts';
import { type Interval, merged } from '../../src/calendar/intervals.ts';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';
import { SlowClock } from './slow-clock.ts';
import { instant } from './support.ts';

export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

/** Instants at which a zone changes its clocks; Samoa leaves out a whole day. */
const changes: [zone: string, at: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
];
const clocks = new Map<string, SlowClock>();
const before = 4 * DAY;

function clockOf(zone: string, at: string): SlowClock {
  const key = zone + at;
  let clock = clocks.get(key);
  if (!clock) clocks.set(key, (clock = new SlowClock(zone, instant(at) - before, 20)));
  return clock;
}

const quarter = (min: number, max: number) => fc.integer({ min, max }).map((quarters) => quarters * 15);

const hoursOfDay = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Interval[]>([[540, 1020]]) },
  { weight: 2, arbitrary: fc.constant<Interval[]>([[480, 720], [780, 1050]]) }, // prettier-ignore
  {
    weight: 2,
    arbitrary: fc
      .uniqueArray(quarter(0, 96), { minLength: 4, maxLength: 4 })
      .map((times) => [...times].sort((a, b) => a - b))
      .map(([a = 0, b = 0, c = 0, d = 0]): Interval[] => [[a, b], [c, d]]), // prettier-ignore
  },
);
const anyDay = fc.oneof({ weight: 4, arbitrary: hoursOfDay }, { weight: 1, arbitrary: fc.constant([]) });

/** A part of the day, also one over midnight or without any length. */
export const windows = fc.oneof(
  fc.constantFrom({ from: 0, to: 720 }, { from: 720, to: 1440 }, { from: 510, to: 600 }),
  fc.record({ from: quarter(0, 96), to: quarter(0, 96) }),
);

export const spans = fc.oneof(
  fc.record({ unit: fc.constant('days' as const), amount: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ unit: fc.constant('minutes' as const), amount: fc.integer({ min: 1, max: 900 }) }),
);

export const planned: fc.Arbitrary<Planned> = fc.record({
  after: spans,
  window: fc.option(windows, { nil: undefined }),
});

/** Somebody's hours, holidays and absences around a clock change, and an instant of those days. */
export const situations = fc
  .record({
    change: fc.constantFrom(...changes),
    shift: fc.integer({ min: -4 * 1440 + 1, max: 3 * 1440 }),
    days: fc.tuple(hoursOfDay, anyDay, anyDay, anyDay, anyDay, anyDay, anyDay),
    rotate: fc.integer({ min: 0, max: 6 }),
    holidays: fc.uniqueArray(fc.integer({ min: -3, max: 6 }), { maxLength: 2 }),
    away: fc.array(fc.tuple(fc.integer({ min: -3000, max: 8000 }), fc.integer({ min: 1, max: 4000 })), {
      maxLength: 2,
    }),
  })
  .map(({ change: [zone, text], shift, days, rotate, holidays, away }) => {
    const at = instant(text);
    const on = (weekday: number): readonly Interval[] => days[(weekday + rotate) % 7] ?? [];
    const hours: WorkingCalendar = {
      zone,
      hours: { 1: on(1), 2: on(2), 3: on(3), 4: on(4), 5: on(5), 6: on(6), 7: on(7) },
      holidays: new Set(holidays.map((day) => new Date(at + day * DAY).toISOString().slice(0, 10))),
    };
    const absences = away.map(([from, length]): Interval => [
      at + from * MINUTE,
      at + (from + length) * MINUTE,
    ]);
    const cal = absences.length === 0 ? hours : { ...hours, away: merged(absences) };
    return { hours, cal, from: at + shift * MINUTE, clock: clockOf(zone, text) };
  });
