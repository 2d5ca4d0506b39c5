import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { release } from '../intake/release.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { leadTitle } from '../lead/lead.ts';
import { leadById, updateLead } from '../lead/store.ts';
import type { Answer } from '../playbook/schema.ts';
import { user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { refreshHeldImport } from './import-slot.ts';
import { type GateDecision, lastDecision } from './store.ts';

/** What the audit keeps of a lead that was turned down. */
const turnDownDetail = z.object({
  resolution: z.literal('rejected'),
  answered: z.boolean(),
  /** The answer's id and what the playbook called it then. */
  reason: z.string(),
  label: z.string(),
  /** False for spam, tests and duplicates. */
  needsAnswer: z.boolean(),
  /** What was written to the prospect, if it was sent. */
  text: z.string().optional(),
});
export type TurnDownDetail = z.infer<typeof turnDownDetail>;

/** Why a lead was turned down; undefined for one that was let through. */
export function turnDownOf(decision: GateDecision): TurnDownDetail | undefined {
  return decision.action === 'lead.turned_down'
    ? turnDownDetail.parse(JSON.parse(decision.detail))
    : undefined;
}

export interface HeldLead {
  lead: LeadRow;
  team: Team;
}

/**
 * A lead that somebody wants to decide about. Who may is who is in the marketing channel, or a manager.
 * @param click where it was clicked; without it (a form that was opened by such a click) that is settled
 * @throws Refusal that says who was faster, or who may
 */
export async function heldLead(
  work: Work,
  leadId: number,
  click?: { userId: string; channelId?: string },
): Promise<HeldLead> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (click) refuseStranger(team, click);
  if (lead.state !== 'held') throw new Refusal(await decidedText(work, lead));
  return { lead, team };
}

/** @throws Refusal for who is neither in the marketing channel nor a manager */
export function refuseStranger(team: Team, click: { userId: string; channelId?: string }): void {
  if (click.channelId === team.marketingChannelId || isManager(team, click.userId)) return;
  throw new Refusal(
    `Held leads are decided in <#${team.marketingChannelId}> now. Nothing was changed; ask there, or a manager.`,
  );
}

async function decidedText(work: Work, lead: LeadRow): Promise<string> {
  const decision = await lastDecision(work, lead.id);
  const by = decision === undefined || decision.actor === 'app' ? '' : ` by ${user(decision.actor)}`;
  const what = decision && turnDownOf(decision) ? 'turned down' : 'released';
  return `${leadTitle(lead)} was ${what} already${by}. Nothing was changed.`;
}

/** @throws Refusal as `heldLead` does */
export async function releaseHeld(
  work: Work,
  leadId: number,
  click: { userId: string; channelId?: string },
): Promise<LeadRow> {
  const { lead, team } = await heldLead(work, leadId, click);
  const released = await release(work, lead, team, click.userId);
  await refreshList(work, lead);
  return released;
}

/**
 * Closes a held lead before any rep has seen it.
 * @param told what was written to the prospect; null when nothing was sent
 * @throws Refusal when somebody has decided already
 */
export async function turnDown(
  work: Work,
  leadId: number,
  userId: string,
  { answer, told }: { answer: Answer; told: string | null },
): Promise<LeadRow> {
  const { lead } = await heldLead(work, leadId);
  const detail: TurnDownDetail = {
    resolution: 'rejected',
    answered: told !== null,
    reason: answer.id,
    label: answer.label,
    needsAnswer: answer.text !== undefined,
    ...(told !== null && { text: told }),
  };
  const closed = await updateLead(work.db, lead.id, {
    state: 'resolved',
    held_reasons: null,
    resolution: detail.resolution,
    answered: detail.answered ? 1 : 0,
    resolution_note: answer.label,
    resolved_at: work.now,
    resolved_by: userId,
  });
  await recordAudit(work, { actor: userId, action: 'lead.turned_down', leadId, detail: { ...detail } });
  await refreshCard(work, leadId);
  await refreshList(work, lead);
  return closed;
}

/** Where the lead is one of a list, its message says how many are left. */
export async function refreshList(work: Work, { import_id: importId }: LeadRow): Promise<void> {
  if (importId !== null) await refreshHeldImport(work, importId);
}
