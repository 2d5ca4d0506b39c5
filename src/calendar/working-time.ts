import { DAY, dateOfDay, MINUTE, minuteOfTime, weekdayOfDay } from './civil.ts';
import type { Interval } from './intervals.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { instantOfWall, localDate, localDay, offsetSpan, wallClock } from './zone.ts';

/** Longer than any real holiday, absences aside: a calendar with a hole of this size was set up wrongly. */
const MAX_IDLE = 400 * DAY;
/** Nothing in the product is due later than this; without it a mistyped number would walk through the millennia. */
const MAX_AHEAD = 20 * 366 * DAY;

interface WorkingSpan {
  readonly start: number;
  readonly end: number;
  /** Number of the local day. */
  readonly day: number;
}

/** Whether they work at this instant. The end of an interval is not working time any more. */
export function isWorkingTime(cal: WorkingCalendar, at: number): boolean {
  if (cal.away?.some(([start, end]) => start <= at && at < end)) return false;
  const wall = wallClock(cal.zone, at);
  const day = Math.floor(wall / DAY);
  const minute = (wall - day * DAY) / MINUTE;
  return hoursOn(cal, day).some(([start, end]) => start <= minute && minute < end);
}

/**
 * `at` itself if it is working time, else the start of the next interval. Throws RangeError if there is none within
 * 400 days.
 */
export function nextWorkingMoment(cal: WorkingCalendar, at: number): number {
  return addWorkingMinutes(cal, at, 0);
}

/**
 * The first instant at which `minutes` (0 or more, fractions allowed) of working time have really elapsed since
 * `from`. It may be the end of an interval: eight hours from 09:00 are due at 17:00, not next morning. Zero minutes
 * lead to the next working moment. Throws RangeError if 400 days pass without working time, or 20 years in all.
 */
export function addWorkingMinutes(cal: WorkingCalendar, from: number, minutes: number): number {
  if (!(minutes >= 0)) throw new RangeError(`Can't add ${minutes} working minutes.`);
  let left = Math.round(minutes * MINUTE);
  for (const { start, end } of workingSpansAhead(cal, from)) {
    if (start + left <= end) return start + left;
    left -= end - start;
  }
  throw tooLittleTime(cal, from);
}

/** Elapsed working time, in minutes with fractions. 0 if `to` is not after `from`. */
export function workingMinutesBetween(cal: WorkingCalendar, from: number, to: number): number {
  let sum = 0;
  for (const { start, end } of workingSpans(cal, from, to)) sum += end - start;
  return sum / MINUTE;
}

/**
 * The n-th working day after the local date of `from`, at a local time: the day's `start`, the `same-time` of day as
 * `from`, or `HH:MM`. The result is always working time: a time before or between the hours becomes the next start,
 * one after them the day's last working minute, and one during an absence the first moment back. 0 days lead to the next working moment, whatever the time asked for.
 * Throws RangeError if `days` is no whole number from 0, or if 400 days pass without working time, or 20 years in all.
 */
export function addWorkingDays(
  cal: WorkingCalendar,
  from: number,
  days: number,
  at: 'same-time' | 'start' | (string & {}) = 'same-time',
): number {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`Can't add ${days} working days.`);
  if (days === 0) return nextWorkingMoment(cal, from);

  const spans = hoursOfNthDay(cal, from, days);
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last) throw tooLittleTime(cal, from);
  if (at === 'start') return nextWorkingMoment(cal, first.start);

  const timeOfDay =
    at === 'same-time'
      ? wallClock(cal.zone, from) - localDay(cal.zone, from) * DAY
      : minuteOfTime(at) * MINUTE;
  const wanted = instantOfWall(cal.zone, first.day * DAY + timeOfDay);
  const span = spans.find(({ end }) => wanted < end);
  return nextWorkingMoment(cal, span ? Math.max(span.start, wanted) : last.end - MINUTE);
}

/** The hours of the n-th local day after that of `from` on which they work, were they there all of it. */
function hoursOfNthDay(cal: WorkingCalendar, from: number, n: number): readonly WorkingSpan[] {
  let day = localDay(cal.zone, from);
  let seen = 0;
  for (const span of workingSpansAhead(cal, from)) {
    if (span.day <= day) continue;
    day = span.day;
    seen += 1;
    if (seen === n) {
      const begin = Math.max(from, instantOfWall(cal.zone, day * DAY));
      const end = instantOfWall(cal.zone, (day + 1) * DAY);
      return [...hoursIn(cal, begin, end)].filter((each) => each.day === day);
    }
  }
  return [];
}

/** Working time from an instant on; ends in a RangeError rather than search a calendar without any for ever. */
function* workingSpansAhead(cal: WorkingCalendar, from: number): Generator<WorkingSpan> {
  const absent = (cal.away ?? []).reduce((sum, [start, end]) => sum + end - start, 0);
  let idleSince = from;
  while (idleSince - from < MAX_AHEAD) {
    let worked = idleSince;
    for (const span of workingSpans(cal, idleSince, idleSince + MAX_IDLE + absent)) {
      yield span;
      worked = span.end;
    }
    if (worked === idleSince) throw tooLittleTime(cal, idleSince);
    idleSince = worked;
  }
}

/** Working time in [from, to), ascending. */
function* workingSpans(cal: WorkingCalendar, from: number, to: number): Generator<WorkingSpan> {
  let at = from;
  for (const [start, end] of cal.away ?? []) {
    if (start >= to) break;
    yield* hoursIn(cal, at, start);
    at = Math.max(at, end);
  }
  yield* hoursIn(cal, at, to);
}

/**
 * The same whether or not anybody is there. Inside a stretch of constant offset the local day is a plain shift of UTC, so
 * the hours need only be cut at the stretch's ends; spans may therefore touch each other.
 */
function* hoursIn(cal: WorkingCalendar, from: number, to: number): Generator<WorkingSpan> {
  for (let at = from; at < to;) {
    const { end: stretchEnd, offset } = offsetSpan(cal.zone, at);
    const stop = Math.min(stretchEnd, to);
    for (let day = Math.floor((at + offset) / DAY); day * DAY - offset < stop; day++) {
      const midnight = day * DAY - offset;
      for (const [startMinute, endMinute] of hoursOn(cal, day)) {
        const start = Math.max(at, midnight + startMinute * MINUTE);
        const end = Math.min(stop, midnight + endMinute * MINUTE);
        if (start < end) yield { start, end, day };
      }
    }
    at = stop;
  }
}

function hoursOn(cal: WorkingCalendar, day: number): readonly Interval[] {
  const hours = cal.hours[weekdayOfDay(day)];
  return hours.length > 0 && cal.holidays.has(dateOfDay(day)) ? [] : hours;
}

function tooLittleTime(cal: WorkingCalendar, after: number): RangeError {
  return new RangeError(
    `The calendar (${cal.zone}) has too little working time after ${localDate(cal, after)}: check its holidays.`,
  );
}
