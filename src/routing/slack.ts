import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { type FormReply, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { claimLead } from './claim.ts';
import { dueText } from './due-text.ts';
import { openDryRun, openRouting, saveRouting } from './form.ts';
import { allowClaim, askedNote, askManagers } from './claim-request.ts';

export const routingListeners: readonly Listener[] = [
  onAction('claim', async (work, click) => ({
    say: claimed(await claimLead(work, idOf(click.value), click.userId), work.now),
  })),

  onAction('claim_anyway', async (work, click) => ({
    replace: claimed(await claimLead(work, idOf(click.value), click.userId, 'anyway'), work.now),
  })),

  onAction('claim_ask', async (work, click) => {
    await askManagers(work, idOf(click.value), click.userId);
    return { replace: askedNote };
  }),

  onAction('claim_allow', async (work, click) => {
    const [lead = '', rep = ''] = click.value.split(':');
    await allowClaim(work, idOf(lead), rep, click.userId);
  }),

  // In the setup form.
  onAction('routing', async (work, click) => ({
    open: await openRouting(work, idOf(click.value), click.userId),
  })),

  // In the form that this opens, on top of it.
  onAction('dry_run', async (work, click) => ({
    open: await openDryRun(work, idOf(click.value), click),
  })),

  onSubmit('routing', async (work, form): Promise<FormReply> => {
    await saveRouting(work, idOf(form.metadata), form);
    return { next: await openRouting(work, idOf(form.metadata), form.userId, true) };
  }),
];

function claimed(lead: LeadRow, now: number): OutgoingMessage {
  return note.of({ text: `${leadTitle(lead)} is yours.${dueText(lead, now)}` });
}
