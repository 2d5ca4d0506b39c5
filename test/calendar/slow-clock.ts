import type { Planned } from '../../src/calendar/due.ts';
import type { DayWindow } from '../../src/calendar/day-window.ts';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';
import { readWallClock, type WallClock } from './reference.ts';

const MINUTE = 60_000;

/** A minute, and what the wall clock shows in it. */
type Moment = WallClock & { at: number };

/**
 * The rules of due dates again, slow and obvious, by looking at one minute after the other of some weeks in a zone.
 * Instants are whole minutes; undefined is later than those weeks.
 */
export class SlowClock {
  readonly #moments: Moment[];
  readonly #start: number;

  constructor(zone: string, start: number, days: number) {
    this.#start = start;
    // Clocks change on quarter hours only: within one the minutes follow each other.
    this.#moments = Array.from({ length: days * 96 }, (_, quarter) => {
      const at = start + quarter * 15 * MINUTE;
      const first = readWallClock(zone, at);
      return Array.from({ length: 15 }, (__, more) => ({
        ...first,
        at: at + more * MINUTE,
        minute: first.minute + more,
      }));
    }).flat();
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#start + this.#moments.length * MINUTE;
  }

  /** The first minute from then on of which this is true. */
  first(from: number, isIt: (moment: Moment) => boolean): Moment | undefined {
    for (let index = (from - this.#start) / MINUTE; index < this.#moments.length; index += 1) {
      const moment = this.#moments[index];
      if (moment && isIt(moment)) return moment;
    }
    return undefined;
  }

  works(cal: WorkingCalendar, { at, date, weekday, minute }: Moment): boolean {
    if (cal.holidays.has(date) || cal.away?.some(([start, end]) => at >= start && at < end)) return false;
    return cal.hours[weekday as 1].some(([start, end]) => minute >= start && minute < end);
  }

  minutesBetween(cal: WorkingCalendar, from: number, to: number): number {
    let sum = 0;
    this.first(from, (moment) => {
      if (moment.at < to && this.works(cal, moment)) sum += 1;
      return moment.at >= to;
    });
    return sum;
  }

  addMinutes(cal: WorkingCalendar, from: number, minutes: number): number | undefined {
    let left = minutes;
    const last = this.first(from, (moment) => this.works(cal, moment) && left-- <= 1);
    return last && last.at + (minutes === 0 ? 0 : MINUTE);
  }

  /** The n-th date after that of `from` on which anybody works. */
  #nthDate(cal: WorkingCalendar, from: number, n: number): string | undefined {
    let date = this.first(from, () => true)?.date ?? '';
    for (let seen = 0; seen < n; seen += 1) {
      const next = this.first(from, (moment) => moment.date > date && this.works(cal, moment));
      if (!next) return undefined;
      ({ date } = next);
    }
    return date;
  }

  addDays(cal: WorkingCalendar, from: number, days: number): number | undefined {
    const date = this.#nthDate(cal, from, days);
    const time = this.first(from, () => true)?.minute ?? 0;
    if (date === undefined) return undefined;
    // As if nobody were away: the hours of that day decide about the time of day.
    const hours = { ...cal, away: [] };
    const later = this.first(from, (moment) => moment.date === date && moment.minute >= time);
    const same = later && this.first(later.at, (moment) => moment.date === date && this.works(hours, moment));
    let last: number | undefined;
    this.first(from, (moment) => {
      if (moment.date === date && this.works(hours, moment)) last = moment.at;
      return moment.date > date;
    });
    const wanted = same?.at ?? last;
    return wanted === undefined ? undefined : this.first(wanted, (moment) => this.works(cal, moment))?.at;
  }

  due(cal: WorkingCalendar, from: number, planned: Planned, notBefore = from): number | undefined {
    const { after, window } = planned;
    const isPart = window && isEverWorked(cal, window) ? window : undefined;
    const fits = (moment: Moment): boolean =>
      this.works(cal, moment) && (!isPart || lies(moment.minute, isPart));
    let due =
      after.unit === 'minutes'
        ? this.addMinutes(cal, from, after.amount)
        : this.addDays(cal, from, after.amount);
    if (due === undefined) return undefined;
    const here = this.first(due, () => true);
    if (isPart && !(here && fits(here))) {
      const date = after.unit === 'days' ? this.#nthDate(cal, from, after.amount) : undefined;
      const begin = date === undefined ? due : this.first(from, (moment) => moment.date === date)?.at;
      due = begin === undefined ? undefined : this.first(begin, fits)?.at;
    }
    return due !== undefined && due < notBefore ? this.first(notBefore, fits)?.at : due;
  }
}

export function lies(minute: number, { from, to }: DayWindow): boolean {
  return from <= to ? from <= minute && minute < to : minute >= from || minute < to;
}

function isEverWorked(cal: WorkingCalendar, window: DayWindow): boolean {
  return Object.values(cal.hours).some((hours: WorkingCalendar['hours'][1]) =>
    hours.some(([start, end]) => {
      for (let minute = start; minute < end; minute += 1) if (lies(minute, window)) return true;
      return false;
    }),
  );
}
