import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Work } from '../work.ts';
import { hoursOf } from './calendars.ts';
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
  return team.reps.map((userId) => repSettings(team, userId, rows.get(userId)));
}

function repSettings(team: Team, userId: string, row: RepRow | undefined): RepSettings {
  return {
    userId,
    weight: row?.weight ?? 1,
    mostOpen: row?.most_open ?? null,
    mostNewADay: row?.most_new_a_day ?? null,
    tags: row ? (JSON.parse(row.tags) as string[]) : [],
    calendar: hoursOf(team, userId),
    owed: row?.owed ?? 0,
    servedAt: row?.served_at ?? null,
  };
}
