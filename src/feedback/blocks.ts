import type { StaticSelect } from '@slack/types';
import type { FlagRow, LeadRow } from '../db/schema.ts';
import { leadName } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { Playbook, Reason } from '../playbook/schema.ts';
import { actions, button, escape, line, option, section, select } from '../slack/kit.ts';
import { type Verdict, verifyText } from './verdict.ts';

/** "Bad lead ▾": one click on a reason is the whole feedback. */
export function reasonSelect(lead: Pick<LeadRow, 'id'>, playbook: Playbook): StaticSelect {
  return select(
    'Bad lead',
    'flag',
    playbook.reasons.map((reason) => option(reason.label, `${lead.id}:${reason.id}`)),
  );
}

/** What the reason does to the lead; `from`: the attempt from which an opinion closes one. */
export interface FlagMeaning {
  reason: Reason;
  verdict: Verdict;
  from: number;
}

/**
 * What the rep reads after the click: what to find out about an opinion, what to ask where something is missing. What
 * ends a lead leaves closing it one click away.
 */
export function flagConfirmation(flag: FlagRow, lead: LeadRow, meaning?: FlagMeaning): Rendered {
  const said = `*${line(flag.reason_label)}*, ${line(leadName(lead), 80)}`;
  const undo = button('Undo', 'flag_undo', { value: String(flag.id), label: 'Take this feedback back' });
  const isTheirs = lead.owner_id === null || lead.owner_id === flag.user_id;
  const ends = meaning?.verdict === 'closes' || meaning?.verdict === 'overrides';
  const offersClose = ends && lead.state !== 'resolved' && isTheirs;
  const isFact = offersClose && meaning.reason.kind === 'factual';
  const text = isFact
    ? `Saved for marketing: ${said}. Close the lead as well?`
    : `Marketing will see: ${said}.`;
  const more = meaning && isTheirs ? verdictText(meaning.verdict, meaning.reason, meaning.from) : '';
  const close = button('Close…', 'resolve', {
    value: `${lead.id}::${flag.reason}`,
    label: `Close the lead ${leadName(lead)} with a result`,
  });
  return {
    text: text.replaceAll('*', ''),
    blocks: [
      section(`:triangular_flag_on_post: ${text}`),
      ...(more === '' ? [] : [section(more)]),
      actions(offersClose ? [close, undo] : [undo]),
    ],
  };
}

/** Why a reason does not simply close the lead, and what to do, for mrkdwn; empty when it does. */
export function verdictText(verdict: Verdict, reason: Reason, from: number): string {
  const opinion = `Before attempt ${from} this is an opinion.`;
  const find = `*Find out first:* ${escape(verifyText(reason))}`;
  const texts: Record<Verdict, string> = {
    closes: '',
    verify: `:mag: ${opinion} It is saved for marketing, and the lead stays open.\n${find}`,
    overrides: `:mag: ${opinion} As a manager you may close the lead all the same.\n${find}`,
    ask: ':question: Missing data is a question, not an exit. *Could you ask when you talk to them?* Where could it be found? It is saved for marketing, who may ask for it next time, and the lead stays open.',
  };
  return texts[verdict];
}

export function flagTakenBack(flag: FlagRow, lead: LeadRow): string {
  return `Taken back: ${line(leadName(lead), 80)} is no longer marked as “${line(flag.reason_label)}”.`;
}
