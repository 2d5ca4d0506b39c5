import { weekdayOfDay } from './civil.ts';
import { localDate, localDay, wallClock } from './zone.ts';

export const monthNames =
  'January February March April May June July August September October November December'.split(' ');
export const weekdayNames = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/*
 * How days and times read wherever Slack can't put them into the reader's own zone (`when`): in forms, in menus, and
 * where the day is one of the team's or the rep's calendar.
 */

/** `Tue 3 Nov`, with the year where it is another than now. */
export function dateText(zone: string, at: number, now: number): string {
  const [year = '', month = '', day = ''] = localDate(zone, at).split('-');
  const named = `${weekdayText(zone, at).slice(0, 3)} ${Number(day)} ${monthNames[Number(month) - 1]?.slice(0, 3) ?? ''}`;
  return localDate(zone, now).startsWith(`${year}-`) ? named : `${named} ${year}`;
}

/** `Tue 3 Nov, 14:05`. */
export function dateTimeText(zone: string, at: number, now: number): string {
  return `${dateText(zone, at, now)}, ${timeText(zone, at)}`;
}

/** `14:05`. */
export function timeText(zone: string, at: number): string {
  return new Date(wallClock(zone, at)).toISOString().slice(11, 16);
}

/** A day that is over: `Tuesday` of the last six, else `Tue 3 Nov`. */
export function pastDayText(zone: string, at: number, now: number): string {
  return localDay(zone, now) - localDay(zone, at) > 6 ? dateText(zone, at, now) : weekdayText(zone, at);
}

/** `Tuesday`, for what is less than a week away. */
export function weekdayText(zone: string, at: number): string {
  return weekdayNames[weekdayOfDay(localDay(zone, at)) - 1] ?? '';
}
