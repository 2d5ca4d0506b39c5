import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import { assignLead, updateLead } from './store.ts';

/**
 * Gives a free lead (`isFree`) to the one who claims or touches it. The caller brings the due date up to date.
 * @returns undefined when somebody else was faster
 */
export async function takeLead(work: Work, lead: LeadRow, userId: string): Promise<LeadRow | undefined> {
  const offered =
    lead.owner_id === null
      ? lead
      : // Whoever put the next attempt off has it no more.
        await updateLead(work.db, lead.id, { state: 'offered', owner_id: null, snoozed_until: null });
  const owned = await assignLead(work, offered, userId, 'claim');
  if (!owned) return undefined;
  const detail = lead.owner_id === null ? {} : { from: lead.owner_id };
  await recordAudit(work, { actor: userId, action: 'lead.claimed', leadId: lead.id, detail });
  return owned;
}
