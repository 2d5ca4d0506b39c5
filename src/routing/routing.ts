import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { takeLead } from '../lead/claim.ts';
import { isFree } from '../lead/permission.ts';
import { assignLead, leadById } from '../lead/store.ts';
import { user } from '../slack/kit.ts';
import { lastAssigned, saveLastAssigned, teamById } from '../team/store.ts';
import { refuseOutsider, type Team } from '../team/team.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';

/**
 * Whose turn it is: the rep behind the one served last, in roster order. One who has left the roster since is no
 * obstacle: it begins at the top again.
 */
export function nextInRotation(reps: readonly string[], lastAssigned: string | null): string | undefined {
  if (reps.length === 0) return undefined;
  const last = lastAssigned === null ? -1 : reps.indexOf(lastAssigned);
  return reps[(last + 1) % reps.length];
}

/** Gives a new lead to a rep, or leaves it on offer, by the team's mode. */
export async function routeLead(work: Work, lead: LeadRow, team: Team): Promise<LeadRow> {
  if (team.mode === 'claim') return lead;
  const rep = nextInRotation(team.reps, await lastAssigned(work.db, team.id));
  if (rep === undefined) return lead;
  const owned = await assignLead(work, lead, rep, 'round_robin');
  if (!owned) return lead;
  await saveLastAssigned(work.db, team.id, rep);
  await recordAudit(work, { actor: 'app', action: 'lead.assigned', leadId: lead.id, detail: { to: rep } });
  return saveProgress(work, owned, team);
}

/**
 * Takes a lead that is on offer, or whose owner has left the roster. The first click wins.
 * @throws Refusal that says who has it, or why this person can't
 */
export async function claimLead(work: Work, leadId: number, userId: string): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseOutsider(team, userId);
  if (lead.state === 'resolved') throw new Refusal('This lead is closed already. Nothing was changed.');
  if (lead.owner_id === userId)
    throw new Refusal('You have this lead already. Log your first touch on its card.');
  const owned = isFree(lead, team) ? await takeLead(work, lead, userId) : undefined;
  if (!owned) {
    const owner = (await leadById(work, leadId)).owner_id;
    throw new Refusal(
      `${owner === null ? 'Somebody else' : user(owner)} was faster and has this lead. Take the next one.`,
    );
  }
  const ready = await saveProgress(work, owned, team);
  await refreshNudges(work, ready);
  await refreshCard(work, leadId);
  return ready;
}
