import { createRequire } from 'node:module';
import type { default as Holidays, HolidaysTypes } from 'date-holidays';
import { DAY, dateOfDay, dayOfDate } from '../calendar/civil.ts';

const HOUR = DAY / 24;

let library: typeof Holidays | undefined;

/** Loaded when the first region asks: it carries every country of the world. */
function holidaysOf(...parts: string[]): Holidays {
  library ??= createRequire(import.meta.url)('date-holidays') as typeof Holidays;
  return new library(...(parts as [string]));
}

const knownYears = new Map<string, readonly string[]>();

/** What a region's setting may be; null for none. */
export type Region = string | null;

/** The region as it is stored, `DE-BY`, or undefined where there is none of that name. @param typed such as `de by` */
export function readRegion(typed: string): string | undefined {
  const parts = typed
    .trim()
    .toUpperCase()
    .split(/[\s_/-]+/);
  const [country = '', state = '', region = ''] = parts;
  if (parts.length > 3 || !/^[A-Z]{2}$/.test(country)) return undefined;
  const all = holidaysOf();
  if (!(country in all.getCountries())) return undefined;
  if (parts.length > 1 && !hasKey(all.getStates(country), state)) return undefined;
  if (parts.length > 2 && !hasKey(all.getRegions(country, state), region)) return undefined;
  return parts.join('-');
}

/** The sentence under a field whose region is none. */
export const regionMistake =
  'I don’t know this region. Write a country, such as DE or US, or one of its states, such as DE-BY or US-CA.';

/**
 * The public holidays of a region around a moment, as local dates: last year's, because attempts are counted
 * backwards, and those of the next two. Half a day off is no holiday.
 */
export function publicHolidays(region: Region, now: number): string[] {
  if (region === null) return [];
  const year = yearOf(now);
  return [year - 1, year, year + 1, year + 2].flatMap((each) => holidaysIn(region, each));
}

/** The year that decides which holidays are known; a calendar made in another one is out of date. */
export function yearOf(now: number): number {
  return new Date(now).getUTCFullYear();
}

function holidaysIn(region: string, year: number): readonly string[] {
  const key = `${region} ${year}`;
  let dates = knownYears.get(key);
  if (!dates) {
    const found = holidaysOf(...region.split('-')).getHolidays(year);
    dates = found.filter(({ type }) => type === 'public').flatMap(datesOf);
    if (knownYears.size >= 500) knownYears.clear();
    knownYears.set(key, dates);
  }
  return dates;
}

function datesOf({ date, start, end }: HolidaysTypes.Holiday): string[] {
  // A day on which the clocks change has 23 hours, and is a whole one.
  const days = Math.floor((end.getTime() - start.getTime() + HOUR) / DAY);
  const first = dayOfDate(date.slice(0, 10));
  return Array.from({ length: days }, (_, ahead) => dateOfDay(first + ahead));
}

function hasKey(of: object | undefined, key: string): boolean {
  return of !== undefined && Object.keys(of).some((each) => each.toUpperCase() === key);
}
