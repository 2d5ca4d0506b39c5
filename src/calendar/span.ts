import type { WorkingCalendar } from './working-calendar.ts';
import { addWorkingDays, addWorkingMinutes } from './working-time.ts';

/** A span of working time: minutes, or whole working days. */
export interface Span {
  unit: 'minutes' | 'days';
  amount: number;
}

/** A span of working time after an instant; whole days keep the time of day where the working hours allow. */
export function addSpan(calendar: WorkingCalendar, from: number, span: Span): number {
  return span.unit === 'minutes'
    ? addWorkingMinutes(calendar, from, span.amount)
    : addWorkingDays(calendar, from, span.amount, 'same-time');
}
