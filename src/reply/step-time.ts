import { dayOfDate, minuteOfTime } from '../calendar/civil.ts';
import { dateText, dateTimeText, timeText } from '../calendar/date-text.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { addWorkingDays, nextWorkingMoment } from '../calendar/working-time.ts';
import { endOfLocalDay, localDate, localDay, localTime, startOfLocalDay } from '../calendar/zone.ts';
import { lastWorkingMinute } from '../touch/agreed-step.ts';

/** What is further ahead is no next step of this cadence. */
const longestDays = 366;

export type StepTime = { at: number; isAllDay: boolean } | { wrong: 'step_date' | 'step_time'; why: string };

/** The day that the form suggests, `YYYY-MM-DD`: the next working day. */
export function suggestedDay(calendar: WorkingCalendar, now: number): string {
  return localDate(calendar, addWorkingDays(calendar, now, 1, 'start'));
}

/**
 * For when a step is agreed: for the time, else for all of the day, with a reminder as its work begins; today as it ends.
 * @param calendar the owner's; days on which they don't work are refused
 * @param date `YYYY-MM-DD`; `time` `HH:MM`; empty for none
 */
export function stepTime(calendar: WorkingCalendar, now: number, date: string, time: string): StepTime {
  if (date === '') return { wrong: 'step_date', why: 'Choose a day.' };
  const ahead = dayOfDate(date) - localDay(calendar.zone, now);
  if (ahead < 0) return { wrong: 'step_date', why: 'Choose today or a day to come.' };
  if (ahead > longestDays)
    return {
      wrong: 'step_date',
      why: 'Choose a day within a year. For later, close the lead as nurture: it comes back by itself.',
    };
  const start = startOfLocalDay(calendar.zone, date);
  const begins = nextWorkingMoment(calendar, start);
  if (localDate(calendar, begins) !== date) {
    const next = dateText(calendar.zone, begins, now);
    return { wrong: 'step_date', why: `That is no working day. The next one is ${next}.` };
  }
  if (time !== '') {
    const at = localTime(calendar.zone, { date, minuteOfDay: minuteOfTime(time) });
    return at > now
      ? { at, isAllDay: false }
      : { wrong: 'step_time', why: 'Choose a time that is still to come.' };
  }
  if (ahead > 0) return { at: begins, isAllDay: true };
  const ends = lastWorkingMinute(calendar, start, endOfLocalDay(calendar.zone, now) + 1);
  return ends !== undefined && ends > now
    ? { at: ends, isAllDay: true }
    : { wrong: 'step_date', why: 'Today’s work is over. Choose another day, or a time.' };
}

/** Day and time as the form's pickers want them. */
export function pickedFrom(zone: string, at: number): { date: string; time: string } {
  return { date: localDate(zone, at), time: timeText(zone, at) };
}

/** When a step is to be done, for people: its day, and its time. */
export function stepText(
  zone: string,
  { at, isAllDay }: { at: number; isAllDay: boolean },
  now: number,
): string {
  return isAllDay ? dateText(zone, at, now) : dateTimeText(zone, at, now);
}
