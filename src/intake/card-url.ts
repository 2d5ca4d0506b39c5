import { cardSlot, heldSlot } from '../lead/card-slot.ts';
import { permalink } from '../lead/lead.ts';
import { messageOfSlot } from '../outbox/store.ts';
import type { Work } from '../work.ts';

/** Where a lead's card is in Slack: the reps', else marketing's; undefined while neither is posted. */
export async function cardUrl(work: Work, leadId: number): Promise<string | undefined> {
  const { teamId, url } = work.workspace;
  const card =
    (await messageOfSlot(work.db, teamId, cardSlot(leadId))) ??
    (await messageOfSlot(work.db, teamId, heldSlot(leadId)));
  return card && permalink(url, card.channelId, card.ts);
}
