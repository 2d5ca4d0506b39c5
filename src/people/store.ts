import { sql } from 'kysely';
import type { LeadRow, PersonRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

type Keys = Pick<PersonRow, 'email_key' | 'name_key'>;

/** A lead of the account that is this person, by mail address or name; the newest. */
export async function leadAtAccount(work: Work, lead: LeadRow, keys: Keys): Promise<LeadRow | undefined> {
  const { email_key: email, name_key: name } = keys;
  if (lead.account_key === null || (email === null && name === null)) return undefined;
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('sales_team_id', '=', lead.sales_team_id)
    .where('account_key', '=', lead.account_key)
    .where((is) => is.or([is('email_key', '=', email), is('name_key', '=', name)]))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Somebody other than `self` who was added to a lead of the account, and is this person. */
export async function personAtAccount(
  work: Work,
  lead: LeadRow,
  keys: Keys,
  self?: number,
): Promise<PersonRow | undefined> {
  const { email_key: email, name_key: name } = keys;
  if (lead.account_key === null || (email === null && name === null)) return undefined;
  return work.db
    .selectFrom('lead')
    .innerJoin('person', 'person.lead_id', 'lead.id')
    .selectAll('person')
    .where('lead.team_id', '=', work.workspace.teamId)
    .where('lead.sales_team_id', '=', lead.sales_team_id)
    .where('lead.account_key', '=', lead.account_key)
    .where('person.removed_at', 'is', null)
    .where('person.id', '!=', self ?? 0)
    .where((is) => is.or([is('person.email_key', '=', email), is('person.name_key', '=', name)]))
    .limit(1)
    .executeTakeFirst();
}

/**
 * How many people are known at the lead's account, and how many of them have a touch that counts: the team's leads there
 * and who was added to them, each mail address once.
 */
export async function countPeople(
  work: Work,
  lead: Pick<LeadRow, 'sales_team_id' | 'account_key'>,
): Promise<{ known: number; tried: number }> {
  const { rows } = await sql<{ known: number; tried: number }>`
    WITH at_account AS (
      SELECT id, email_key FROM lead
      WHERE sales_team_id = ${lead.sales_team_id} AND account_key = ${lead.account_key}
    ), someone AS (
      SELECT coalesce(email_key, 'lead ' || id) AS who, EXISTS (
        SELECT 1 FROM touch WHERE lead_id = at_account.id AND person_id IS NULL AND undone_at IS NULL
      ) AS tried FROM at_account
      UNION ALL
      SELECT coalesce(person.email_key, 'person ' || person.id), EXISTS (
        SELECT 1 FROM touch WHERE person_id = person.id AND undone_at IS NULL
      ) FROM at_account JOIN person ON person.lead_id = at_account.id
      WHERE person.removed_at IS NULL
    ), each_once AS (SELECT max(tried) AS tried FROM someone GROUP BY who)
    SELECT count(*) AS known, coalesce(sum(tried), 0) AS tried FROM each_once`.execute(work.db);
  return rows[0] ?? { known: 0, tried: 0 };
}
