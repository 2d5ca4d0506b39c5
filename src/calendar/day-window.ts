import { MINUTES_PER_DAY } from './civil.ts';
import { type Interval, minus, overlap } from './intervals.ts';
import type { WeeklyHours, WorkingCalendar } from './working-calendar.ts';

/**
 * A part of the local day, in minutes from its start. One that ends before it begins goes over midnight; one that ends
 * where it begins is empty.
 */
export interface DayWindow {
  from: number;
  to: number;
}

/** Only what lies in this part of each day; undefined when no working time does. */
export function clipped(calendar: WorkingCalendar, window: DayWindow): WorkingCalendar | undefined {
  return withHours(calendar, (hours) => overlap(hours, partsOf(window)));
}

/** All but this part of each day, such as quiet hours; undefined when no working time is left. */
export function without(calendar: WorkingCalendar, window: DayWindow): WorkingCalendar | undefined {
  return withHours(calendar, (hours) => minus(hours, partsOf(window)));
}

function partsOf({ from, to }: DayWindow): Interval[] {
  if (from === to) return [];
  return from < to ? [[from, to]] : [[0, to], [from, MINUTES_PER_DAY]]; // prettier-ignore
}

function withHours(
  calendar: WorkingCalendar,
  change: (hours: readonly Interval[]) => readonly Interval[],
): WorkingCalendar | undefined {
  const days = Object.entries(calendar.hours).map(([weekday, hours]) => [weekday, change(hours)] as const);
  if (days.every(([, hours]) => hours.length === 0)) return undefined;
  return { ...calendar, hours: Object.fromEntries(days) as unknown as WeeklyHours };
}
