import { dayOfDate, weekdayOfDay } from '../calendar/civil.ts';
import { monthNames } from '../calendar/date-text.ts';
import { localDate, startOfLocalDay, wallClock } from '../calendar/zone.ts';

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * The last day of an absence in a person's own zone, as one says it: `the end of today`, `tomorrow`, `Friday` within a
 * week, else `24 December`, with the year when it is another. One that ends within a day has the time: `Friday, 14:00`.
 * @param until the first moment after it
 */
export function untilText(until: number, zone: string, now: number): string {
  const isWholeDay = startOfLocalDay(zone, localDate(zone, until)) === until;
  const last = localDate(zone, isWholeDay ? until - 1 : until);
  const time = isWholeDay ? '' : new Date(wallClock(zone, until)).toISOString().slice(11, 16);
  const today = localDate(zone, now);
  if (last === today) return isWholeDay ? 'the end of today' : time;
  const named = dayText(last, today);
  return isWholeDay ? named : `${named}, ${time}`;
}

/** The day on which something begins: `today`, `tomorrow`, `on Monday`. @param at at the start of a working day */
export function startText(at: number, zone: string, now: number): string {
  // One millisecond into the day: the day itself is named, not the one before it.
  const day = untilText(at + 1, zone, now).split(',')[0] ?? '';
  return /^\d\d:/.test(day) ? 'today' : day === 'tomorrow' ? day : `on ${day}`;
}

function dayText(date: string, today: string): string {
  const ahead = dayOfDate(date) - dayOfDate(today);
  if (ahead === 1) return 'tomorrow';
  if (ahead > 1 && ahead < 7) return dayNames[weekdayOfDay(dayOfDate(date)) - 1] ?? date;
  const [year = '', month = '', day = ''] = date.split('-');
  const named = `${Number(day)} ${monthNames[Number(month) - 1] ?? ''}`;
  return today.startsWith(year) ? named : `${named} ${year}`;
}
