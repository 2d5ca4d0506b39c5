import type { ModalView } from '@slack/types';
import type { LeadRow, TouchRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { dueText } from '../routing/due-text.ts';
import { saidSoFar } from '../routing/handed-over.ts';
import { actions, button, context, escape, input, line, option, plain, section, user } from '../slack/kit.ts';
import type { Proposal } from './store.ts';

/** Why a rep gives a lead back, in the words of the form and, lower case, of the thread. */
export const giveBackReasons = {
  away: 'I am away',
  too_much: 'I have too much to do',
  not_mine: 'Not my territory, language or subject',
  knows_them: 'Somebody else knows them already',
  other: 'Another reason',
} as const;

/**
 * Hand a lead on: a manager gives it, a rep asks another.
 * @param gives whether it happens at once
 * @param reps who could have it, in mrkdwn: Slack's list of people holds the whole workspace
 */
export function handOnModal(lead: LeadRow, gives: boolean, reps: readonly string[]): ModalView {
  const what = gives
    ? `Give ${leadTitle(lead)} to another rep. Attempts and notes go with it.`
    : `Ask another rep to take ${leadTitle(lead)} over. It stays yours until they say yes.`;
  return {
    type: 'modal',
    callback_id: 'hand_on',
    private_metadata: String(lead.id),
    title: plain('Hand this lead on', 24),
    submit: plain(gives ? 'Give' : 'Ask', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(what),
      ...(reps.length === 0 ? [] : [context(`Reps of the team: ${reps.slice(0, 40).join(', ')}`)]),
      input('to', 'To whom?', { type: 'users_select', placeholder: plain('A rep of the team') }),
      input(
        'reason',
        'Why?',
        {
          type: 'plain_text_input',
          max_length: 200,
          placeholder: plain('On holiday, speaks their language…'),
        },
        { optional: gives, hint: 'It is said in the lead’s thread.' },
      ),
    ],
  };
}

/** In the form's place, once the other rep is asked. */
export function askedModal(lead: LeadRow, to: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'asked',
    title: plain('Asked', 24),
    close: plain('Close', 24),
    blocks: [
      section(
        `:handshake: I asked ${user(to)} about ${leadTitle(lead)}. Until they take it, it stays yours.`,
      ),
      context('I sent you a message with which you can take the question back.'),
    ],
  };
}

/** To the rep who asked: what became of it, and a way to take it back. */
export function proposalAsked(lead: LeadRow, { id, to, answer }: Proposal, isTheirs = true): Rendered {
  const title = leadTitle(lead);
  const name = line(leadName(lead), 80);
  if (answer === null && isTheirs) {
    const value = `${lead.id}:${id}`;
    return {
      text: `You asked whether somebody takes the lead ${name} over.`,
      blocks: [
        section(`:handshake: You asked ${user(to)} to take ${title} over. Until they do, it stays yours.`),
        actions([
          button('Take it back', 'swap_withdraw', { value, label: `Do not ask about ${name} any more` }),
        ]),
      ],
    };
  }
  const said = {
    'lead.swap_accepted': `:white_check_mark: ${user(to)} took ${title} over.`,
    'lead.swap_declined': `${user(to)} can't take ${title} over. It stays with you.`,
    'lead.swap_withdrawn': `You asked ${user(to)} about ${title}, and took it back.`,
    replaced: `You asked ${user(to)} about ${title}, and somebody else since.`,
    moved: `${title} has moved on meanwhile. ${user(to)} is asked no more.`,
  }[answer ?? 'moved'];
  return { text: `About the lead ${name}: settled.`, blocks: [context(said)] };
}

export function giveBackModal(lead: LeadRow): ModalView {
  return {
    type: 'modal',
    callback_id: 'give_back',
    private_metadata: String(lead.id),
    title: plain('Give this lead back', 24),
    submit: plain('Give back', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`${leadTitle(lead)} goes to somebody else, or back on offer. Attempts and notes go with it.`),
      input(
        'reason',
        'Why?',
        {
          type: 'static_select',
          placeholder: plain('Choose a reason'),
          options: Object.entries(giveBackReasons).map(([value, label]) => option(label, value)),
        },
        { hint: 'Away for longer? Type /leads away until friday, and no new lead is given to you.' },
      ),
      input(
        'note',
        'What should the next one know?',
        { type: 'plain_text_input', max_length: 200 },
        { optional: true },
      ),
    ],
  };
}

export function proposalOpen(
  lead: LeadRow,
  { id, from, reason }: Proposal,
  { touches, url, now }: { touches: readonly TouchRow[]; url: string | undefined; now: number },
): Rendered {
  const value = `${lead.id}:${id}`;
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  const name = leadName(lead);
  return {
    text: `Will you take the lead ${line(name, 80)} over?`,
    blocks: [
      section(
        `:handshake: ${user(from)} asks whether you take ${leadTitle(lead)} over: ${line(reason, 200).replace(/[.]$/, '')}.${dueText(lead, now)}${open}`,
      ),
      ...saidSoFar(touches),
      context(`*${lead.rank}* · ${escape(lead.rank_reason)}`),
      actions([
        button('Take it over', 'swap_accept', {
          value,
          style: 'primary',
          label: `Take the lead ${name} over`,
        }),
        button('Not me', 'swap_decline', { value, label: `Decline the lead ${name}` }),
      ]),
    ],
  };
}

export function proposalSettled(lead: LeadRow, { from, answer }: Proposal): Rendered {
  const said = {
    'lead.swap_accepted': `:white_check_mark: You took ${leadTitle(lead)} over from ${user(from)}.`,
    'lead.swap_declined': `You did not take ${leadTitle(lead)} over. ${user(from)} knows.`,
    moved: `${leadTitle(lead)} has moved on meanwhile. Nothing is asked of you.`,
    'lead.swap_withdrawn': `${user(from)} keeps ${leadTitle(lead)} after all. Nothing is asked of you.`,
    replaced: `${user(from)} has asked anew about ${leadTitle(lead)} since. Nothing is asked of you here.`,
  }[answer ?? 'moved'];
  return { text: `About the lead ${line(leadName(lead), 80)}: answered.`, blocks: [context(said)] };
}
