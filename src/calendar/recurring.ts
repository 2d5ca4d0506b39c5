import { DAY, isIsoWeekday, MINUTE, minuteOfTime, weekdayOfDay } from './civil.ts';
import { instantOfWall, localDay } from './zone.ts';

/**
 * The next local `time` (`HH:MM`), strictly after an instant, once per local date: in a repeated hour the earlier one
 * counts, in a skipped hour the first instant after it. Throws RangeError for a bad zone or time.
 */
export function nextDaily(zone: string, time: string, after: number): number {
  return nextOccurrence(zone, localDay(zone, after), 1, time, after);
}

/** As `nextDaily`, on one ISO weekday (Monday is 1). */
export function nextWeekly(zone: string, when: { weekday: number; time: string }, after: number): number {
  if (!isIsoWeekday(when.weekday)) {
    throw new RangeError(`${when.weekday} is not a weekday: use 1 (Monday) to 7 (Sunday).`);
  }
  const today = localDay(zone, after);
  const ahead = (when.weekday - weekdayOfDay(today) + 7) % 7;
  return nextOccurrence(zone, today + ahead, 7, when.time, after);
}

/** The first instant of the Monday of the local week around `at`. */
export function startOfLocalWeek(zone: string, at: number): number {
  const today = localDay(zone, at);
  return instantOfWall(zone, (today - weekdayOfDay(today) + 1) * DAY);
}

function nextOccurrence(zone: string, firstDay: number, step: number, time: string, after: number): number {
  const minute = minuteOfTime(time);
  for (let day = firstDay; ; day += step) {
    const at = instantOfWall(zone, day * DAY + minute * MINUTE);
    if (at > after && isOnCalendar(zone, day)) return at;
  }
}

/** False for a date that a zone left out when it moved across the date line, such as 2011-12-30 in Samoa. */
function isOnCalendar(zone: string, day: number): boolean {
  return localDay(zone, instantOfWall(zone, day * DAY)) === day;
}
