import { sql } from 'kysely';
import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import type { Absence } from '../team/people/store.ts';

/** The open leads that somebody holds in a team, the most urgent first. */
export async function heldLeads(work: Work, salesTeamId: number, userId: string): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', '=', userId)
    .where(sql<boolean>`state NOT IN ('held', 'resolved')`)
    .orderBy((order) => order.fn.coalesce('next_attempt_at', 'created_at'))
    .orderBy('id')
    .execute();
}

export async function absenceById(work: Work, id: number): Promise<Absence> {
  return work.db
    .selectFrom('absence')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** The absences of a person that have ended at this very moment. */
export async function endedNow(work: Work, userId: string): Promise<Absence[]> {
  return work.db
    .selectFrom('absence')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', '=', userId)
    .where('ended_at', '=', work.now)
    .execute();
}
