import { dateOfDay, dayOfDate, weekdayOfDay } from '../calendar/civil.ts';
import { monthNames, weekdayNames } from '../calendar/date-text.ts';
import { localDate, startOfLocalDay } from '../calendar/zone.ts';

export type ParsedUntil = { ok: true; until: number | null } | { ok: false; why: string };

const weekdays = weekdayNames.map((name) => name.toLowerCase());
const months = monthNames.map((name) => name.toLowerCase());
const mostDays = 731;

/** For whoever types it; a date picker needs no examples. */
export const untilExamples =
  'Write a day: `/leads away until friday`, `until 2026-12-24`, `until 24 December`, `3 days`, `2 weeks` or `tomorrow`. `/leads away` alone is until you type `/leads back`.';

/**
 * Reads how long somebody is away: up to and with the day that is named, in their own zone. The result is the first
 * moment after it, or null for "until back". A weekday is the next one, never today; `3 days` count today.
 */
export function parseUntil(text: string, zone: string, now: number): ParsedUntil {
  const words = text
    .toLowerCase()
    .replace(/[,.!]+$/, '')
    .replace(/^(until|till|til|for|bis)\b/, '')
    .trim();
  if (words === '' || words === 'back') return { ok: true, until: null };
  const today = dayOfDate(localDate(zone, now));
  const last = dayOf(words, today);
  if (words === 'yesterday') return { ok: false, why: 'That is past.' };
  if (last === undefined) return { ok: false, why: 'I don’t understand until when.' };
  if (last < today) return { ok: false, why: `${dateOfDay(last)} is past.` };
  if (last - today > mostDays)
    return { ok: false, why: 'This is more than two years ahead. Check the year.' };
  return { ok: true, until: startOfLocalDay(zone, dateOfDay(last + 1)) };
}

/** The last day of the absence as a day number. */
function dayOf(words: string, today: number): number | undefined {
  if (words === 'today') return today;
  if (words === 'tomorrow') return today + 1;
  const [, number = '', unit = ''] = /^(\d{1,3}|an?|one) (day|week)s?$/.exec(words) ?? [];
  if (unit !== '')
    return today + (Number(number) || (number === '0' ? 0 : 1)) * (unit === 'week' ? 7 : 1) - 1;
  const weekday = nameIn(weekdays, words.replace(/^(next|this) /, ''));
  if (weekday !== undefined) return today + ((weekday - weekdayOfDay(today) + 6) % 7) + 1;
  return dateIn(words, today);
}

function dateIn(words: string, today: number): number | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(words)) return safeDay(words);
  const [, day = '', month = '', year] =
    /^(\d{1,2})\. ?(\d{1,2})\.? ?(\d{4})?$/.exec(words) ??
    /^(\d{1,2})(?:\.|st|nd|rd|th)? ([a-z]+)(?: (\d{4}))?$/.exec(words) ??
    swapped(/^([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(words)) ??
    [];
  const number = /^\d+$/.test(month) ? Number(month) : nameIn(months, month);
  if (day === '' || number === undefined) return undefined;
  const dateOf = (inYear: number): number | undefined =>
    safeDay(`${inYear}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`);
  if (year !== undefined) return dateOf(Number(year));
  const thisYear = Number(dateOfDay(today).slice(0, 4));
  // Without a year the next one is meant: in December, 2 January is ahead.
  return [thisYear, thisYear + 1, thisYear + 2, thisYear + 3, thisYear + 4]
    .map(dateOf)
    .find((found) => found !== undefined && found >= today);
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] | undefined {
  return match ? [match[0], match[2], match[1], match[3]] : undefined;
}

function safeDay(date: string): number | undefined {
  try {
    return dayOfDate(date);
  } catch {
    return undefined;
  }
}

/** The place from 1 of a name that may be cut to three letters or more: `fri`, `thurs`, `dec`. */
function nameIn(names: readonly string[], word: string): number | undefined {
  if (word.length < 3) return undefined;
  const place = names.findIndex((name) => name.startsWith(word));
  return place === -1 ? undefined : place + 1;
}
