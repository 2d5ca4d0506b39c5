import { z } from 'zod';
import { post, updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { livingSlots } from '../outbox/store.ts';
import type { Work } from '../work.ts';
import { leadById } from './store.ts';

/** The data of a lead's card; `card/` renders it, everything that changes a lead asks for it here. */
export const leadCardData = z.object({ leadId: z.number() });
export const leadCardType = 'lead_card';

/** The card's place: its thread holds everything else about the lead. */
export function cardSlot(leadId: number): string {
  return `card:${leadId}`;
}

export function leadCardMessage(leadId: number): OutgoingMessage {
  return { type: leadCardType, data: { leadId } satisfies z.infer<typeof leadCardData> };
}

/** Lets the card in the channel show the truth again; one that is gone from the channel is posted anew. */
export async function refreshCard(work: Work, leadId: number): Promise<void> {
  const slot = cardSlot(leadId);
  if ((await livingSlots(work.db, work.workspace.teamId, [slot])).size > 0) {
    await updateSlot(work, leadCardMessage(leadId), slot);
    return;
  }
  const { channel_id: channelId } = await leadById(work, leadId);
  await post(work, leadCardMessage(leadId), { channelId, slot });
}
