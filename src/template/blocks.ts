import type { RichTextBlock } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { leadName } from '../lead/lead.ts';
import type { Blocks } from '../outbox/message.ts';
import type { CadenceStep, Playbook } from '../playbook/schema.ts';
import { button, context, line, quote, section, whenDay } from '../slack/kit.ts';
import { noSignature } from './fill.ts';
import { mailText, phoneLink } from './links.ts';
import { type Memory, noMemory } from './memory.ts';
import { type Channel, nextStep, type NextStep, type Reachable } from './next-step.ts';
import { type Words, wordsOf } from './wording.ts';

export const channelNames: Record<Channel, string> = {
  call: 'Call',
  email: 'Email',
  linkedin: 'LinkedIn',
  text: 'Text message',
};

/** The next step for mrkdwn: channel, message, and its text filled in and ready to copy. */
export function nextStepText(
  step: CadenceStep,
  lead: LeadRow,
  playbook: Playbook,
  memory: Memory = noMemory,
): string {
  const { next, words } = suggestion(step, lead, playbook, memory);
  const title = titleOf(next, words, lead, playbook, memory);
  return words === undefined ? title : `${title}\n${quote(words.text, 2000)}`;
}

/**
 * The next step in blocks: the text can be copied with one click, and the link opens the mail or the call.
 * @param hasAnswered whether they have said something in this cadence
 */
export function nextStepBlocks(
  step: CadenceStep,
  lead: LeadRow,
  playbook: Playbook,
  memory: Memory = noMemory,
  hasAnswered = false,
): Blocks {
  const { next, words } = suggestion(step, lead, playbook, memory, hasAnswered);
  const all = button('All messages…', 'messages', {
    value: String(lead.id),
    label: `All messages for ${leadName(lead)}`,
  });
  const written = hasAnswered ? '\nThey have answered before: go on from what they said.' : '';
  const title = section(`${titleOf(next, words, lead, playbook, memory)}${written}`, all);
  if (words === undefined) return [title];
  const link = linkFor(next.channel, lead, words);
  return [
    title,
    toCopy(words.text),
    ...(link === undefined ? [] : [section(link)]),
    ...signatureHint([words]),
  ];
}

/** Where to say how one signs, below or above texts that have no name under them. */
export function signatureHint(shown: readonly Pick<Words, 'text'>[]): Blocks {
  const isUnsigned = shown.some(({ text }) => text.includes(noSignature));
  return isUnsigned
    ? [context('Set your signature in the app’s Home, under _My settings_, and it is filled in here.')]
    : [];
}

/** Text to copy, as it stands. */
export function toCopy(text: string): RichTextBlock {
  const shown = text.trim() === '' ? '…' : text;
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: shown }] }],
  };
}

/** How the words get to the person, for mrkdwn; undefined where there is no link for it. */
export function linkFor(
  channel: Channel | undefined,
  { email, phone }: Reachable,
  { text, subject }: Words,
): string | undefined {
  if (channel === 'email' && email !== null)
    return mailText({ email }, text, 'with subject and text', subject);
  if ((channel === 'call' || channel === 'text') && phone !== null) return phoneLink(phone);
  return undefined;
}

function suggestion(
  step: CadenceStep,
  lead: LeadRow,
  playbook: Playbook,
  { used, signature }: Memory,
  hasAnswered = false,
): { next: NextStep; words: Words | undefined } {
  const next = nextStep(step, lead, playbook, new Set(used.map(({ message }) => message)), hasAnswered);
  const words = next.message === undefined ? undefined : wordsOf(next.message, lead, playbook, { signature });
  return { next, words };
}

function titleOf(
  { channel, because, usedBefore }: NextStep,
  words: Words | undefined,
  lead: LeadRow,
  playbook: Playbook,
  { used }: Memory,
): string {
  const title = `*Try next: ${channelNames[channel]}*${because === undefined ? '' : ` (${because})`}`;
  const named = words === undefined ? title : `${title} · ${line(words.label)}`;
  if (usedBefore === undefined) return named;
  if (words === undefined) {
    const who = line(leadName(lead), 80);
    return `${named}\nWhat fits this attempt was used with ${who}: write your own words.`;
  }
  const before = used.findLast(({ message }) => message === usedBefore);
  const label = playbook.messages[usedBefore]?.label ?? usedBefore;
  return before === undefined ? named : `${named}\n“${line(label)}” was used ${whenDay(before.at)}.`;
}
