import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { postDirect, updateSlot } from '../outbox/enqueue.ts';
import { giveTo } from '../routing/handover.ts';
import { user } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { swapAsked, swapProposal } from './messages.ts';
import { insertProposal, isStillTheirs, openProposalOf, type Proposal, proposalOf } from './store.ts';

/** A proposal's places in the direct messages of the rep who is asked, and of the one who asks. */
function proposalSlots(id: number): { asked: string; asking: string } {
  return { asked: `proposal:${id}`, asking: `proposal:${id}:from` };
}

/** Lets both messages about a proposal say how it stands. */
export async function refreshProposal(work: Work, { leadId, id }: Proposal): Promise<void> {
  const { asked, asking } = proposalSlots(id);
  await updateSlot(work, swapProposal.of({ leadId, proposalId: id }), asked);
  await updateSlot(work, swapAsked.of({ leadId, proposalId: id }), asking);
}

/** Asks another rep to take a lead over. Until they do, nothing changes; whoever was asked before is asked no more. */
export async function proposeSwap(
  work: Work,
  lead: LeadRow,
  swap: { from: string; to: string; reason: string },
): Promise<void> {
  const before = await openProposalOf(work, lead.id);
  const proposal = await insertProposal(work, { leadId: lead.id, ...swap });
  if (before) await refreshProposal(work, before);
  const data = { leadId: lead.id, proposalId: proposal.id };
  const { asked, asking } = proposalSlots(proposal.id);
  await postDirect(work, swapProposal.of(data), swap.to, undefined, asked);
  await postDirect(work, swapAsked.of(data), swap.from, undefined, asking);
}

/** Whoever asked asks no more. @throws Refusal when it is answered or out of date */
export async function withdrawSwap(
  work: Work,
  { leadId, proposalId }: { leadId: number; proposalId: number },
  userId: string,
): Promise<void> {
  const proposal = await proposalOf(work, leadId, proposalId);
  if (proposal?.from !== userId) throw new Refusal('Only who has asked can take it back.');
  if (proposal.answer !== null) throw new Refusal('This is settled already. Nothing was changed.');
  await recordAudit(work, { actor: userId, action: 'lead.swap_withdrawn', leadId });
  await refreshProposal(work, proposal);
}

/** @throws Refusal when somebody else was asked, or the proposal is answered, replaced or out of date */
async function openProposal(
  work: Work,
  { leadId, proposalId }: { leadId: number; proposalId: number },
  userId: string,
): Promise<{ lead: LeadRow; proposal: Proposal }> {
  const proposal = await proposalOf(work, leadId, proposalId);
  if (!proposal) throw new Refusal('This proposal is no longer there. Nothing was changed.');
  if (proposal.to !== userId) throw new Refusal(`Only ${user(proposal.to)} can answer this.`);
  if (proposal.answer === 'replaced')
    throw new Refusal(`${user(proposal.from)} has asked anew since. Answer the newest message.`);
  if (proposal.answer !== null) throw new Refusal('You have answered this already.');
  const lead = await leadById(work, leadId);
  if (!isStillTheirs(lead, proposal))
    throw new Refusal(
      `${leadTitle(lead)} is not ${user(proposal.from)}'s open lead any more. Nothing was changed.`,
    );
  return { lead, proposal };
}

/** @throws Refusal as `openProposal` does */
export async function acceptSwap(
  work: Work,
  asked: { leadId: number; proposalId: number },
  userId: string,
): Promise<LeadRow> {
  const { lead, proposal } = await openProposal(work, asked, userId);
  const team = await teamById(work, lead.sales_team_id);
  await recordAudit(work, { actor: userId, action: 'lead.swap_accepted', leadId: lead.id });
  const given = await giveTo(work, lead, team, userId, {
    how: 'swap',
    by: proposal.from,
    reason: proposal.reason,
  });
  await refreshProposal(work, proposal);
  return given;
}

/** @throws Refusal as `openProposal` does */
export async function declineSwap(
  work: Work,
  asked: { leadId: number; proposalId: number },
  userId: string,
): Promise<void> {
  const { lead, proposal } = await openProposal(work, asked, userId);
  await recordAudit(work, { actor: userId, action: 'lead.swap_declined', leadId: lead.id });
  await refreshProposal(work, proposal);
  const text = `${user(userId)} can't take ${leadTitle(lead)} over. It stays with you; on its card you can ask somebody else, or give it back.`;
  await postDirect(work, note.of({ text }), proposal.from);
}
