const formats = new Map();

function format(date, tz, options) {
  const key = tz + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-US', { timeZone: tz, ...options }));
  return formats.get(key).format(date);
}

const DAY = 86_400_000;
const DIGITS = { year: 'numeric', month: '2-digit', day: '2-digit' };
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** Slack's `ts` (seconds, as a string) in milliseconds. */
export const msOf = (ts) => Number(ts) * 1000;
export const timeOf = (ms, tz) => format(ms, tz, { hour: 'numeric', minute: '2-digit' });
/** The clock in the corner: `Mon, Nov 23`. */
export const clockDate = (ms, tz) => format(ms, tz, { weekday: 'short', month: 'short', day: 'numeric' });
/** `Nov 23, 9:00 AM`. */
export const shortDate = (ms, tz) =>
  `${format(ms, tz, { month: 'short', day: 'numeric' })}, ${timeOf(ms, tz)}`;

/** `2026-11-22` in the zone; equal for two instants of the same day there. */
export function dayKey(ms, tz) {
  const [month, day, year] = format(ms, tz, DIGITS).split('/');
  return `${year}-${month}-${day}`;
}

function relativeDay(ms, tz, now) {
  const days = ['yesterday', 'today', 'tomorrow'];
  return days.find((_, index) => dayKey(now + (index - 1) * DAY, tz) === dayKey(ms, tz));
}

/** `November 16th`. */
function monthDay(ms, tz) {
  const day = Number(format(ms, tz, { day: 'numeric' }));
  const ending = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${format(ms, tz, { month: 'long' })} ${day}${ending}`;
}

/** The heading of a day in a message list: Today, Yesterday, or `Monday, November 16th`. */
export function dayLabel(ms, tz, now) {
  const year = (at) => format(at, tz, { year: 'numeric' });
  const label = `${format(ms, tz, { weekday: 'long' })}, ${monthDay(ms, tz)}`;
  return capital(relativeDay(ms, tz, now) ?? (year(ms) === year(now) ? label : `${label}, ${year(ms)}`));
}

/** How long before or after `now`, in words: `3 hours ago`, `in 2 days`. */
export function ago(ms, now) {
  const minutes = Math.round(Math.abs(ms - now) / 60_000);
  const [size, unit] =
    [
      [1440, 'day'],
      [60, 'hour'],
      [1, 'minute'],
    ].find(([size]) => minutes >= size) ?? [];
  if (!unit) return 'just now';
  const count = Math.round(minutes / size);
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return ms <= now ? `${words} ago` : `in ${words}`;
}

const TOKENS = {
  date_num: dayKey,
  date_slash: (ms, tz) => format(ms, tz, DIGITS),
  date: (ms, tz) => `${monthDay(ms, tz)}, ${format(ms, tz, { year: 'numeric' })}`,
  date_short: (ms, tz) => format(ms, tz, { year: 'numeric', month: 'short', day: 'numeric' }),
  date_long: (ms, tz) => `${format(ms, tz, { weekday: 'long' })}, ${TOKENS.date(ms, tz)}`,
  date_long_full: (ms, tz) => format(ms, tz, { year: 'numeric', month: 'long', day: 'numeric' }),
  day_divider: dayLabel,
  time: timeOf,
  time_secs: (ms, tz) => format(ms, tz, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago: (ms, _tz, now) => ago(ms, now),
};

/** Fills a `<!date^…>` format; undefined when it names an unknown token, so that the fallback is shown. */
export function slackDate(seconds, template, tz, now) {
  const ms = seconds * 1000;
  if (!Number.isFinite(ms)) return undefined;
  const parts = template.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part;
    const plain = part.replace(/_pretty$/, '');
    return (plain !== part && relativeDay(ms, tz, now)) || TOKENS[plain]?.(ms, tz, now);
  });
  return parts.includes(undefined) ? undefined : capital(parts.join(''));
}

/** Unix seconds → `2026-11-23T09:00` in a zone, as a date and time field wants it. */
export function unixToZoned(seconds, tz) {
  const clock = format(seconds * 1000, tz, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${dayKey(seconds * 1000, tz)}T${clock}`;
}

/** `2026-11-23T09:00` in a zone → Unix seconds, as `datetimepicker` reports it. */
export function zonedToUnix(local, tz) {
  const wanted = Date.parse(`${local}:00Z`);
  const correct = (guess) => guess + wanted - Date.parse(`${unixToZoned(guess / 1000, tz)}:00Z`);
  // Twice: the first correction may cross a change of the zone's offset.
  return Math.round(correct(correct(wanted)) / 1000);
}
