import { clipped, type DayWindow } from './day-window.ts';
import { addSpan, type Span } from './span.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { addWorkingDays, isWorkingTime, nextWorkingMoment } from './working-time.ts';

/** What is to be done a while after something, perhaps in a part of the day. */
export interface Planned {
  after: Span;
  window?: DayWindow | undefined;
}

/**
 * When it is due. With a part of the day: the first moment of that part; after whole days on their day, at the same time
 * where that lies in it. A part of the day in which they never work does not count.
 * @param notBefore the due moment is not earlier, and still in the part of the day
 */
export function dueAfter(
  calendar: WorkingCalendar,
  from: number,
  planned: Planned,
  notBefore = from,
): number {
  const part = planned.window && clipped(calendar, planned.window);
  const due = part ? dueInPart(calendar, part, from, planned.after) : addSpan(calendar, from, planned.after);
  return due >= notBefore ? due : nextWorkingMoment(part ?? calendar, notBefore);
}

function dueInPart(calendar: WorkingCalendar, part: WorkingCalendar, from: number, after: Span): number {
  const due = addSpan(calendar, from, after);
  if (isWorkingTime(part, due)) return due;
  return nextWorkingMoment(
    part,
    after.unit === 'minutes' ? due : addWorkingDays(calendar, from, after.amount, 'start'),
  );
}
