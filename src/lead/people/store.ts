import type { Insertable, Updateable } from 'kysely';
import type { PersonRow, PersonTable } from '../../db/schema.ts';
import { Refusal } from '../../errors.ts';
import type { Work } from '../../work.ts';

/** Who was added to the lead and can be tried, oldest first. */
export async function peopleOf(work: Work, leadId: number): Promise<PersonRow[]> {
  return (await everyoneOf(work, leadId)).filter((person) => person.removed_at === null);
}

/** Who was ever added to the lead, oldest first: also those who were removed again. */
export async function everyoneOf(work: Work, leadId: number): Promise<PersonRow[]> {
  return work.db
    .selectFrom('person')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('id')
    .execute();
}

/** Also somebody who was removed again. @throws Refusal when nobody like that was added to the lead */
export async function personOf(work: Work, leadId: number, personId: number): Promise<PersonRow> {
  const row = await work.db
    .selectFrom('person')
    .selectAll()
    .where('id', '=', personId)
    .where('lead_id', '=', leadId)
    .where('team_id', '=', work.workspace.teamId)
    .executeTakeFirst();
  if (!row) throw new Refusal('This person is no longer there. Nothing was changed.');
  return row;
}

/** Everybody who was added to the team's leads with this identity mail and can be tried, newest first. */
export async function peopleByEmail(work: Work, salesTeamId: number, emailKey: string): Promise<PersonRow[]> {
  return work.db
    .selectFrom('person')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('email_key', '=', emailKey)
    .where('sales_team_id', '=', salesTeamId)
    .where('removed_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(10)
    .execute();
}

export async function insertPerson(
  work: Work,
  person: Omit<Insertable<PersonTable>, 'team_id' | 'at' | 'removed_at'>,
): Promise<PersonRow> {
  return work.db
    .insertInto('person')
    .values({ ...person, team_id: work.workspace.teamId, at: work.now, removed_at: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updatePerson(
  work: Work,
  personId: number,
  values: Updateable<PersonTable>,
): Promise<PersonRow> {
  return work.db
    .updateTable('person')
    .set(values)
    .where('id', '=', personId)
    .where('team_id', '=', work.workspace.teamId)
    .returningAll()
    .executeTakeFirstOrThrow();
}
