import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { ladderStart } from '../lead/ladder-start.ts';
import { updateLead } from '../lead/store.ts';
import { offerLead } from '../routing/offer.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { gateReasons } from './gate.ts';
import { refreshHeldImport } from './held-import-slot.ts';

/**
 * Lets a held lead go on when nothing holds it any more, and says anew what does otherwise.
 * @param by who changed it: a Slack user id, or `app`
 */
export async function recheckGate(work: Work, lead: LeadRow, team: Team, by = 'app'): Promise<LeadRow> {
  const reasons = gateReasons(lead, lead.rank, work.playbooks.current.playbook);
  if (reasons.length === 0) return release(work, lead, team, by);
  const held = await updateLead(work.db, lead.id, { held_reasons: JSON.stringify(reasons) });
  await refreshList(work, held);
  return held;
}

/**
 * Brings a held lead to the reps; the card it had while it was held says so. Its clocks start now.
 * @param by a Slack user id, or `app`
 */
export async function release(work: Work, lead: LeadRow, team: Team, by: string): Promise<LeadRow> {
  const offered = await updateLead(work.db, lead.id, {
    state: 'offered',
    held_reasons: null,
    cadence_started_at: work.now,
    ...ladderStart(work.now),
  });
  await recordAudit(work, { actor: by, action: 'lead.released', leadId: lead.id });
  const ready = await offerLead(work, offered, team);
  await refreshCard(work, lead.id);
  await refreshList(work, lead);
  return ready;
}

/** Where the lead is one of a list, the list's message says how many wait, and for what. */
export async function refreshList(work: Work, { import_id: importId }: LeadRow): Promise<void> {
  if (importId !== null) await refreshHeldImport(work, importId);
}
