import { dateOfDay, DAY, MINUTE, minuteOfTime, weekdayOfDay } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { instantOfWall, localDay } from '../calendar/zone.ts';
import { isQuiet, type Preferences } from '../preference/preference.ts';

export type BriefWish = Pick<Preferences, 'briefTime' | 'quiet'>;

/** Later than this, a morning brief is none any more. */
const latest = 4 * 60 * MINUTE;
/** As far as a calendar is searched for a working day; nobody's holiday is longer. */
const searched = 400;

export interface BriefPlan {
  /** The local date of the brief that goes out now; null for none. */
  send: string | null;
  /** When to look again; null where no working day is in sight. */
  next: number | null;
}

/**
 * What to do when a brief falls due. The moment is worked out anew from the calendar: hours, zone or wishes may have
 * changed since it was planned, and the app may have been down.
 */
export function planBrief(
  calendar: WorkingCalendar,
  wish: BriefWish,
  isAway: boolean,
  now: number,
): BriefPlan {
  const today = localDay(calendar.zone, now);
  const at = briefOn(calendar, wish, today);
  const isDue = at !== null && at <= now && now - at <= latest && !isAway;
  return { send: isDue ? dateOfDay(today) : null, next: nextBrief(calendar, wish, now) };
}

/** The next moment for a brief, strictly after an instant, on a day on which they work. */
export function nextBrief(calendar: WorkingCalendar, wish: BriefWish, after: number): number | null {
  const today = localDay(calendar.zone, after);
  for (let day = today; day < today + searched; day += 1) {
    const at = briefOn(calendar, wish, day);
    if (at !== null && at > after) return at;
  }
  return null;
}

/** When the brief of a local day comes: at their own time, else when they start to work; null on a day off. */
function briefOn(calendar: WorkingCalendar, { briefTime, quiet }: BriefWish, day: number): number | null {
  const [first] = calendar.hours[weekdayOfDay(day)];
  if (!first || calendar.holidays.has(dateOfDay(day))) return null;
  const minute = briefTime === null ? afterQuiet(first[0], quiet) : minuteOfTime(briefTime);
  return instantOfWall(calendar.zone, day * DAY + minute * MINUTE);
}

/** A day that starts in quiet hours starts with their end. @param minute of the local day */
function afterQuiet(minute: number, quiet: BriefWish['quiet']): number {
  if (quiet === null) return minute;
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const end = minuteOfTime(quiet.to);
  return isQuiet(quiet, time) && end > minute ? end : minute;
}
