import type { ModalView } from '@slack/types';
import { type FieldErrors, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import type { Work } from '../work.ts';
import { giveBackModal, handOnModal } from './blocks.ts';
import { giveBack, handOn, isGiveBackReason, movableLead, returnableLead, unfitFor } from './hand-on.ts';
import { acceptSwap, declineSwap } from './swap.ts';

/** @throws Refusal when the lead is not theirs to hand on */
export async function openHandOn(work: Work, leadId: number, userId: string): Promise<ModalView> {
  const { lead, gives } = await movableLead(work, leadId, userId);
  return handOnModal(lead, gives);
}

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
