import { leadTitle } from '../lead/lead.ts';
import { when } from '../slack/kit.ts';
import { type FormReply, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { placeIn } from '../slack/place.ts';
import { keptView } from './blocks.ts';
import { readChoice } from './choice.ts';
import { closingView, readForm } from './form.ts';
import { closedUntold, leadClosed, toldSaved } from './messages.ts';
import { resolveModal } from './modal.ts';
import { reopenLead } from './reopen.ts';
import { closableLead, resolveLead } from './resolution.ts';
import { markTold, undoTold } from './told.ts';

export const resolutionListeners: readonly Listener[] = [
  onAction('resolve', async (work, click) => {
    const choice = readChoice(click.value);
    const closable = await closableLead(work, choice.leadId, click.userId);
    const view = closingView(work, closable, choice, click);
    return { open: resolveModal(view) };
  }),

  // In the modal: what belongs to another choice.
  ...['close_as', 'close_reason', 'close_answer'].map((name) =>
    onAction(name, async (work, click) => {
      const choice = readChoice(click.value);
      const closable = await closableLead(work, choice.leadId, click.userId);
      const view = closingView(work, closable, choice, placeIn(click.metadata));
      return { show: resolveModal(view) };
    }),
  ),

  onSubmit('resolve', async (work, form): Promise<FormReply | void> => {
    const closable = await closableLead(work, readChoice(form.metadata).leadId, form.userId);
    const read = readForm(work, closable, form);
    if ('reply' in read) return read.reply;
    const { input } = read;
    const ending = await resolveLead(work, closable, form.userId, input);
    const { lead, standing } = closable;
    if (!ending.closed)
      return input.reason && { next: keptView(lead, input.reason, ending.verdict, standing) };
    const at = placeIn(form.metadata);
    if (input.told === 'no')
      return { say: closedUntold.of({ leadId: lead.id, words: input.words ?? '' }), at };
    return { say: leadClosed.of({ leadId: lead.id }), at, inRow: true };
  }),

  onAction('told', async (work, click) => {
    const lead = await markTold(work, idOf(click.value), click.userId);
    return { say: toldSaved.of({ leadId: lead.id }) };
  }),

  onAction('told_undo', async (work, click) => {
    const lead = await undoTold(work, idOf(click.value), click.userId);
    return { replace: note.of({ text: `Undone: ${leadTitle(lead)} was not told yet.` }) };
  }),

  onAction('reopen', async (work, click) => {
    const lead = await reopenLead(work, idOf(click.value), click.userId);
    const next =
      lead.owner_id === null
        ? 'It is on offer.'
        : lead.next_attempt_at === null
          ? 'All planned attempts are made: close it with another result, or keep going.'
          : `Attempt ${lead.attempts + 1} is due ${when(lead.next_attempt_at)}.`;
    return { say: note.of({ text: `${leadTitle(lead)} is open again. ${next}` }) };
  }),
];
