import { leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { preferencesOf } from '../preference/store.ts';
import { type FormReply, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { listValue, textValue } from '../slack/payload.ts';
import { answerBlock, completeModal, turnDownModal } from './blocks.ts';
import { completeLead, fields, type Typed } from './complete.ts';
import { heldLead, releaseHeld } from './gate.ts';
import { readPlaced } from './list.ts';
import { listListeners } from './list-slack.ts';
import { answerOf, formDone, importText, releasedText, savedText, turnedDownText } from './said.ts';
import { releaseImport } from './release-import.ts';
import { markTold, takeBack, turnDown } from './turn-down.ts';

export const gateListeners: readonly Listener[] = [
  onAction('held_release', async (work, click) => {
    const lead = await releaseHeld(work, idOf(click.value), click.userId, click);
    return { say: note.of({ text: releasedText(lead) }) };
  }),

  onAction('held_complete', async (work, click) => {
    const { lead } = await heldLead(work, idOf(click.value), click);
    return { open: completeModal(lead, work.playbooks.current.playbook) };
  }),

  onSubmit('held_complete', async (work, form): Promise<FormReply | void> => {
    const { leadId, place } = readPlaced(form.metadata);
    const typed = Object.fromEntries(fields.map((field) => [field, textValue(form, field)])) as Typed;
    const releaseNow = listValue(form, 'release').includes('yes');
    const saved = await completeLead(work, leadId, form.userId, typed, releaseNow);
    if ('complaints' in saved) return saved.complaints;
    return formDone(work, saved.lead, form.userId, savedText(saved.lead), place);
  }),

  onAction('held_turn_down', async (work, click) => {
    const { lead } = await heldLead(work, idOf(click.value), click);
    return { open: turnDownModal(lead, work.playbooks.current.playbook) };
  }),

  // In the modal: the words for another reason.
  onAction('turn_down_reason', async (work, click) => {
    const { reason, about } = readReason(click.value);
    const { leadId, place } = readPlaced(about);
    const { playbook } = work.playbooks.current;
    const { signature } = await preferencesOf(work, click.userId);
    const lead = await leadById(work, leadId);
    return { show: turnDownModal(lead, playbook, answerOf(playbook, reason), { place, signature }) };
  }),

  onSubmit('held_turn_down', async (work, form): Promise<FormReply | void> => {
    const { leadId, place } = readPlaced(form.metadata);
    const { playbook } = work.playbooks.current;
    const answer = answerOf(playbook, readReason(textValue(form, 'turn_down_reason')).reason);
    if (!answer) return { turn_down_reason: 'Choose a reason.' };
    const needsAnswer = answer.text !== undefined;
    // Chosen and sent before Slack could show the words for it.
    if (needsAnswer && !(answerBlock(answer) in form.values)) {
      const { lead } = await heldLead(work, leadId);
      const { signature } = await preferencesOf(work, form.userId);
      return { next: turnDownModal(lead, playbook, answer, { place, signature }) };
    }
    const sent = textValue(form, 'sent');
    if (needsAnswer && sent !== 'yes' && sent !== 'no') return { sent: 'Say whether it was sent.' };
    const text = needsAnswer ? textValue(form, answerBlock(answer)) : undefined;
    const isSent = needsAnswer && sent === 'yes';
    const lead = await turnDown(work, leadId, form.userId, { answer, sent: isSent, text });
    return formDone(work, lead, form.userId, turnedDownText(lead, answer, text), place);
  }),

  onAction('held_sent', async (work, click) => {
    const lead = await markTold(work, idOf(click.value), click);
    return { say: note.of({ text: `Noted: ${leadTitle(lead)} was told.` }) };
  }),

  onAction('held_take_back', async (work, click) => {
    const lead = await takeBack(work, idOf(click.value), click);
    return { say: note.of({ text: `${leadTitle(lead)} is held again and waits for a decision.` }) };
  }),

  onAction('held_import', async (work, click) => {
    const [importId = '', left = ''] = click.value.split(':');
    const amount = click.variant === 'all' ? Infinity : idOf(click.variant);
    const result = await releaseImport(work, idOf(importId), click, amount, idOf(left));
    return { say: note.of({ text: importText(result) }) };
  }),

  ...listListeners,
];

/** `not_a_fit:12:3:20`: the reason, and what it is about. */
function readReason(value: string): { reason: string; about: string } {
  const [reason = '', ...about] = value.split(':');
  return { reason, about: about.join(':') };
}
