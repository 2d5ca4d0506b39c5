import { sql } from 'kysely';
import type { LeadRow } from '../../db/schema.ts';
import type { Work } from '../../work.ts';

export interface Search {
  text: string;
  salesTeamIds: readonly number[];
  limit: number;
  /** Teams whose leads on offer are found by their number alone. */
  blindIn: readonly number[];
  /** Teams whose lists that are held are none of the person's business. */
  withoutListsOf: readonly number[];
}

/** Fewer digits are a part of too many numbers. */
const fewestDigits = 6;

/**
 * What a person may mean who types this: a lead's number, or a part of a name, mail address or company, or a phone
 * number; of people who were added to it, too; the newest first.
 */
export async function leadsLike(work: Work, search: Search): Promise<LeadRow[]> {
  const { text, salesTeamIds, limit, blindIn, withoutListsOf } = search;
  if (salesTeamIds.length === 0) return [];
  const part = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const number = /^#?(\d{1,15})$/.exec(text)?.[1];
  const phone = phoneEnd(text);
  const isLike = (column: string) => sql<boolean>`${sql.ref(column)} LIKE ${part} ESCAPE '\\'`;
  const hasPhone = (column: string) =>
    phone === undefined ? [] : [sql<boolean>`${sql.ref(column)} LIKE ${`%${phone}`}`];
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('lead.team_id', '=', work.workspace.teamId)
    .where('lead.sales_team_id', 'in', salesTeamIds)
    .where((eb) => {
      const isPerson = eb.or([isLike('person.name'), isLike('person.email'), ...hasPhone('person.phone')]);
      const hasPerson = eb.exists(
        eb
          .selectFrom('person')
          .select('person.id')
          .whereRef('person.lead_id', '=', 'lead.id')
          .where('person.removed_at', 'is', null)
          .where(isPerson),
      );
      const isNamed = eb.or([
        isLike('lead.name'),
        isLike('lead.email'),
        isLike('lead.account'),
        ...hasPhone('lead.phone'),
        hasPerson,
      ]);
      const isBlind = eb.and([
        eb('lead.sales_team_id', 'in', blindIn),
        eb('lead.state', '=', 'offered'),
        eb('lead.owner_id', 'is', null),
        eb('lead.owned_at', 'is', null),
      ]);
      const byWords = eb.and([isNamed, eb.not(isBlind)]);
      return number === undefined
        ? byWords
        : eb.or([eb('lead.id', '=', Number(number)), ...(phone === undefined ? [] : [byWords])]);
    })
    .where((eb) =>
      eb.not(
        eb.and([
          eb('lead.sales_team_id', 'in', withoutListsOf),
          eb('lead.state', '=', 'held'),
          eb('lead.import_id', 'is not', null),
        ]),
      ),
    )
    .orderBy('lead.id', 'desc')
    .limit(limit)
    .execute();
}

/** What a phone number ends with, however its country or area is written. */
function phoneEnd(text: string): string | undefined {
  if (!/^[+\d\s()/.-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length < fewestDigits ? undefined : digits;
}
