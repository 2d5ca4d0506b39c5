import { localDate } from '../calendar/zone.ts';
import type { LeadRow } from '../db/schema.ts';
import { goesByItself, tagOfWait } from '../lead/waiting.ts';
import { postDirect, updateSlot } from '../outbox/enqueue.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { waitingNews } from './waiting-message.ts';

/**
 * Who manages hears of the trouble, not of each lead: once a day for the same reps, in a message that counts along; of
 * a lead that nobody is left for once a day for each.
 */
export async function tellManagersOfWaiting(
  work: Work,
  lead: LeadRow,
  team: Team,
  why: string,
): Promise<void> {
  const day = localDate(team.calendar, work.now);
  const slotOf = (userId: string, about: string): string => `waiting:${team.id}:${userId}:${day}:${about}`;
  if (!goesByItself(why)) {
    const text = `:hourglass: A lead of rank ${lead.rank} waits in <#${lead.channel_id}> (${line(team.name, 60)}): ${why}. I give it to none of them again. Give it to somebody with *Hand on…* on its card, or claim it yourself; its number is ${lead.id}.`;
    for (const userId of team.managers)
      await postDirect(work, note.of({ text }), userId, slotOf(userId, `lead:${lead.id}`));
    return;
  }
  const tag = tagOfWait(why);
  const message = waitingNews.of({ salesTeamId: team.id, tag });
  for (const userId of team.managers) {
    const slot = slotOf(userId, tag ?? '');
    await postDirect(work, message, userId, slot, slot);
    await updateSlot(work, message, slot);
  }
}
