import type { Insertable, Selectable } from 'kysely';
import type { ArrivalTable, LeadRow, ProbableDuplicateTable, SignalTable } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** Whether this came in before: Slack and webhooks send again when in doubt. */
export async function isKnownArrival(work: Work, key: string): Promise<boolean> {
  return (await arrivalOf(work, key)) !== undefined;
}

/** What became of what came in; undefined for what we have not seen. */
export async function arrivalOf(
  work: Work,
  key: string,
): Promise<Pick<ArrivalTable, 'outcome' | 'lead_id' | 'edited_ts'> | undefined> {
  return work.db
    .selectFrom('arrival')
    .select(['outcome', 'lead_id', 'edited_ts'])
    .where('team_id', '=', work.workspace.teamId)
    .where('key', '=', key)
    .executeTakeFirst();
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

/** How many leads of one name or one number are looked at: of a switchboard's there may be hundreds. */
const mostAlike = 20;

/**
 * The newest leads of the team with exactly this phone number (E.164), open or resolved.
 * @param alsoWithMail false where the post names a mail address: then only leads without one are the same person
 */
export async function leadsByPhone(
  work: Work,
  salesTeamId: number,
  phone: string,
  alsoWithMail: boolean,
): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('phone', '=', phone)
    .where('sales_team_id', '=', salesTeamId)
    .$if(!alsoWithMail, (query) => query.where('email_key', 'is', null))
    .orderBy('id', 'desc')
    .limit(mostAlike)
    .execute();
}

/** The newest of `leadsByPhone`. */
export async function leadByPhone(...asked: Parameters<typeof leadsByPhone>): Promise<LeadRow | undefined> {
  return (await leadsByPhone(...asked))[0];
}

/** The newest leads of the team with this name, at whatever company. */
export async function leadsByName(work: Work, salesTeamId: number, nameKey: string): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('name_key', '=', nameKey)
    .where('sales_team_id', '=', salesTeamId)
    .orderBy('id', 'desc')
    .limit(mostAlike)
    .execute();
}

type New<Table> = Omit<Insertable<Table>, 'team_id'>;

export async function insertSignal(work: Work, signal: New<SignalTable>): Promise<void> {
  await work.db
    .insertInto('signal')
    .values({ ...signal, team_id: work.workspace.teamId })
    .execute();
}

/** Whether the lead came in again after that, other than in a file. */
export async function cameInSince(work: Work, leadId: number, at: number): Promise<boolean> {
  const row = await work.db
    .selectFrom('signal')
    .select('id')
    .where('lead_id', '=', leadId)
    .where('at', '>=', at)
    .where('way', '!=', 'import')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertProbable(work: Work, probable: New<ProbableDuplicateTable>): Promise<number> {
  const { id } = await work.db
    .insertInto('probable_duplicate')
    .values({ ...probable, team_id: work.workspace.teamId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export type Question = Pick<Selectable<ProbableDuplicateTable>, 'id' | 'lead_id' | 'arrivals' | 'decision'>;

/** The questions, newest first, whether this address, or this number where it has none, is that of one of these leads. */
export async function askedAbout(
  work: Work,
  leadIds: readonly number[],
  { email_key: email, phone }: Pick<LeadRow, 'email_key' | 'phone'>,
): Promise<Question[]> {
  return work.db
    .selectFrom('probable_duplicate')
    .select(['id', 'lead_id', 'arrivals', 'decision'])
    .where('team_id', '=', work.workspace.teamId)
    .where('lead_id', 'in', leadIds)
    .where('email_key', 'is', email)
    .$if(email === null, (query) => query.where('phone', 'is', phone))
    .orderBy('id', 'desc')
    .limit(mostAlike)
    .execute();
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
