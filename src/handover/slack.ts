import type { ModalView } from '@slack/types';
import {
  type FieldErrors,
  type FormReply,
  idOf,
  type Listener,
  onAction,
  onSubmit,
} from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import type { Work } from '../work.ts';
import { askedModal, giveBackModal, handOnModal } from './blocks.ts';
import {
  giveBack,
  handOn,
  isGiveBackReason,
  movableLead,
  otherReps,
  returnableLead,
  unfitFor,
} from './hand-on.ts';
import { acceptSwap, declineSwap, withdrawSwap } from './swap.ts';

/** @throws Refusal when the lead is not theirs to hand on */
export async function openHandOn(work: Work, leadId: number, userId: string): Promise<ModalView> {
  const movable = await movableLead(work, leadId, userId);
  return handOnModal(movable.lead, movable.gives, await otherReps(work, movable));
}

/** @throws Refusal when the lead is not theirs to give back */
export async function openGiveBack(work: Work, leadId: number, userId: string): Promise<ModalView> {
  return giveBackModal((await returnableLead(work, leadId, userId)).lead);
}

export const handoverListeners: readonly Listener[] = [
  onAction('hand_on', async (work, click) => ({
    open: await openHandOn(work, idOf(click.value), click.userId),
  })),

  onSubmit('hand_on', async (work, form): Promise<FormReply | void> => {
    const leadId = idOf(form.metadata);
    const to = textValue(form, 'to');
    const reason = textValue(form, 'reason');
    const movable = await movableLead(work, leadId, form.userId);
    const unfit = await unfitFor(work, movable, to);
    if (unfit !== undefined) return { to: unfit };
    if (!movable.gives && reason === '') return { reason: 'Say in a few words why.' };
    await handOn(work, leadId, form.userId, { to, reason });
    return movable.gives ? undefined : { next: askedModal(movable.lead, to) };
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

  onAction('swap_withdraw', async (work, click) => {
    await withdrawSwap(work, proposalOfButton(click.value), click.userId);
  }),

  onAction('swap_decline', async (work, click) => {
    await declineSwap(work, proposalOfButton(click.value), click.userId);
  }),
];

function proposalOfButton(value: string): { leadId: number; proposalId: number } {
  const [lead = '', proposal = ''] = value.split(':');
  return { leadId: idOf(lead), proposalId: idOf(proposal) };
}
