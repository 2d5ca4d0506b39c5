import { dayOfDate } from '../calendar/civil.ts';
import { dateText, timeText, weekdayText } from '../calendar/date-text.ts';
import { localDate, localDay, startOfLocalDay } from '../calendar/zone.ts';

/**
 * The last day of an absence in a person's own zone, as one says it: `the end of today`, `tomorrow`, `Friday` within a
 * week, else `Thu 24 Dec`, with the year when it is another. One that ends within a day has the time: `Friday, 14:00`.
 * @param until the first moment after it
 */
export function untilText(until: number, zone: string, now: number): string {
  const isWholeDay = startOfLocalDay(zone, localDate(zone, until)) === until;
  const last = localDate(zone, isWholeDay ? until - 1 : until);
  const time = isWholeDay ? '' : timeText(zone, until);
  const today = localDate(zone, now);
  if (last === today) return isWholeDay ? 'the end of today' : time;
  const named = dayText(last, zone, now);
  return isWholeDay ? named : `${named}, ${time}`;
}

/** The day on which something begins: `today`, `tomorrow`, `on Monday`. @param at at the start of a working day */
export function startText(at: number, zone: string, now: number): string {
  // One millisecond into the day: the day itself is named, not the one before it.
  const day = untilText(at + 1, zone, now).split(',')[0] ?? '';
  return /^\d\d:/.test(day) ? 'today' : day === 'tomorrow' ? day : `on ${day}`;
}

function dayText(date: string, zone: string, now: number): string {
  const day = startOfLocalDay(zone, date);
  const ahead = dayOfDate(date) - localDay(zone, now);
  if (ahead === 1) return 'tomorrow';
  return ahead > 1 && ahead < 7 ? weekdayText(zone, day) : dateText(zone, day, now);
}
