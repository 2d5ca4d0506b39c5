import { MINUTE } from '../calendar/civil.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { isFree } from '../lead/permission.ts';
import { leadName } from '../lead/lead.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { line, user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { isManager, refuseOutsider } from '../team/team.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';
import { lastTold } from './store.ts';

const undoMs = 10 * MINUTE;

/** Whether somebody closed it without a word to a prospect who is there to be told. */
export function waitsForAnswer(lead: Pick<LeadRow, 'state' | 'answered' | 'needs_answer'>): boolean {
  return lead.state === 'resolved' && lead.answered === 0 && lead.needs_answer !== 0;
}

/** The prospect has been told after all. @throws Refusal when there is nothing to tell, or somebody else's lead */
export async function markTold(work: Work, leadId: number, userId: string): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  await refuseOthers(work, lead, userId);
  if (lead.state !== 'resolved') throw new Refusal('This lead is open again: answer them, and log a touch.');
  if (!waitsForAnswer(lead))
    throw new Refusal(`${line(leadName(lead), 80)} was told already, or needs no answer.`);
  return saveTold(work, lead, userId, 1);
}

/** @throws Refusal when it is too late, or it was somebody else */
export async function undoTold(work: Work, leadId: number, userId: string): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const told = await lastTold(work, leadId);
  if (told?.action !== 'lead.answered' || told.actor !== userId || lead.answered !== 1)
    throw new Refusal('There is nothing to undo: this was changed since.');
  if (work.now - told.at > undoMs)
    throw new Refusal('This can be undone for ten minutes. Reopen the lead if there is more to do.');
  return saveTold(work, lead, userId, 0);
}

async function saveTold(work: Work, lead: LeadRow, userId: string, answered: 0 | 1): Promise<LeadRow> {
  const saved = await updateLead(work.db, lead.id, { answered });
  const action = answered === 1 ? 'lead.answered' : 'lead.answer_undone';
  await recordAudit(work, { actor: userId, action, leadId: lead.id });
  await refreshNudges(work, saved);
  await refreshCard(work, lead.id);
  return saved;
}

/** Who had it or closed it, and managers; anybody in the roster where nobody had it. */
async function refuseOthers(work: Work, lead: LeadRow, userId: string): Promise<void> {
  const team = await teamById(work, lead.sales_team_id);
  if (lead.owner_id === userId || lead.resolved_by === userId) return;
  refuseOutsider(team, userId);
  if (lead.owner_id === null || isFree(lead, team) || isManager(team, userId)) return;
  throw new Refusal(
    `*${line(leadName(lead), 80)}* was ${user(lead.owner_id)}'s lead: they or a manager can say so.`,
  );
}
