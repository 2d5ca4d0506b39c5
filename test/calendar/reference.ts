import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';

/*
 * The rules again, slow and obvious: ask Intl what the wall clock shows, one minute at a time. Shares nothing with
 * the product's way (offsets and intervals). Instants must be whole minutes.
 */

const MINUTE = 60_000;

export interface WallClock {
  date: string;
  /** ISO, Monday is 1. */
  weekday: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const readings = new Map<string, WallClock>();
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function readWallClock(zone: string, at: number): WallClock {
  const key = `${zone} ${at}`;
  let reading = readings.get(key);
  if (!reading) {
    let format = formats.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        hourCycle: 'h23',
        weekday: 'short',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      });
      formats.set(zone, format);
    }
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    reading = {
      date: `${parts.year}-${parts.month}-${parts.day}`,
      weekday: WEEKDAYS.indexOf(parts.weekday ?? '') + 1,
      minute: Number(parts.hour) * 60 + Number(parts.minute),
    };
    readings.set(key, reading);
  }
  return reading;
}

export function slowIsWorkingTime(cal: WorkingCalendar, at: number): boolean {
  const { date, weekday, minute } = readWallClock(cal.zone, at);
  if (cal.holidays.has(date)) return false;
  return cal.hours[weekday as 1].some(([start, end]) => minute >= start && minute < end);
}

export function slowAddWorkingMinutes(cal: WorkingCalendar, from: number, minutes: number): number {
  let at = from;
  while (!slowIsWorkingTime(cal, at)) at += MINUTE;
  for (let left = minutes; left > 0; at += MINUTE) {
    if (slowIsWorkingTime(cal, at)) left -= 1;
  }
  return at;
}

export function slowWorkingMinutesBetween(cal: WorkingCalendar, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += MINUTE) if (slowIsWorkingTime(cal, at)) sum += 1;
  return sum;
}

/** The local date which is the n-th after that of `from` with any working minute on it. */
export function slowNthWorkingDate(cal: WorkingCalendar, from: number, n: number): string {
  let { date } = readWallClock(cal.zone, from);
  let at = from;
  for (let seen = 0; seen < n; at += MINUTE) {
    const here = readWallClock(cal.zone, at).date;
    if (here > date && slowIsWorkingTime(cal, at)) {
      date = here;
      seen += 1;
    }
  }
  return date;
}

/**
 * The first minute after `after` at which some local date (on this weekday, if given) first shows the minute of the
 * day, or, where it never shows it, anything later.
 */
export function slowNextOccurrence(
  zone: string,
  wanted: { weekday?: number; minute: number },
  after: number,
): number | undefined {
  const day = 1440 * MINUTE;
  const order = (date: string, minute: number): string => `${date} ${String(minute).padStart(4, '0')}`;
  const shown: { at: number; order: string }[] = [];
  const dates = new Map<string, number>();
  for (let at = after - 2 * day; at <= after + 16 * day; at += MINUTE) {
    const clock = readWallClock(zone, at);
    shown.push({ at, order: order(clock.date, clock.minute) });
    dates.set(clock.date, clock.weekday);
  }
  // Of the first date only the end was seen.
  for (const [date, weekday] of [...dates].slice(1)) {
    if (wanted.weekday !== undefined && wanted.weekday !== weekday) continue;
    const from = order(date, wanted.minute);
    const first = shown.find((moment) => moment.order >= from);
    if (first && first.at > after) return first.at;
  }
  return undefined;
}
