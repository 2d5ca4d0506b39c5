import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { workingMinutesBetween } from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';
import { count } from '../slack/kit.ts';
import { hoursOf } from '../team/calendars.ts';
import type { Team } from '../team/team.ts';

/** How long it has had its owner, or waited for one, in their working time: `30 minutes`, `2 hours`, `1 working day`. */
export function waited(
  { lead, now }: { lead: Pick<LeadRow, 'owner_id' | 'owned_at' | 'ladder_from'>; now: number },
  team: Team,
): string {
  const hours = hoursOf(team, lead.owner_id);
  // The ladder begins later after downtime; who has the lead has had it since.
  const since = (lead.owner_id === null ? lead.ladder_from : lead.owned_at) ?? now;
  const minutes = Math.floor(workingMinutesBetween(hours, since, now));
  if (minutes < 60) return count(minutes, 'minute');
  const day = longestDay(hours);
  if (minutes < day) return count(Math.floor(minutes / 60), 'hour');
  return count(Math.floor(minutes / day), 'working day');
}

function longestDay({ hours }: WorkingCalendar): number {
  const lengths = ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) =>
    hours[weekday].reduce((sum, [start, end]) => sum + end - start, 0),
  );
  return Math.max(...lengths);
}
