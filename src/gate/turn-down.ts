import { DAY } from '../calendar/civil.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { gateReasons } from '../intake/gate.ts';
import { refreshList } from '../intake/release.ts';
import { heldSlot, postHeldCard, refreshCard } from '../lead/card-slot.ts';
import { leadTitle } from '../lead/lead.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { livingSlots } from '../outbox/store.ts';
import type { Answer } from '../playbook/schema.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { detailOf, type TurnDownDetail, turnDownOf } from './decision.ts';
import { heldLead, refuseStranger } from './gate.ts';
import { lastDecision } from './store.ts';

/** So long a lead that was turned down can be taken back. */
const takeBackWithin = DAY;

/**
 * Closes a held lead before any rep has seen it. One that the prospect has not heard of yet keeps a card until they
 * have, even if it came with a list.
 * @param text the words for the prospect; undefined where nobody needs any
 * @throws Refusal when somebody has decided already
 */
export async function turnDown(
  work: Work,
  leadId: number,
  userId: string,
  { answer, sent, text }: { answer: Answer; sent: boolean; text?: string },
): Promise<LeadRow> {
  const { lead, team } = await heldLead(work, leadId);
  const detail = detailOf(answer, sent, text);
  const closed = await closeHeld(work, lead, userId, detail);
  if (detail.needsAnswer && !sent) await postHeldCard(work, leadId, team);
  await refreshList(work, lead);
  return closed;
}

/** The same for one of many; the message of its list is the caller's business. */
export async function closeHeld(
  work: Work,
  lead: LeadRow,
  by: string,
  detail: TurnDownDetail,
): Promise<LeadRow> {
  const closed = await updateLead(work.db, lead.id, {
    state: 'resolved',
    held_reasons: null,
    resolution: detail.resolution,
    answer: detail.reason,
    answered: detail.answered ? 1 : 0,
    needs_answer: detail.needsAnswer ? 1 : 0,
    resolution_note: detail.label,
    resolved_at: work.now,
    resolved_by: by,
  });
  await recordAudit(work, { actor: by, action: 'lead.turned_down', leadId: lead.id, detail: { ...detail } });
  await refreshHeldCard(work, lead.id);
  return closed;
}

/** A lead of a list has none: then there is nothing to show, and least of all to the reps. */
async function refreshHeldCard(work: Work, leadId: number): Promise<void> {
  const slot = heldSlot(leadId);
  if ((await livingSlots(work.db, work.workspace.teamId, [slot])).has(slot)) await refreshCard(work, leadId);
}

/**
 * The prospect has been told after all.
 * @throws Refusal when there is nothing to tell any more
 */
export async function markTold(
  work: Work,
  leadId: number,
  click: { userId: string; channelId?: string },
): Promise<LeadRow> {
  const { lead } = await turnedDownLead(work, leadId, click);
  const told = await updateLead(work.db, leadId, { answered: 1 });
  await recordAudit(work, { actor: click.userId, action: 'lead.answered', leadId });
  await refreshHeldCard(work, lead.id);
  return told;
}

/**
 * Turned down by mistake: it waits for marketing again.
 * @throws Refusal when the prospect has been told, somebody was faster, or it is too late
 */
export async function takeBack(
  work: Work,
  leadId: number,
  click: { userId: string; channelId?: string },
): Promise<LeadRow> {
  const { lead } = await turnedDownLead(work, leadId, click);
  if (!canTakeBack(lead, work.now))
    throw new Refusal(`${leadTitle(lead)} was turned down more than a day ago. Nothing was changed.`);
  const reasons = gateReasons(lead, lead.rank, work.playbooks.current.playbook);
  const held = await updateLead(work.db, leadId, {
    state: 'held',
    held_reasons: JSON.stringify(reasons.length === 0 ? ['It was turned down and taken back.'] : reasons),
    resolution: null,
    answer: null,
    answered: null,
    needs_answer: null,
    resolution_note: null,
    resolved_at: null,
    resolved_by: null,
  });
  await recordAudit(work, { actor: click.userId, action: 'lead.taken_back', leadId });
  await refreshHeldCard(work, leadId);
  await refreshList(work, held);
  return held;
}

/** As long as the prospect has heard nothing. */
export function canTakeBack(lead: Pick<LeadRow, 'answered' | 'resolved_at'>, now: number): boolean {
  return lead.answered !== 1 && lead.resolved_at !== null && now < lead.resolved_at + takeBackWithin;
}

/** A lead that marketing has turned down, and of which the prospect has heard nothing. */
async function turnedDownLead(
  work: Work,
  leadId: number,
  click: { userId: string; channelId?: string },
): Promise<{ lead: LeadRow; detail: TurnDownDetail }> {
  const lead = await leadById(work, leadId);
  refuseStranger(await teamById(work, lead.sales_team_id), click);
  const decision = await lastDecision(work, leadId);
  const detail = decision && turnDownOf(decision);
  if (!detail || lead.resolved_at !== decision?.at)
    throw new Refusal(`${leadTitle(lead)} is no longer turned down. Nothing was changed.`);
  if (lead.answered === 1)
    throw new Refusal(`The prospect of ${leadTitle(lead)} was told already. Nothing was changed.`);
  return { lead, detail };
}
