const formats = new Map();

function format(date, tz, options) {
  const key = tz + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-US', { timeZone: tz, ...options }));
  return formats.get(key).format(date);
}

const DAY = 86_400_000;
const ordinal = (day) => {
  const ending = day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
};

/** Slack's `ts` (seconds, as a string) in milliseconds. */
export const msOf = (ts) => Number(ts) * 1000;

export const timeOf = (ms, tz) => format(ms, tz, { hour: 'numeric', minute: '2-digit' });

/** `2026-11-22` in the zone; equal for two instants of the same day there. */
export function dayKey(ms, tz) {
  const [month, day, year] = format(ms, tz, { year: 'numeric', month: '2-digit', day: '2-digit' }).split('/');
  return `${year}-${month}-${day}`;
}

function relativeDay(ms, tz, now) {
  const key = dayKey(ms, tz);
  if (key === dayKey(now, tz)) return 'today';
  if (key === dayKey(now - DAY, tz)) return 'yesterday';
  if (key === dayKey(now + DAY, tz)) return 'tomorrow';
  return null;
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** The heading of a day in a message list: Today, Yesterday, or `Monday, November 16th`. */
export function dayLabel(ms, tz, now) {
  const near = relativeDay(ms, tz, now);
  if (near) return capital(near);
  const sameYear = format(ms, tz, { year: 'numeric' }) === format(now, tz, { year: 'numeric' });
  const label = `${format(ms, tz, { weekday: 'long' })}, ${monthDay(ms, tz, 'long')}`;
  return sameYear ? label : `${label}, ${format(ms, tz, { year: 'numeric' })}`;
}

const monthDay = (ms, tz, month) =>
  `${format(ms, tz, { month })} ${ordinal(Number(format(ms, tz, { day: 'numeric' })))}`;

/** How long before or after `now`, in words: `3 hours ago`, `in 2 days`. */
export function ago(ms, now) {
  const minutes = Math.round(Math.abs(ms - now) / 60_000);
  const [count, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 1440
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  if (count === 0) return 'just now';
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return ms <= now ? `${words} ago` : `in ${words}`;
}

const TOKENS = {
  date_num: (ms, tz) => dayKey(ms, tz),
  date_slash: (ms, tz) => format(ms, tz, { year: 'numeric', month: '2-digit', day: '2-digit' }),
  date: (ms, tz) => `${monthDay(ms, tz, 'long')}, ${format(ms, tz, { year: 'numeric' })}`,
  date_short: (ms, tz) => format(ms, tz, { year: 'numeric', month: 'short', day: 'numeric' }),
  date_long: (ms, tz) => `${format(ms, tz, { weekday: 'long' })}, ${TOKENS.date(ms, tz)}`,
  date_long_full: (ms, tz) => format(ms, tz, { year: 'numeric', month: 'long', day: 'numeric' }),
  date_pretty: (ms, tz, now) => relativeDay(ms, tz, now) ?? TOKENS.date(ms, tz),
  date_short_pretty: (ms, tz, now) => relativeDay(ms, tz, now) ?? TOKENS.date_short(ms, tz),
  date_long_pretty: (ms, tz, now) => relativeDay(ms, tz, now) ?? TOKENS.date_long(ms, tz),
  day_divider_pretty: (ms, tz, now) => relativeDay(ms, tz, now) ?? dayLabel(ms, tz, now),
  time: (ms, tz) => timeOf(ms, tz),
  time_secs: (ms, tz) => format(ms, tz, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago: (ms, _tz, now) => ago(ms, now),
};

/** Fills a `<!date^…>` format; null when it names an unknown token, so that the fallback is shown. */
export function slackDate(seconds, template, tz, now) {
  let known = Number.isFinite(seconds);
  const text = template.replace(/\{(\w+)\}/g, (_, token) => {
    if (!TOKENS[token]) known = false;
    return TOKENS[token]?.(seconds * 1000, tz, now) ?? '';
  });
  return known ? capital(text) : null;
}

/** The clock in the corner: `Mon, Nov 23` and `9:00 AM`. */
export const clockDate = (ms, tz) => format(ms, tz, { weekday: 'short', month: 'short', day: 'numeric' });

/** `2026-11-23T09:00` in a zone → Unix seconds, as `datetimepicker` reports it. */
export function zonedToUnix(local, tz) {
  const wanted = Date.parse(`${local}:00Z`);
  let guess = wanted;
  // Twice: the first correction may cross a change of the zone's offset.
  for (let round = 0; round < 2; round++)
    guess += wanted - Date.parse(`${unixToZoned(guess / 1000, tz)}:00Z`);
  return Math.round(guess / 1000);
}

/** Unix seconds → `2026-11-23T09:00` in a zone. */
export function unixToZoned(seconds, tz) {
  const clock = format(seconds * 1000, tz, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${dayKey(seconds * 1000, tz)}T${clock}`;
}
