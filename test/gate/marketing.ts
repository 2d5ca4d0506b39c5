import type { LeadRow } from '../../src/db/schema.ts';
import type { Message, Outcome } from '../../src/sandbox/index.ts';
import { leadName } from '../../src/lead/lead.ts';
import { awaitView } from '../../src/demo/await-view.ts';
import { channels, people, type PersonName, textOf, type World } from '../support/world.ts';

/** A lead of rank D, as HubSpot posts it: it is held. */
export function listLead(world: World, fields: Record<string, string> = {}): Promise<LeadRow> {
  return world.hubspotLead({ Form: 'Purchased list', ...fields });
}

/** The card of a held lead, or what it has turned into. */
export function heldCard(world: World, lead: LeadRow): Message {
  const name = leadName(lead);
  return marketingPost(world, (text) => text.includes(`ead: ${name}`));
}

/** The newest message of the marketing channel whose fallback text fits. */
export function marketingPost(world: World, fits: (text: string) => boolean): Message {
  const found = world.posts('marketing').findLast((message) => fits(message.text));
  if (!found) throw new Error('There is no such message in the marketing channel.');
  return found;
}

/** A click on a message of the marketing channel; what it queued is not sent yet. */
export function clickOnly(
  world: World,
  person: PersonName,
  message: Message,
  actionId: string,
): Promise<Outcome> {
  return world.sandbox.interact({
    channel: channels.marketing,
    messageTs: message.ts,
    user: people[person],
    action: { action_id: actionId },
  });
}

export async function click(
  world: World,
  person: PersonName,
  message: Message,
  actionId: string,
): Promise<Outcome> {
  const outcome = await clickOnly(world, person, message, actionId);
  await world.settle();
  return outcome;
}

/** Opens a form from a held card and waits until it is there. */
export async function openForm(
  world: World,
  person: PersonName,
  lead: LeadRow,
  actionId: 'held_complete' | 'held_turn_down',
): Promise<void> {
  await click(world, person, heldCard(world, lead), actionId);
  await awaitView(world.sandbox, people[person]);
}

/** Chooses a reason in the form to turn a lead down, and waits for the words. @param place in a list */
export async function chooseReason(
  world: World,
  person: PersonName,
  lead: Pick<LeadRow, 'id'>,
  reason: string,
  place = '',
): Promise<void> {
  const viewId = world.sandbox.view(people[person])?.id ?? '';
  await world.sandbox.interact({
    viewId,
    user: people[person],
    action: { action_id: 'turn_down_reason', value: `${reason}:${lead.id}${place}` },
  });
  await world.settle();
}

/** Everything that a person's modal says. */
export function formText(world: World, person: PersonName): string {
  const view = world.sandbox.view(people[person]);
  return view === undefined ? '' : textOf({ ts: '', blocks: view.blocks } as Message);
}

/** What a text field of a person's modal holds when it is opened. */
export function formField(world: World, person: PersonName, blockId: string): string | undefined {
  const block = world.sandbox.view(people[person])?.blocks.find((entry) => entry['block_id'] === blockId);
  return (block?.['element'] as { initial_value?: string } | undefined)?.initial_value;
}
