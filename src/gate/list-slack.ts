import { leadById } from '../lead/store.ts';
import { Refusal } from '../errors.ts';
import {
  type Click,
  type ClickReply,
  type FormReply,
  idOf,
  type Listener,
  onAction,
  onSubmit,
} from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import { postEphemeral } from '../outbox/enqueue.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { completeModal, turnDownModal } from './blocks.ts';
import { decidedText, refuseStranger, releaseHeld } from './gate.ts';
import { heldList, readPlaced } from './list.ts';
import { listModal, type RestForm, turnDownRestModal } from './list-blocks.ts';
import { counted } from './numbers.ts';
import { leftOfImport } from './release-import.ts';
import { answerOf, releasedText } from './said.ts';
import { type HeldImport, importById } from './store.ts';
import { turnDownRest } from './turn-down-rest.ts';

/** The leads of a list one by one, and all that are left at once. */
export const listListeners: readonly Listener[] = [
  onAction('held_list', async (work, click) => {
    const { id } = await ownImport(work, click);
    return { open: listModal(await heldList(work, { importId: id, offset: 0 })) };
  }),

  onAction('list_page', async (work, click) => {
    const [importId = '', offset = ''] = click.value.split(':');
    return { show: listModal(await heldList(work, { importId: idOf(importId), offset: Number(offset) })) };
  }),

  onAction('list_release', async (work, click) => {
    const { leadId, place } = readPlaced(click.value);
    const faster = await whoWasFaster(work, click);
    if (faster || !place) return faster;
    const text = releasedText(await releaseHeld(work, leadId, click.userId));
    return { show: listModal(await heldList(work, place), text) };
  }),

  onAction('list_complete', async (work, click) => {
    const { leadId, place } = readPlaced(click.value);
    const { playbook } = work.playbooks.current;
    const faster = await whoWasFaster(work, click);
    return faster ?? { show: completeModal(await leadById(work, leadId), playbook, place) };
  }),

  onAction('list_turn_down', async (work, click) => {
    const { leadId, place } = readPlaced(click.value);
    const { playbook } = work.playbooks.current;
    const faster = await whoWasFaster(work, click);
    return faster ?? { show: turnDownModal(await leadById(work, leadId), playbook, undefined, { place }) };
  }),

  onAction('held_rest', async (work, click) => {
    const row = await ownImport(work, click);
    const form = await restForm(work, row.id);
    if (form.left === 0) throw new Refusal('None of this list waits any more. Nothing was changed.');
    return { open: turnDownRestModal(form, work.playbooks.current.playbook) };
  }),

  // In the modal: whether this reason needs an answer.
  onAction('rest_reason', async (work, click) => {
    const [reason = '', importId = ''] = click.value.split(':');
    const { playbook } = work.playbooks.current;
    const form = await restForm(work, idOf(importId));
    return { show: turnDownRestModal(form, playbook, answerOf(playbook, reason)) };
  }),

  onSubmit('held_rest', async (work, form): Promise<FormReply | void> => {
    const [importId = '', left = ''] = form.metadata.split(':');
    const { playbook } = work.playbooks.current;
    const answer = answerOf(playbook, textValue(form, 'rest_reason').split(':')[0] ?? '');
    if (!answer) return { rest_reason: 'Choose a reason.' };
    const id = idOf(importId);
    const needsAnswer = answer.text !== undefined;
    // Chosen and sent before Slack could ask.
    if (needsAnswer && !('answered' in form.values))
      return { next: turnDownRestModal(await restForm(work, id), playbook, answer) };
    const answered = textValue(form, 'answered');
    if (needsAnswer && answered !== 'yes' && answered !== 'no')
      return { answered: 'Say whether they were told.' };
    const told = { answer, answered: needsAnswer && answered === 'yes' };
    const result = await turnDownRest(work, id, form.userId, Number(left), told);
    if (!result.done) {
      if (result.left === 0) throw new Refusal('Somebody was faster: none of this list waits any more.');
      return { next: turnDownRestModal({ ...(await restForm(work, id)), changed: true }, playbook, answer) };
    }
    const row = await importById(work, id);
    const { marketingChannelId: channelId } = await teamById(work, row.sales_team_id);
    const text = `Turned down: ${counted(result.left, 'lead')}. None of this list waits any more.`;
    await postEphemeral(work, note.of({ text }), { channelId, userId: form.userId });
    return undefined;
  }),
];

/** @throws Refusal for who may not decide about it */
async function ownImport(work: Work, click: Click): Promise<HeldImport> {
  const row = await importById(work, idOf(click.value));
  refuseStranger(await teamById(work, row.sales_team_id), click);
  return row;
}

/** The list as it is now, where somebody else has decided about the lead since it was drawn. */
async function whoWasFaster(work: Work, click: Click): Promise<ClickReply | undefined> {
  const { leadId, place } = readPlaced(click.value);
  const lead = await leadById(work, leadId);
  if (lead.state === 'held' || !place) return undefined;
  return { show: listModal(await heldList(work, place), await decidedText(work, lead)) };
}

async function restForm(work: Work, importId: number): Promise<RestForm> {
  const row = await importById(work, importId);
  return { importId, fileName: row.file_name, left: await leftOfImport(work, row) };
}
