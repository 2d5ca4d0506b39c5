/** A wall clock read with Intl alone, so that the witness shares nothing with the calendar it watches. */
export interface Wall {
  /** `YYYY-MM-DD` */
  date: string;
  /** `HH:MM` */
  time: string;
  /** Monday is 1. */
  weekday: number;
}

/** The same moments are asked for every rep. */
const walls = new Map<string, Wall>();
const formats = new Map<string, Intl.DateTimeFormat>();

export function wallOf(zone: string, at: number): Wall {
  const key = `${zone} ${at}`;
  const wall = walls.get(key) ?? readWall(zone, at);
  walls.set(key, wall);
  return wall;
}

function readWall(zone: string, at: number): Wall {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const date = `${part['year']}-${part['month']}-${part['day']}`;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return { date, time: `${part['hour']}:${part['minute']}`, weekday };
}
