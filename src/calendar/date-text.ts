import { localDate, wallClock } from './zone.ts';

export const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** `3 November`, with the year where it is another than now; for plain text, which Slack can't put into a reader's zone. */
export function dateText(zone: string, at: number, now: number): string {
  const [year = '', month = '', day = ''] = localDate(zone, at).split('-');
  const named = `${Number(day)} ${monthNames[Number(month) - 1] ?? ''}`;
  return localDate(zone, now).startsWith(`${year}-`) ? named : `${named} ${year}`;
}

/** `3 November, 14:05`. */
export function dateTimeText(zone: string, at: number, now: number): string {
  return `${dateText(zone, at, now)}, ${new Date(wallClock(zone, at)).toISOString().slice(11, 16)}`;
}
