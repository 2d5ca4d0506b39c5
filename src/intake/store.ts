import type { Insertable, Selectable } from 'kysely';
import type { ArrivalTable, LeadRow, ProbableDuplicateTable, SignalTable } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** Whether this came in before: Slack and webhooks send again when in doubt. */
export async function isKnownArrival(work: Work, key: string): Promise<boolean> {
  const row = await work.db
    .selectFrom('arrival')
    .select('key')
    .where('team_id', '=', work.workspace.teamId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveArrival(
  work: Work,
  key: string,
  outcome: ArrivalTable['outcome'],
  leadId: number | null = null,
): Promise<void> {
  await work.db
    .insertInto('arrival')
    .values({
      team_id: work.workspace.teamId,
      key,
      received_at: work.now,
      outcome,
      lead_id: leadId,
    })
    .execute();
}

/**
 * The newest lead of the team with exactly this phone number (E.164), open or resolved.
 * @param alsoWithMail false where the post names a mail address: then only leads without one are the same person
 */
export async function leadByPhone(
  work: Work,
  salesTeamId: number,
  phone: string,
  alsoWithMail: boolean,
): Promise<LeadRow | undefined> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('phone', '=', phone)
    .where('sales_team_id', '=', salesTeamId)
    .$if(!alsoWithMail, (query) => query.where('email_key', 'is', null))
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** The newest lead of the team with this name at this account (`nameKey`, `accountKey`). */
export async function leadByPerson(
  work: Work,
  salesTeamId: number,
  account: string,
  name: string,
): Promise<LeadRow | undefined> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('account_key', '=', account)
    .where('name_key', '=', name)
    .where('sales_team_id', '=', salesTeamId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

type New<Table> = Omit<Insertable<Table>, 'team_id'>;

export async function insertSignal(work: Work, signal: New<SignalTable>): Promise<void> {
  await work.db
    .insertInto('signal')
    .values({ ...signal, team_id: work.workspace.teamId })
    .execute();
}

export async function insertProbable(work: Work, probable: New<ProbableDuplicateTable>): Promise<number> {
  const { id } = await work.db
    .insertInto('probable_duplicate')
    .values({ ...probable, team_id: work.workspace.teamId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The last question whether this address, or this number where it has none, belongs to a lead's person. */
export async function askedBefore(
  work: Work,
  leadId: number,
  { email_key: email, phone }: Pick<ProbableDuplicateTable, 'email_key' | 'phone'>,
): Promise<Pick<Selectable<ProbableDuplicateTable>, 'id' | 'arrivals' | 'decision'> | undefined> {
  return work.db
    .selectFrom('probable_duplicate')
    .select(['id', 'arrivals', 'decision'])
    .where('team_id', '=', work.workspace.teamId)
    .where('lead_id', '=', leadId)
    .where('email_key', 'is', email)
    .$if(email === null, (query) => query.where('phone', 'is', phone))
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** @param arrivals JSON list */
export async function saveProbableArrivals(work: Work, id: number, arrivals: string): Promise<void> {
  await work.db.updateTable('probable_duplicate').set({ arrivals }).where('id', '=', id).execute();
}

/** What became in the end of something that came in. */
export async function updateArrival(
  work: Work,
  key: string,
  outcome: ArrivalTable['outcome'],
  leadId: number,
): Promise<void> {
  await work.db
    .updateTable('arrival')
    .set({ outcome, lead_id: leadId })
    .where('team_id', '=', work.workspace.teamId)
    .where('key', '=', key)
    .execute();
}
