import { localDate } from '../calendar/zone.ts';
import type { LeadRow } from '../db/schema.ts';
import { goesByItself } from '../lead/waiting.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

/**
 * Who manages hears of the trouble, not of each lead: once a day for the same reason; of a lead that nobody is left for
 * once a day for each.
 */
export async function tellManagersOfWaiting(
  work: Work,
  lead: LeadRow,
  team: Team,
  why: string,
): Promise<void> {
  const where = `in <#${lead.channel_id}> (${line(team.name, 60)}): ${why}.`;
  const isOwn = !goesByItself(why);
  const text = isOwn
    ? `:hourglass: A lead of rank ${lead.rank} waits ${where} I give it to none of them again. Give it to somebody with *Hand on…* on its card, or claim it yourself; its number is ${lead.id}.`
    : `:hourglass: Leads wait ${where} Each goes to a rep by itself as soon as one can take it. To make room, change limits and tags with \`/leads setup\`, or take some yourself.`;
  const about = isOwn ? `lead:${lead.id}` : why;
  const day = localDate(team.calendar, work.now);
  for (const userId of team.managers) {
    await postDirect(work, note.of({ text }), userId, `waiting:${team.id}:${userId}:${day}:${about}`);
  }
}
