import { leadTitle } from '../lead/lead.ts';
import { when } from '../slack/kit.ts';
import { idOf, type Listener, onAction } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { claimLead } from './routing.ts';

export const routingListeners: readonly Listener[] = [
  onAction('claim', async (work, click) => {
    const lead = await claimLead(work, idOf(click.value), click.userId);
    const due = lead.next_attempt_at === null ? '' : ` First touch by ${when(lead.next_attempt_at)}.`;
    return { say: note.of({ text: `You have ${leadTitle(lead)} now.${due}` }) };
  }),
];
