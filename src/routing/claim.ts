import { refuseUnfairClaim } from '../claims/rules.ts';
import { claimedAnyway } from '../claims/store.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { takeLead } from '../lead/claim.ts';
import { isFree } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { refuseOutsider } from '../team/team.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';

/**
 * Takes a lead that is on offer, or whose owner has left the roster. The first click wins; who is too late is told so
 * before any rule about fair claims.
 * @param asked `anyway`: they have seen their overdue leads; `allowed`: a manager has said yes
 * @throws Refusal that says who has it, or why this person can't
 */
export async function claimLead(
  work: Work,
  leadId: number,
  userId: string,
  asked: 'first' | 'anyway' | 'allowed' = 'first',
): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseOutsider(team, userId);
  if (lead.state === 'resolved') throw new Refusal('This lead is closed already. Nothing was changed.');
  if (lead.owner_id === userId)
    throw new Refusal('You have this lead already. Log your first touch on its card.');
  if (!isFree(lead, team)) throw tooLate(lead);
  const { anyway } = await refuseUnfairClaim(work, lead, team, userId, asked);
  const owned = await takeLead(work, lead, userId);
  if (!owned) throw tooLate(await leadById(work, leadId));
  if (anyway) await recordAudit(work, { actor: userId, action: claimedAnyway, leadId });
  const ready = await saveProgress(work, owned, team);
  await refreshNudges(work, ready);
  await refreshCard(work, leadId);
  return ready;
}

function tooLate({ owner_id: owner }: LeadRow): Refusal {
  const who = owner === null ? 'Somebody else' : user(owner);
  return new Refusal(`${who} was faster and has this lead. Take the next one.`);
}
