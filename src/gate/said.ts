import type { LeadRow } from '../db/schema.ts';
import { savedReasons } from '../intake/gate.ts';
import { leadTitle } from '../lead/lead.ts';
import { postEphemeral } from '../outbox/enqueue.ts';
import type { Answer, Playbook } from '../playbook/schema.ts';
import { escape, inSentence, line, user } from '../slack/kit.ts';
import type { NextView } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { mailText } from '../template/links.ts';
import { heldList, type ListPlace } from './list.ts';
import { listModal } from './list-blocks.ts';
import { cardsTake, counted, numberOf } from './numbers.ts';
import type { ImportRelease } from './release-import.ts';

/** When so many cards wait, it is worth saying how long that takes. */
const manyCards = 60;

export function answerOf(playbook: Playbook, id: string): Answer | undefined {
  return playbook.answers.find((answer) => answer.id === id);
}

/** Says what a form did: in the list it was opened from, else to that person alone in the marketing channel. */
export async function formDone(
  work: Work,
  lead: LeadRow,
  userId: string,
  text: string,
  place: ListPlace | undefined,
): Promise<NextView | void> {
  if (place) return { next: listModal(await heldList(work, place), text) };
  const { marketingChannelId: channelId } = await teamById(work, lead.sales_team_id);
  await postEphemeral(work, note.of({ text }), { channelId, userId });
}

export function releasedText(lead: LeadRow): string {
  return `Released: ${leadTitle(lead)} is ${whereText(lead)}.`;
}

export function savedText(lead: LeadRow): string {
  const why = savedReasons(lead.held_reasons).map(escape).join(' ');
  return lead.state === 'held' ? `Saved: ${leadTitle(lead)}. Still held: ${why}` : releasedText(lead);
}

function whereText(lead: LeadRow): string {
  if (lead.owner_id !== null) return `now with ${user(lead.owner_id)}`;
  // The reason is a sentence of routing's, with nothing of the lead in it.
  if (lead.waits_for !== null) return `now in <#${lead.channel_id}>, where it waits: ${lead.waits_for}`;
  return `now on offer in <#${lead.channel_id}>`;
}

/** @param text the words for the prospect, as typed; undefined where nobody needs any */
export function turnedDownText(lead: LeadRow, answer: Answer, text: string | undefined): string {
  const name = leadTitle(lead);
  if (text === undefined) return `Closed as ${line(inSentence(answer.label), 60)}: ${name}.`;
  if (lead.answered === 1) return `Turned down: ${name}. The prospect was told.`;
  return `Turned down: ${name}. They don't know yet.\n${mailText(lead, text, 'with your words')}\nThen click *It is sent* on the card of this lead.`;
}

export function importText({ released, left, cards }: ImportRelease): string {
  if (released > 0) {
    const rest = left === 0 ? 'None waits any more.' : `${waitText(left)} still.`;
    return `Released: ${counted(released, 'lead')} on the way to the reps. ${rest}${waitingText(cards, released)}`;
  }
  return left === 0
    ? 'Somebody was faster: none of this list waits any more.'
    : `The list has changed meanwhile, so nothing was released: ${waitText(left)} now. Click again if you want them.`;
}

function waitText(leads: number): string {
  return `${counted(leads, 'lead')} ${leads === 1 ? 'waits' : 'wait'}`;
}

/** Slack takes one card after the other. */
function waitingText(cards: number, released: number): string {
  if (cards <= manyCards) return '';
  const ahead = cards - released;
  const others = ahead <= 0 ? '' : `, ${numberOf(ahead)} ${ahead === 1 ? 'card is' : 'cards are'} ahead`;
  return `\nUntil the last card is in the channel it takes ${cardsTake(cards)}${others}.`;
}
