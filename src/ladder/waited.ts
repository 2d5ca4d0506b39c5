import { workingMinutesBetween } from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';
import { count } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';

/** How long the ladder has run, in the team's working time: `30 minutes`, `2 hours`, `1 working day`. */
export function waited(
  { lead, now }: { lead: Pick<LeadRow, 'ladder_from'>; now: number },
  team: Team,
): string {
  const minutes = Math.floor(workingMinutesBetween(team.calendar, lead.ladder_from ?? now, now));
  if (minutes < 60) return count(minutes, 'minute');
  const day = minutesOf(team.dayEnd) - minutesOf(team.dayStart);
  if (minutes < day) return count(Math.floor(minutes / 60), 'hour');
  return count(Math.floor(minutes / day), 'working day');
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
