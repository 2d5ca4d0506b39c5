import type { LeadRow } from '../db/schema.ts';
import type { CadenceStep, Playbook } from '../playbook/schema.ts';

/** The planned attempts of the lead's rank, from the playbook the lead keeps. */
export function cadenceOf(playbook: Playbook, lead: Pick<LeadRow, 'rank'>): readonly CadenceStep[] {
  return playbook.ranks[lead.rank]?.cadence ?? [];
}
