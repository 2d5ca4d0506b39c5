import type { LeadRow } from '../db/schema.ts';
import { putOffText, putOffUntil } from '../lead/due.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { actions, button, context, count, inSentence, line, section, user, when } from '../slack/kit.ts';

export interface ClaimQuestion {
  /** The lead they wanted. */
  leadId: number;
  /** How many of theirs are past due, and the oldest of them. */
  count: number;
  leads: readonly LeadRow[];
  urls: ReadonlyMap<number, string>;
  /** They have claimed past them once today, and a second time is a manager's decision. */
  needsManager: boolean;
  /** They have claimed this very lead past them before, and gave it back. */
  isUsed: boolean;
  now: number;
}

/** Only the rep sees it. */
export function claimQuestion(question: ClaimQuestion): Rendered {
  const { leadId, leads, urls, needsManager, isUsed } = question;
  const value = String(leadId);
  const held = `You hold ${count(question.count, 'lead')} past ${question.count === 1 ? 'its' : 'their'} touch.`;
  const ask = needsManager
    ? 'Work one of these first. You have claimed past them once today; a second time is a manager’s decision.'
    : isUsed
      ? 'Work one of these first. You had this lead before; a manager can give it to you again.'
      : 'Work one of these first, or claim anyway?';
  const rows = leads.map((lead) => {
    const url = urls.get(lead.id);
    const title = leadTitle(lead);
    const due = lead.next_attempt_at === null ? '' : ` was due ${when(lead.next_attempt_at)}`;
    const putOff = putOffUntil(lead, question.now);
    const what =
      putOff === null ? `attempt ${lead.attempts + 1}${due}` : inSentence(putOffText(lead, putOff));
    return `• ${title}: ${what}${url === undefined ? '' : `  <${url}|Open card>`}`;
  });
  const more =
    question.count > leads.length ? [`…and ${question.count - leads.length} more: \`/leads\``] : [];
  const next = needsManager
    ? [button('Ask a manager', 'claim_ask', { value, label: 'Ask a manager whether I may claim this lead' })]
    : isUsed
      ? []
      : [button('Claim anyway', 'claim_anyway', { value, label: 'Claim the new lead anyway' })];
  return {
    text: `${held} ${needsManager || isUsed ? 'Work one of them first.' : 'Work one of them first, or claim anyway?'}`,
    blocks: [
      section(`:hourglass_flowing_sand: *${held}* ${ask}`),
      section([...rows, ...more].join('\n') || 'They are in `/leads`.'),
      ...(next.length > 0 ? [actions(next)] : []),
    ],
  };
}

/** To a manager. The lead may be blind, so the card says what there is to say. */
export function claimRequestOpen(
  lead: LeadRow,
  userId: string,
  overdue: number,
  url: string | undefined,
): Rendered {
  const which = url === undefined ? leadTitle(lead) : `<${url}|${line(leadName(lead), 80)}>`;
  return {
    text: `A rep asks whether they may claim ${line(leadName(lead), 80)}.`,
    blocks: [
      section(
        `:raising_hand: ${user(userId)} would like to claim ${which} (rank ${lead.rank}). They hold ${count(overdue, 'lead')} past ${overdue === 1 ? 'its' : 'their'} touch, and have claimed past them once today. If you do nothing, it stays on offer.`,
      ),
      actions([
        button('Allow', 'claim_allow', {
          value: `${lead.id}:${userId}`,
          style: 'primary',
          label: `Allow the claim of ${leadName(lead)}: the rep has the lead at once`,
        }),
      ]),
    ],
  };
}

export function claimRequestSettled(lead: LeadRow, userId: string): Rendered {
  const said =
    lead.owner_id === userId
      ? `:white_check_mark: ${leadTitle(lead)} went to ${user(userId)}, as you or another manager allowed.`
      : `${leadTitle(lead)} is no longer free. Nothing to decide.`;
  return { text: `About the claim of ${line(leadName(lead), 80)}: settled.`, blocks: [context(said)] };
}
