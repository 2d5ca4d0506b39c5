import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** The lead that has come of one of these arrivals, if one has. @param keys of `admit` */
export async function leadOfArrival(work: Work, keys: readonly string[]): Promise<LeadRow | undefined> {
  return work.db
    .selectFrom('arrival')
    .innerJoin('lead', 'lead.id', 'arrival.lead_id')
    .selectAll('lead')
    .where('arrival.team_id', '=', work.workspace.teamId)
    .where('arrival.key', 'in', keys)
    .where('arrival.outcome', 'in', ['lead', 'signal'])
    .executeTakeFirst();
}
