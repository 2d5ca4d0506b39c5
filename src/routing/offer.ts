import type { LeadRow } from '../db/schema.ts';
import { cardSlot, leadCardMessage } from '../lead/card-slot.ts';
import { post } from '../outbox/enqueue.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { routeLead } from './routing.ts';

/**
 * Brings a lead that is on offer to the reps: its card on the way to the lead channel, then routed by the team's mode;
 * what routing has to say goes into the card's thread.
 */
export async function offerLead(work: Work, lead: LeadRow, team: Team): Promise<LeadRow> {
  await post(work, leadCardMessage(lead.id), {
    channelId: lead.channel_id,
    slot: cardSlot(lead.id),
    dedupeKey: cardSlot(lead.id),
    bulk: lead.import_id !== null,
  });
  return routeLead(work, lead, team);
}
