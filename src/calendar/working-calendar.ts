import { dayOfDate, isIsoWeekday, minuteOfTime } from './civil.ts';
import type { IsoWeekday } from './civil.ts';
import type { Interval } from './intervals.ts';
import { assertZone } from './zone.ts';

/** Minutes of the local day per ISO weekday, ascending and apart from each other; none: not a working day. */
export type WeeklyHours = Readonly<Record<IsoWeekday, readonly Interval[]>>;

/**
 * When somebody works: whenever the wall clock in its zone shows one of the weekday's hours and the local date is no
 * holiday. A local hour that a clock change skips is therefore not worked, one that it repeats is worked twice.
 */
export interface WorkingCalendar {
  /** IANA name. */
  readonly zone: string;
  readonly hours: WeeklyHours;
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>;
  /** Times of absence in UTC milliseconds, ascending and apart from each other: no working time either. */
  readonly away?: readonly Interval[];
}

/** The same hours on each of some weekdays. Throws RangeError with a sentence for the person who set it up. */
export function workingCalendar(input: {
  zone: string;
  /** ISO weekdays, Monday is 1. */
  days: readonly number[];
  /** Local, `HH:MM`. */
  start: string;
  /** Local, `HH:MM`, after `start`; `24:00` is the end of the day. */
  end: string;
  holidays?: Iterable<string>;
}): WorkingCalendar {
  const hours: Record<number, [string, string][]> = {};
  for (const day of input.days) hours[day] = [[input.start, input.end]];
  return weeklyCalendar({ zone: input.zone, hours, holidays: input.holidays });
}

/**
 * Own hours for each weekday, with breaks: `{ 1: [['09:00', '12:00'], ['13:00', '17:00']], 5: [['09:00', '13:00']] }`.
 * Throws RangeError with a sentence for the person who set it up.
 */
export function weeklyCalendar(input: {
  zone: string;
  hours: Readonly<Record<number, readonly (readonly [start: string, end: string])[]>>;
  holidays?: Iterable<string>;
}): WorkingCalendar {
  assertZone(input.zone);
  const hours: Record<IsoWeekday, readonly Interval[]> = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
  for (const [key, intervals] of Object.entries(input.hours)) {
    const weekday = Number(key);
    if (!isIsoWeekday(weekday)) {
      throw new RangeError(`${key} is not a weekday: use 1 (Monday) to 7 (Sunday).`);
    }
    hours[weekday] = readIntervals(intervals);
  }
  if (Object.values(hours).every((intervals) => intervals.length === 0)) {
    throw new RangeError('A working week needs at least one working day.');
  }
  const holidays = new Set(input.holidays);
  for (const holiday of holidays) dayOfDate(holiday);
  return { zone: input.zone, hours, holidays };
}

function readIntervals(intervals: readonly (readonly [string, string])[]): readonly Interval[] {
  const read = intervals
    .map(([start, end]): Interval => [minuteOfTime(start), minuteOfTime(end)])
    .sort(([a], [b]) => a - b);
  let free = 0;
  for (const [start, end] of read) {
    if (end <= start) throw new RangeError('Working hours must end after they start, on the same day.');
    if (start < free) throw new RangeError('Working hours of one day must not overlap.');
    free = end;
  }
  return read;
}
