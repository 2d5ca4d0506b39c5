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

/** The teams in which somebody holds open leads, also where they are in the roster no more. */
export async function teamsHolding(work: Work, userId: string): Promise<number[]> {
  const rows = await work.db
    .selectFrom('lead')
    .select('sales_team_id')
    .distinct()
    .where('team_id', '=', work.workspace.teamId)
    .where('owner_id', '=', userId)
    .where(sql<boolean>`state NOT IN ('held', 'resolved')`)
    .orderBy('sales_team_id')
    .execute();
  return rows.map((row) => row.sales_team_id);
}

/** Everybody of whom it matters whether they are there: the rosters, and who holds open leads. */
export async function peopleToKnow(work: Work): Promise<string[]> {
  const rows = await work.db
    .selectFrom('member')
    .select('user_id as userId')
    .where('team_id', '=', work.workspace.teamId)
    .union(
      work.db
        .selectFrom('lead')
        .select('owner_id as userId')
        .where('team_id', '=', work.workspace.teamId)
        .where('owner_id', 'is not', null)
        .where(sql<boolean>`state NOT IN ('held', 'resolved')`)
        .$castTo<{ userId: string }>(),
    )
    .orderBy('userId')
    .execute();
  return rows.map((row) => row.userId);
}
