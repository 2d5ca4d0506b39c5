import { localDate } from '../calendar/zone.ts';
import type { LeadRow } from '../db/schema.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

/** Once a day, with the first lead that waits: who manages hears of the trouble, not of each lead. */
export async function tellManagersOfWaiting(
  work: Work,
  lead: LeadRow,
  team: Team,
  why: string,
): Promise<void> {
  const text = `:hourglass: Leads wait in <#${lead.channel_id}> (${line(team.name, 60)}): ${why}. Each goes to a rep by itself as soon as one can take it. To make room, change limits and tags with \`/leads setup\`, or take some yourself.`;
  const day = localDate(team.calendar, work.now);
  for (const userId of team.managers) {
    await postDirect(work, note.of({ text }), userId, `waiting:${team.id}:${userId}:${day}`);
  }
}
