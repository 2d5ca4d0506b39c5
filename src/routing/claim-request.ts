import { claimRequest } from '../claims/messages.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { isFree } from '../lead/permission.ts';
import { leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { postDirect, updateSlot } from '../outbox/enqueue.ts';
import { user } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import { teamById } from '../team/store.ts';
import { isManager, refuseOutsider, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { claimLead } from './claim.ts';
import { handedOver } from './handed-over.ts';

function requestSlot(leadId: number, userId: string, managerId: string): string {
  return `claim-request:${leadId}:${userId}:${managerId}`;
}

/**
 * Asks the managers whether a rep may claim a lead past their overdue ones. Asking twice for one lead on one day asks
 * once. @throws Refusal when the lead is not free any more
 */
export async function askManagers(work: Work, leadId: number, userId: string): Promise<void> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseOutsider(team, userId);
  if (lead.state === 'resolved' || !isFree(lead, team))
    throw new Refusal('Somebody else was faster and has this lead. Nobody was asked.');
  await recordAudit(work, { actor: userId, action: 'claim.asked', leadId });
  for (const managerId of team.managers) {
    const slot = requestSlot(leadId, userId, managerId);
    // One request per time on offer: the ladder's start changes whenever it is offered anew.
    const once = `${slot}:${lead.ladder_from ?? 0}`;
    await postDirect(work, claimRequest.of({ leadId, userId }), managerId, once, slot);
  }
}

/** Lets the rep have the lead at once, and tells them. @throws Refusal when it is no manager, or the lead is gone */
export async function allowClaim(
  work: Work,
  leadId: number,
  userId: string,
  managerId: string,
): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (!isManager(team, managerId)) throw new Refusal('Only a manager of the team can allow this.');
  if (lead.owner_id === userId) throw new Refusal(`${user(userId)} has ${leadTitle(lead)} already.`);
  const claimed = await claimLead(work, leadId, userId, 'allowed');
  await recordAudit(work, { actor: managerId, action: 'claim.allowed', leadId, detail: { userId } });
  await settleRequests(work, leadId, userId, team);
  await postDirect(work, handedOver.of({ leadId, to: userId, by: managerId }), userId);
  return claimed;
}

async function settleRequests(work: Work, leadId: number, userId: string, team: Team): Promise<void> {
  for (const managerId of team.managers)
    await updateSlot(work, claimRequest.of({ leadId, userId }), requestSlot(leadId, userId, managerId));
}

/** What the rep reads once the managers are asked. */
export const askedNote = note.of({
  text: ':raising_hand: I asked your managers. If one of them allows it, the lead is yours at once; until then it stays on offer.',
});
