import { type WorkingCalendar, workingCalendar } from '../calendar/working-calendar.ts';
import type { Work } from '../work.ts';
import { publicHolidays } from './holidays.ts';
import { type RepRow, repRows } from './people/store.ts';
import type { Team } from './team.ts';

/** A rep as routing sees them. */
export interface RepSettings {
  userId: string;
  /** Turns in round robin, against the others'. */
  weight: number;
  /** Open leads at most, new leads a day at most; null for no limit. */
  mostOpen: number | null;
  mostNewADay: number | null;
  tags: readonly string[];
  /** Their own, or the team's. */
  calendar: WorkingCalendar;
  /** Turns that round robin still owes them, and when it served them last. */
  owed: number;
  servedAt: number | null;
}

/** The team's reps in roster order; one without settings of their own has the defaults. */
export async function repsOf(work: Work, team: Team): Promise<RepSettings[]> {
  const rows = new Map((await repRows(work, team.id)).map((row) => [row.user_id, row]));
  return team.reps.map((userId) => repSettings(work, team, userId, rows.get(userId)));
}

function repSettings(work: Work, team: Team, userId: string, row: RepRow | undefined): RepSettings {
  return {
    userId,
    weight: row?.weight ?? 1,
    mostOpen: row?.most_open ?? null,
    mostNewADay: row?.most_new_a_day ?? null,
    tags: row ? (JSON.parse(row.tags) as string[]) : [],
    calendar: row ? calendarOf(work, team, row) : team.calendar,
    owed: row?.owed ?? 0,
    servedAt: row?.served_at ?? null,
  };
}

/** A loaded team is never changed, and loaded anew when its hours, the playbook's holidays or the year change. */
const calendars = new WeakMap<Team, Map<string, WorkingCalendar>>();

function calendarOf(work: Work, team: Team, row: RepRow): WorkingCalendar {
  const { zone, working_days: days, day_start: start, day_end: end, region } = row;
  if ([zone, days, start, end, region].every((own) => own === null)) return team.calendar;
  let known = calendars.get(team);
  if (!known) calendars.set(team, (known = new Map<string, WorkingCalendar>()));
  const key = JSON.stringify([zone, days, start, end, region]);
  let calendar = known.get(key);
  if (!calendar) {
    const { holidays } = work.playbooks.current.playbook.working;
    calendar = workingCalendar({
      zone: zone ?? team.calendar.zone,
      days: days === null ? team.workingDays : (JSON.parse(days) as number[]),
      start: start ?? team.dayStart,
      end: end ?? team.dayEnd,
      holidays: [...holidays, ...publicHolidays(region ?? team.region, work.now)],
    });
    known.set(key, calendar);
  }
  return calendar;
}
