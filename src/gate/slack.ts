import { leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Answer, Playbook } from '../playbook/schema.ts';
import { count, user } from '../slack/kit.ts';
import {
  type FieldErrors,
  type FormReply,
  idOf,
  type Listener,
  onAction,
  onSubmit,
} from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { listValue, textValue } from '../slack/payload.ts';
import { answerBlock, completeModal, turnDownModal } from './blocks.ts';
import { completeLead, fields, type Typed } from './complete.ts';
import { heldLead, releaseHeld, turnDown } from './gate.ts';
import { type ImportRelease, releaseImport } from './release-import.ts';

export const gateListeners: readonly Listener[] = [
  onAction('held_release', async (work, click) => {
    const lead = await releaseHeld(work, idOf(click.value), click);
    return { say: note.of({ text: releasedText(lead) }) };
  }),

  onAction('held_complete', async (work, click) => {
    const { lead } = await heldLead(work, idOf(click.value), click);
    return { open: completeModal(lead, work.playbooks.current.playbook) };
  }),

  onSubmit('held_complete', async (work, form): Promise<FieldErrors | void> => {
    const typed = Object.fromEntries(fields.map((field) => [field, textValue(form, field)])) as Typed;
    const releaseNow = listValue(form, 'release').includes('yes');
    const complaints = await completeLead(work, idOf(form.metadata), form.userId, typed, releaseNow);
    return complaints;
  }),

  onAction('held_turn_down', async (work, click) => {
    const { lead } = await heldLead(work, idOf(click.value), click);
    return { open: turnDownModal(lead, work.playbooks.current.playbook) };
  }),

  // In the modal: the words for another reason.
  onAction('turn_down_reason', async (work, click) => {
    const [leadId = '', reason = ''] = click.value.split(':');
    const lead = await leadById(work, idOf(leadId));
    const { playbook } = work.playbooks.current;
    return { show: turnDownModal(lead, playbook, answerOf(playbook, reason)) };
  }),

  onSubmit('held_turn_down', async (work, form): Promise<FormReply | void> => {
    const leadId = idOf(form.metadata);
    const { playbook } = work.playbooks.current;
    const answer = answerOf(playbook, textValue(form, 'turn_down_reason').split(':')[1] ?? '');
    if (!answer) return { turn_down_reason: 'Choose a reason.' };
    const needsAnswer = answer.text !== undefined;
    // Chosen and sent before Slack could show the words for it.
    if (needsAnswer && !(answerBlock(answer) in form.values)) {
      const { lead } = await heldLead(work, leadId);
      return { next: turnDownModal(lead, playbook, answer) };
    }
    const sent = textValue(form, 'sent');
    if (needsAnswer && sent !== 'yes' && sent !== 'no') return { sent: 'Say whether it was sent.' };
    const told = needsAnswer && sent === 'yes' ? textValue(form, answerBlock(answer)) : null;
    await turnDown(work, leadId, form.userId, { answer, told });
    return undefined;
  }),

  onAction('held_import', async (work, click) => {
    const [importId = '', left = ''] = click.value.split(':');
    const amount = click.variant === 'all' ? Infinity : idOf(click.variant);
    const result = await releaseImport(work, idOf(importId), click, amount, idOf(left));
    return { say: note.of({ text: importText(result) }) };
  }),
];

function answerOf(playbook: Playbook, id: string): Answer | undefined {
  return playbook.answers.find((answer) => answer.id === id);
}

function releasedText(lead: LeadRow): string {
  const where = lead.owner_id === null ? `on offer in <#${lead.channel_id}>` : `with ${user(lead.owner_id)}`;
  return `Released: ${leadTitle(lead)} is now ${where}.`;
}

function importText({ released, left }: ImportRelease): string {
  if (released > 0) {
    const rest = left === 0 ? 'None waits any more.' : `${count(left, 'lead')} still wait.`;
    return `Released: ${count(released, 'lead')} on the way to the reps. ${rest}`;
  }
  return left === 0
    ? 'Somebody was faster: none of this list waits any more.'
    : `The list has changed meanwhile, so nothing was released: ${count(left, 'lead')} wait now. Click again if you want them.`;
}
