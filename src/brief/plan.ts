import { dateOfDay, DAY, MINUTE, minuteOfTime, weekdayOfDay } from '../calendar/civil.ts';
import { without } from '../calendar/day-window.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { instantOfWall, localDay } from '../calendar/zone.ts';
import type { Preferences } from '../preference/preference.ts';

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
  const { hours } = briefTime === null ? sending(calendar, quiet) : calendar;
  const [first] = hours[weekdayOfDay(day)];
  if (!first || calendar.holidays.has(dateOfDay(day))) return null;
  const minute = briefTime === null ? first[0] : minuteOfTime(briefTime);
  return instantOfWall(calendar.zone, day * DAY + minute * MINUTE);
}

/** Without quiet hours; who wants quiet for all of their work can't mean it, and hears in the morning as others do. */
function sending(calendar: WorkingCalendar, quiet: BriefWish['quiet']): WorkingCalendar {
  if (quiet === null) return calendar;
  return without(calendar, { from: minuteOfTime(quiet.from), to: minuteOfTime(quiet.to) }) ?? calendar;
}
