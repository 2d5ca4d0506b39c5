import { z } from 'zod';
import { post, updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { livingSlots, messagesOfSlots } from '../outbox/store.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { refreshLadderNews } from './ladder-news-slot.ts';
import { permalink } from './lead.ts';
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

/** A held lead's place in the marketing channel; `gate/` renders it. */
export function heldSlot(leadId: number): string {
  return `held:${leadId}`;
}

export const heldCardType = 'held_card';

function heldCardMessage(leadId: number): OutgoingMessage {
  return { type: heldCardType, data: { leadId } satisfies z.infer<typeof leadCardData> };
}

/** Shows a held lead to marketing, where nothing does yet; a card that somebody deleted is posted anew. */
export async function postHeldCard(work: Work, leadId: number, team: Team): Promise<void> {
  const slot = heldSlot(leadId);
  if ((await livingSlots(work.db, work.workspace.teamId, [slot])).size > 0) return;
  await post(work, heldCardMessage(leadId), { channelId: team.marketingChannelId, slot });
}

/**
 * Lets the lead's card show the truth again, and that of the time when it was held; a card that is gone from the
 * channel is posted anew. A held lead of a list has none. `bulk`: one of many that nobody waits for.
 */
export async function refreshCard(
  work: Work,
  leadId: number,
  options: { bulk?: boolean } = {},
): Promise<void> {
  await refreshCards(work, [leadId], options);
}

/** The same for several leads. */
export async function refreshCards(
  work: Work,
  leadIds: readonly number[],
  options: { bulk?: boolean } = {},
): Promise<void> {
  if (leadIds.length === 0) return;
  await refreshLadderNews(work, leadIds);
  const slots = leadIds.flatMap((id) => [cardSlot(id), heldSlot(id)]);
  const living = await livingSlots(work.db, work.workspace.teamId, slots);
  for (const leadId of leadIds) await refreshOrPost(work, leadId, living, options);
}

async function refreshOrPost(
  work: Work,
  leadId: number,
  living: ReadonlySet<string>,
  options: { bulk?: boolean },
): Promise<void> {
  const [slot, held] = [cardSlot(leadId), heldSlot(leadId)];
  if (living.has(held)) await updateSlot(work, heldCardMessage(leadId), held, options);
  if (living.has(slot)) {
    await updateSlot(work, leadCardMessage(leadId), slot, options);
    return;
  }
  const { channel_id: channelId, state } = await leadById(work, leadId);
  const wasTurnedDown = state === 'resolved' && living.has(held);
  if (state !== 'held' && !wasTurnedDown) await post(work, leadCardMessage(leadId), { channelId, slot });
}

/** Where everything else about a lead is said: the thread of its card, which is posted if there is none. */
export async function threadOf(
  work: Work,
  lead: LeadRow,
  team: Team,
): Promise<{ channelId: string; threadSlot: string }> {
  if (lead.state === 'held') await postHeldCard(work, lead.id, team);
  await refreshCard(work, lead.id);
  const [slot, held] = [cardSlot(lead.id), heldSlot(lead.id)];
  const living = await livingSlots(work.db, work.workspace.teamId, [slot, held]);
  return living.has(slot)
    ? { channelId: lead.channel_id, threadSlot: slot }
    : { channelId: team.marketingChannelId, threadSlot: held };
}

/** The addresses of the leads' cards in Slack, by lead id; one that is not posted yet has none. */
export async function cardUrls(work: Work, leadIds: readonly number[]): Promise<Map<number, string>> {
  if (leadIds.length === 0) return new Map();
  const bySlot = new Map(leadIds.map((id) => [cardSlot(id), id]));
  const rows = await messagesOfSlots(work.db, work.workspace.teamId, [...bySlot.keys()]);
  return new Map(
    rows.map((row) => [bySlot.get(row.slot) ?? 0, permalink(work.workspace.url, row.channelId, row.ts)]),
  );
}
