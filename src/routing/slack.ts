import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { when } from '../slack/kit.ts';
import { idOf, type Listener, onAction } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { claimLead } from './routing.ts';

export const routingListeners: readonly Listener[] = [
  onAction('claim', async (work, click) => {
    const lead = await claimLead(work, idOf(click.value), click.userId);
    return { say: note.of({ text: `${leadTitle(lead)} is yours.${dueText(lead)}` }) };
  }),
];

function dueText(lead: LeadRow): string {
  if (lead.next_attempt_at === null) return '';
  const due = when(lead.next_attempt_at);
  return lead.attempts === 0 ? ` First touch by ${due}.` : ` Attempt ${lead.attempts + 1} is due ${due}.`;
}
