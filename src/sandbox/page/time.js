import { DateTime } from 'luxon';

const at = (ms, tz) => DateTime.fromMillis(ms, { zone: tz, locale: 'en-US' });
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Slack's `ts` (seconds, as a string) in milliseconds. */
export const msOf = (ts) => Number(ts) * 1000;
export const timeOf = (ms, tz) => at(ms, tz).toFormat('h:mm a');
/** The clock in the corner: `Mon, Nov 23`. */
export const clockDate = (ms, tz) => at(ms, tz).toFormat('ccc, LLL d');
/** Equal for two instants of the same day in the zone. */
export const dayKey = (ms, tz) => at(ms, tz).toISODate();
export const ago = (ms, now) =>
  Math.abs(ms - now) < 60_000 ? 'just now' : at(ms).toRelative({ base: at(now), locale: 'en' });

function relativeDay(ms, tz, now) {
  const days = at(ms, tz).startOf('day').diff(at(now, tz).startOf('day'), 'days').days;
  return { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }[Math.round(days)];
}

/** Slack's date formats; `do` stands for the day with its ending. */
const FORMATS = {
  date_num: 'yyyy-LL-dd',
  date_slash: 'LL/dd/yyyy',
  date: 'LLLL do, yyyy',
  date_short: 'LLL d, yyyy',
  date_long: 'cccc, LLLL do, yyyy',
  date_long_full: 'LLLL d, yyyy',
  day_divider: 'cccc, LLLL do',
  time: 'h:mm a',
  time_secs: 'h:mm:ss a',
};

/** One `{token}`; undefined when Slack does not know it. */
function fill(token, ms, tz, now) {
  const name = token.replace(/_pretty$/, '');
  if (name === 'ago') return ago(ms, now);
  if (!FORMATS[name]) return undefined;
  const date = at(ms, tz);
  const ending = date.day > 10 && date.day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][date.day % 10] ?? 'th');
  const plain = date.toFormat(FORMATS[name].replace('do', `d'${ending}'`));
  return (name !== token && relativeDay(ms, tz, now)) || plain;
}

/** Fills a `<!date^…>` format; undefined when it can't be. Only at a text's start it begins with a capital. */
export function slackDate(seconds, template, tz, now, isStart) {
  const ms = seconds * 1000;
  const parts = template
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 ? fill(part, ms, tz, now) : part));
  if (Number.isNaN(ms) || parts.includes(undefined)) return undefined;
  return isStart ? capital(parts.join('')) : parts.join('');
}

/** The heading of a day in a message list: Today, Yesterday, or `Monday, November 16th`. */
export const dayLabel = (ms, tz, now) => capital(fill('day_divider_pretty', ms, tz, now));

/** Unix seconds ↔ `2026-11-23T09:00` in a zone, as a date and time field wants it. */
export const unixToZoned = (seconds, tz) => at(seconds * 1000, tz).toFormat("yyyy-LL-dd'T'HH:mm");
export const zonedToUnix = (local, tz) => DateTime.fromISO(local, { zone: tz }).toUnixInteger();
