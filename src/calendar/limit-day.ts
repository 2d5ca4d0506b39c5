import { DAY } from './civil.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { nextWorkingMoment } from './working-time.ts';
import { instantOfWall, localDay } from './zone.ts';

/**
 * Since when counts what somebody gets towards their limit of a day. Days are working days: a limit is over when the
 * next one's work begins, and what came on a free day counts towards the working day after it.
 */
export function limitDayFrom(calendar: WorkingCalendar, now: number): number {
  const { zone } = calendar;
  let day = localDay(zone, now);
  while ((workBegins(calendar, day) ?? Infinity) > now) day -= 1;
  let before = day - 1;
  while (workBegins(calendar, before) === undefined) before -= 1;
  return instantOfWall(zone, (before + 1) * DAY);
}

/** When the work of a local day begins; undefined on a free day. */
function workBegins(calendar: WorkingCalendar, day: number): number | undefined {
  const at = nextWorkingMoment(calendar, instantOfWall(calendar.zone, day * DAY));
  return localDay(calendar.zone, at) === day ? at : undefined;
}
