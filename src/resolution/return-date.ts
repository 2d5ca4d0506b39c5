import { dateOfDay, dayOfDate } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { nextWorkingMoment } from '../calendar/working-time.ts';
import { localDate, localDay, startOfLocalDay } from '../calendar/zone.ts';

/** Further ahead nobody remembers why. */
const longestDays = 731;

/** The working day, `YYYY-MM-DD`, on which a nurtured lead comes back so many days from now. */
export function returnDate(calendar: WorkingCalendar, now: number, days: number): string {
  return localDate(calendar, returnMoment(calendar, dateOfDay(localDay(calendar.zone, now) + days)));
}

/** When the lead is back: as work begins on that day, or on the first working day after it. */
export function returnMoment(calendar: WorkingCalendar, date: string): number {
  return nextWorkingMoment(calendar, startOfLocalDay(calendar.zone, date));
}

/** What is wrong with the day, as a sentence under the field; undefined when nothing is. */
export function wrongReturnDate(calendar: WorkingCalendar, now: number, date: string): string | undefined {
  if (date === '') return 'Choose the day on which this lead comes back.';
  const ahead = dayOfDate(date) - localDay(calendar.zone, now);
  if (ahead <= 0) return 'Choose a day after today.';
  return ahead > longestDays ? 'Choose a day within the next two years.' : undefined;
}
