<<<<<<< HEAD
import { Refusal } from '../errors.ts';
import { whyModal } from '../routing/blocks.ts';
import { whyLead } from '../routing/why.ts';
=======
import type { ModalView } from '@slack/types';
>>>>>>> 98b8ac6 (feat(people): other people at the account, how many are tried, and the playbook's messages for each)
import { type FieldErrors, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import type { Work } from '../work.ts';
import { giveBackModal, handOnModal } from './blocks.ts';
import { giveBack, handOn, isGiveBackReason, movableLead, returnableLead, unfitFor } from './hand-on.ts';
import { acceptSwap, declineSwap } from './swap.ts';

<<<<<<< HEAD
export const handoverListeners: readonly Listener[] = [
  onAction('more', async (work, click) => {
    const [id = '', what] = click.value.split(':');
    if (what === 'story') return { open: await openStory(work, idOf(id), click.userId) };
    if (what === 'why') return { open: whyModal(await whyLead(work, click.userId, String(idOf(id)))) };
    if (what === 'hand_on') {
      const { lead, gives } = await movableLead(work, idOf(id), click.userId);
      return { open: handOnModal(lead, gives) };
    }
    if (what !== 'give_back') throw new Refusal('This choice belongs to another version of the app.');
    return { open: giveBackModal((await returnableLead(work, idOf(id), click.userId)).lead) };
  }),
=======
/** @throws Refusal when the lead is not theirs to hand on */
export async function openHandOn(work: Work, leadId: number, userId: string): Promise<ModalView> {
  const { lead, gives } = await movableLead(work, leadId, userId);
  return handOnModal(lead, gives);
}
>>>>>>> 98b8ac6 (feat(people): other people at the account, how many are tried, and the playbook's messages for each)

/** @throws Refusal when the lead is not theirs to give back */
export async function openGiveBack(work: Work, leadId: number, userId: string): Promise<ModalView> {
  return giveBackModal((await returnableLead(work, leadId, userId)).lead);
}

export const handoverListeners: readonly Listener[] = [
  onAction('hand_on', async (work, click) => ({
    open: await openHandOn(work, idOf(click.value), click.userId),
  })),

  onSubmit('hand_on', async (work, form): Promise<FieldErrors | void> => {
    const leadId = idOf(form.metadata);
    const to = textValue(form, 'to');
    const reason = textValue(form, 'reason');
    const movable = await movableLead(work, leadId, form.userId);
    const unfit = unfitFor(movable, to);
    if (unfit !== undefined) return { to: unfit };
    if (!movable.gives && reason === '') return { reason: 'Say in a few words why.' };
    await handOn(work, leadId, form.userId, { to, reason });
    return undefined;
  }),

  onSubmit('give_back', async (work, form): Promise<FieldErrors | void> => {
    const reason = textValue(form, 'reason');
    if (!isGiveBackReason(reason)) return { reason: 'Choose a reason.' };
    const note = textValue(form, 'note');
    if (reason === 'other' && note === '') return { note: 'Say in a few words why.' };
    await giveBack(work, idOf(form.metadata), form.userId, { reason, note });
    return undefined;
  }),

  onAction('swap_accept', async (work, click) => {
    await acceptSwap(work, proposalOfButton(click.value), click.userId);
  }),

  onAction('swap_decline', async (work, click) => {
    await declineSwap(work, proposalOfButton(click.value), click.userId);
  }),
];

function proposalOfButton(value: string): { leadId: number; proposalId: number } {
  const [lead = '', proposal = ''] = value.split(':');
  return { leadId: idOf(lead), proposalId: idOf(proposal) };
}
