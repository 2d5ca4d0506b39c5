import { z } from 'zod';
import { updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import type { Work } from '../work.ts';

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

/** Lets the card in the channel show the truth again. */
export async function refreshCard(work: Work, leadId: number): Promise<void> {
  await updateSlot(work, leadCardMessage(leadId), cardSlot(leadId));
}
