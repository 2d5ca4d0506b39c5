import { recordAudit } from '../db/audit.ts';
import type { FlagRow, LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { leadById } from '../lead/store.ts';
import type { Reason } from '../playbook/schema.ts';
import { user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { refuseOutsider } from '../team/team.ts';
import type { Work } from '../work.ts';
import * as store from './store.ts';

/**
 * Keeps a rep's one-click reason why a lead is bad. Everybody in the team may say so, whoever has the lead.
 * @throws Refusal when the lead is closed, the reason is gone from the playbook, or it was said before
 */
export async function flagLead(
  work: Work,
  leadId: number,
  userId: string,
  reasonId: string,
): Promise<FlagRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseOutsider(team, userId);
  if (lead.state === 'resolved') {
    throw new Refusal('This lead is closed. Reopen it on its card first; then your reason can be saved.');
  }
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const reason = playbook.reasons.find((entry) => entry.id === reasonId);
  if (!reason) throw new Refusal('This reason is not in the playbook. Choose one from the newest card.');
  const flag = await store.insertFlag(work, lead, userId, reason);
  if (!flag) throw new Refusal(`You said “${reason.label}” about this lead before; it is saved.`);
  await recordAudit(work, { actor: userId, action: 'lead.flagged', leadId, detail: { reason: reason.id } });
  await refreshCard(work, leadId);
  return flag;
}

/** Keeps a reason that was given in closing the lead; said twice, it counts once. */
export async function sayReason(work: Work, lead: LeadRow, userId: string, reason: Reason): Promise<void> {
  const flag = await store.insertFlag(work, lead, userId, reason);
  if (!flag) return;
  await recordAudit(work, {
    actor: userId,
    action: 'lead.flagged',
    leadId: lead.id,
    detail: { reason: reason.id },
  });
  await refreshCard(work, lead.id);
}

/** A closing is taken back, and with it the reason that was given in it. */
export async function takeBackReason(work: Work, lead: LeadRow): Promise<void> {
  const { resolved_at: at, resolved_by: by, resolution_reason: reason } = lead;
  for (const flag of await store.flagsOf(work.db, lead.id)) {
    if (flag.at === at && flag.user_id === by && flag.reason === reason)
      await store.markFlagUndone(work.db, flag.id, work.now);
  }
}

/** Takes a reason back. @throws Refusal when it is somebody else's, or taken back already */
export async function undoFlag(work: Work, flagId: number, userId: string): Promise<FlagRow> {
  const flag = await store.flagById(work, flagId);
  if (flag.user_id !== userId) throw new Refusal(`Only ${user(flag.user_id)} can take this back.`);
  if (flag.undone_at !== null) throw new Refusal('This is taken back already.');
  await store.markFlagUndone(work.db, flagId, work.now);
  await recordAudit(work, {
    actor: userId,
    action: 'flag.undone',
    leadId: flag.lead_id,
    detail: { flag: flagId },
  });
  await refreshCard(work, flag.lead_id);
  return flag;
}
