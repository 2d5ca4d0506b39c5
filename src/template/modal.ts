import type { ModalView } from '@slack/types';
import type { LeadRow, PersonRow } from '../db/schema.ts';
import { leadName } from '../lead/lead.ts';
import type { Blocks } from '../outbox/message.ts';
import type { Playbook } from '../playbook/schema.ts';
import { actions, context, line, option, plain, section, select, user, whenDay } from '../slack/kit.ts';
import { channelNames, linkFor, signatureHint, toCopy } from './blocks.ts';
import type { Memory } from './memory.ts';
import { channelOf, messageOrder } from './next-step.ts';
import { wordsOf } from './wording.ts';

export interface MessagesView {
  lead: LeadRow;
  /** Who was added to it. */
  people: readonly PersonRow[];
  /** Whom the words are for, where it is not the lead's own person. */
  person?: PersonRow;
  playbook: Playbook;
  memory: Memory;
}

/** A view takes a hundred blocks; each message has up to three. */
const mostMessages = 30;

/** All the playbook has to say to one person, filled in; what was used is marked, with when and by whom. */
export function messagesModal(view: MessagesView): ModalView {
  const { lead, people, person, playbook } = view;
  const keys = messageOrder(lead.rank, playbook).slice(0, mostMessages);
  const { signature } = view.memory;
  const words = keys.flatMap((key) => wordsOf(key, lead, playbook, { person, signature }) ?? []);
  return {
    type: 'modal',
    callback_id: 'messages',
    title: plain('Messages', 24),
    close: plain('Close', 24),
    blocks: [
      section(`What to say to *${line(leadName(person ?? lead), 80)}*. Copy a text, or open it as a mail.`),
      ...signatureHint(words),
      ...(people.length === 0 ? [] : [whomFor(lead, people, person)]),
      ...keys.flatMap((key) => messageBlocks(key, view)),
    ],
  };
}

function whomFor(lead: LeadRow, people: readonly PersonRow[], person: PersonRow | undefined) {
  const name = (named: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>): string =>
    leadName(named).replace(/\s+/g, ' ').trim().toWellFormed() || 'No name';
  const options = [
    option(name(lead), String(lead.id)),
    ...people.slice(-98).map((other) => option(name(other), `${lead.id}:${other.id}`)),
  ];
  const value = person ? `${lead.id}:${person.id}` : String(lead.id);
  const initial = options.find((one) => one.value === value);
  return actions([
    { ...select('For whom?', 'messages_for', options), ...(initial && { initial_option: initial }) },
  ]);
}

function messageBlocks(key: string, { lead, person, playbook, memory }: MessagesView): Blocks {
  const words = wordsOf(key, lead, playbook, { person, signature: memory.signature });
  if (words === undefined) return [];
  const channel = channelOf(key, lead.rank, playbook);
  const where = channel === undefined ? '' : ` · ${channelNames[channel]}`;
  const used = memory.used.findLast(({ message }) => message === key);
  const mark =
    used === undefined ? '' : `\n:white_check_mark: Used ${whenDay(used.at)} by ${user(used.userId)}`;
  const link = linkFor(channel, person ?? lead, words);
  return [
    section(`*${line(words.label)}*${where}${mark}`),
    toCopy(words.text),
    ...(link === undefined ? [] : [link.length > 2000 ? section(link) : context(link)]),
  ];
}
