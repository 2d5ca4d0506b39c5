import { addWorkingDays, isWorkingTime } from '../calendar/working-time.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';

/** The demo opens on a working morning: at night or on a Sunday nobody would be nudged, and it would look broken. */
export function openingTime(calendar: WorkingCalendar, now: number): number {
  return isWorkingTime(calendar, now) ? now : addWorkingDays(calendar, now, 1, '10:00');
}
