/*
 * Dates and times of day as people write them, without any time zone. Inside the calendar a date is its day number
 * (days since 1970-01-01) and a time of day its minute, so that date arithmetic is plain integer arithmetic.
 */

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const MINUTES_PER_DAY = 24 * 60;

/** ISO: Monday is 1, Sunday is 7. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export function isIsoWeekday(value: number): value is IsoWeekday {
  return Number.isInteger(value) && value >= 1 && value <= 7;
}

/** Day number of a `YYYY-MM-DD` date. Throws RangeError for another form and for a date such as 2026-02-30. */
export function dayOfDate(date: string): number {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  // The engine rolls 30 February over into March, hence the way back.
  if (Number.isNaN(utc) || dateOfDay(utc / DAY) !== date) {
    throw new RangeError(`"${date}" is not a date: write it as YYYY-MM-DD.`);
  }
  return utc / DAY;
}

/** Working time asks for the same few hundred days over and over. */
const dates = new Map<number, string>();
const mostDates = 10_000;

export function dateOfDay(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY).toISOString().slice(0, 10);
  if (dates.size >= mostDates) dates.clear();
  dates.set(day, date);
  return date;
}

export function weekdayOfDay(day: number): IsoWeekday {
  const sinceMonday = (((day + 3) % 7) + 7) % 7; // day 0, 1970-01-01, was a Thursday
  return (sinceMonday + 1) as IsoWeekday;
}

/** Minute of the day of an `HH:MM` time. `24:00`, the end of the day, is 1440. Throws RangeError for anything else. */
export function minuteOfTime(time: string): number {
  const [, hours, minutes] = /^(\d{2}):([0-5]\d)$/.exec(time) ?? [];
  const minuteOfDay = Number(hours) * 60 + Number(minutes);
  if (!(minuteOfDay <= MINUTES_PER_DAY)) {
    throw new RangeError(`"${time}" is not a time of day: write it as HH:MM, from 00:00 to 24:00.`);
  }
  return minuteOfDay;
}
