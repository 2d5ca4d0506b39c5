import { DAY, dateOfDay, dayOfDate, MINUTE, MINUTES_PER_DAY } from './civil.ts';

/*
 * Local time in a zone, from Intl's offsets. dayjs.tz is not used here: it adds a day to Berlin's 09:00 before a
 * clock change and gets 10:00, takes now the earlier and now the later of two equal local times, and needs about
 * 50 µs for what is a cached comparison below.
 */

/** A stretch of time, [start, end), with one offset: in it, local time is UTC plus `offset` (all milliseconds). */
export interface OffsetSpan {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

interface ZoneOffsets {
  readonly format: Intl.DateTimeFormat;
  readonly blocks: Map<number, readonly OffsetSpan[]>;
  latest: OffsetSpan;
}

const BLOCK = 32 * DAY;
const MAX_BLOCKS_PER_ZONE = 512; // 45 years
const MAX_ZONES = 128;
// No zone was ever further than this from UTC, whatever the direction.
const MAX_OFFSET = 16 * 60 * MINUTE;

const zones = new Map<string, ZoneOffsets>();

/** Throws RangeError for a name that isn't in the IANA time zone database. */
export function assertZone(zone: string): void {
  offsetsOf(zone);
}

/**
 * The stretch of constant offset around an instant. It may end before the offset really changes; the next one, at
 * `end`, then has the same offset.
 */
export function offsetSpan(zone: string, at: number): OffsetSpan {
  const offsets = offsetsOf(zone);
  if (at >= offsets.latest.start && at < offsets.latest.end) return offsets.latest;

  const number = Math.floor(at / BLOCK);
  let spans = offsets.blocks.get(number);
  if (!spans) {
    spans = readBlock(offsets.format, number * BLOCK);
    remember(offsets.blocks, number, spans, MAX_BLOCKS_PER_ZONE);
  }
  const span = spans.find(({ end }) => at < end);
  if (!span) throw new RangeError(`${at} is not an instant.`);
  offsets.latest = span;
  return span;
}

/** Milliseconds of the local wall clock, as if the zone were UTC. */
export function wallClock(zone: string, at: number): number {
  return at + offsetSpan(zone, at).offset;
}

/** Number of the local day, see `civil.ts`. */
export function localDay(zone: string, at: number): number {
  return Math.floor(wallClock(zone, at) / DAY);
}

/** The first instant at which the wall clock shows `wall`, or, where it never does, the first after the gap. */
export function instantOfWall(zone: string, wall: number): number {
  let span = offsetSpan(zone, wall - MAX_OFFSET);
  while (wall - span.offset >= span.end) span = offsetSpan(zone, span.end);
  return Math.max(wall - span.offset, span.start);
}

/** The local date, `YYYY-MM-DD`, in a zone or in the zone of a calendar. */
export function localDate(place: string | { readonly zone: string }, at: number): string {
  return dateOfDay(localDay(typeof place === 'string' ? place : place.zone, at));
}

/**
 * The instant of a local time. One that a clock change skips becomes the first instant after the gap, one that
 * happens twice the earlier. `minuteOfDay` 1440 is the end of the day. Throws RangeError for a bad date or minute.
 */
export function localTime(zone: string, local: { date: string; minuteOfDay: number }): number {
  const { date, minuteOfDay } = local;
  if (!Number.isInteger(minuteOfDay) || minuteOfDay < 0 || minuteOfDay > MINUTES_PER_DAY) {
    throw new RangeError(`${minuteOfDay} is not a minute of a day: use 0 to ${MINUTES_PER_DAY}.`);
  }
  return instantOfWall(zone, dayOfDate(date) * DAY + minuteOfDay * MINUTE);
}

/** The first instant of a local date: not always 00:00, because some zones change their clocks at midnight. */
export function startOfLocalDay(zone: string, date: string): number {
  return localTime(zone, { date, minuteOfDay: 0 });
}

/** The last millisecond of the local day that `at` lies in, in UTC milliseconds. */
export function endOfLocalDay(zone: string, at: number): number {
  return instantOfWall(zone, (localDay(zone, at) + 1) * DAY) - 1;
}

function offsetsOf(zone: string): ZoneOffsets {
  let offsets = zones.get(zone);
  if (!offsets) {
    offsets = {
      format: offsetFormat(zone),
      blocks: new Map(),
      latest: { start: 0, end: 0, offset: 0 },
    };
    remember(zones, zone, offsets, MAX_ZONES);
  }
  return offsets;
}

function offsetFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch (cause) {
    throw new RangeError(`"${zone}" is not a known time zone: use a name such as Europe/Berlin.`, { cause });
  }
}

function remember<K, V>(cache: Map<K, V>, key: K, value: V, limit: number): void {
  if (cache.size >= limit) {
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  }
  cache.set(key, value);
}

/** Looks once a day, because no zone changes its clocks twice within one. */
function readBlock(format: Intl.DateTimeFormat, blockStart: number): readonly OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  const blockEnd = blockStart + BLOCK;
  let start = blockStart;
  let offset = readOffset(format, start);
  for (let day = blockStart; day < blockEnd; day += DAY) {
    const next = readOffset(format, day + DAY);
    if (next === offset) continue;
    const change = findChange(format, offset, day, day + DAY);
    spans.push({ start, end: change, offset });
    start = change;
    offset = next;
  }
  if (start < blockEnd) spans.push({ start, end: blockEnd, offset });
  return spans;
}

/** The first instant in (from, to] at which the offset isn't `before` any more. */
function findChange(format: Intl.DateTimeFormat, before: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readOffset(format, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Reads "3/29/2026, GMT+02:00". Seconds appear only in offsets of the nineteenth and twentieth century. */
function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(format.format(at));
  if (!match) throw new Error(`Intl gave no offset for ${at}: "${format.format(at)}".`);
  const [, sign, hours, minutes, seconds = '0'] = match;
  const size = Number(hours) * 3_600_000 + Number(minutes) * MINUTE + Number(seconds) * 1_000;
  return sign === '-' ? -size : size;
}
