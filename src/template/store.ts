import type { LeadRow, PersonRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import type { Used } from './memory.ts';

/**
 * The messages used with one person, oldest first: over all cadences of the lead, and over everything else that is known
 * by the same mail address.
 */
export async function usedWith(
  work: Work,
  lead: Pick<LeadRow, 'id' | 'email_key'>,
  person?: Pick<PersonRow, 'id' | 'email_key'>,
): Promise<Used[]> {
  const { teamId } = work.workspace;
  const emailKey = (person ?? lead).email_key;
  const touches = work.db
    .selectFrom('touch')
    .select(['touch.id as touchId', 'touch.message', 'touch.at', 'touch.user_id as userId'])
    .where('touch.message', 'is not', null)
    .where('touch.undone_at', 'is', null);
  const own = person
    ? touches.where('touch.person_id', '=', person.id)
    : touches.where('touch.lead_id', '=', lead.id).where('touch.person_id', 'is', null);
  const found =
    emailKey === null
      ? await own.execute()
      : await own
          .union(
            touches
              .where('touch.person_id', 'is', null)
              .where('touch.lead_id', 'in', (query) =>
                query
                  .selectFrom('lead')
                  .select('lead.id')
                  .where('lead.team_id', '=', teamId)
                  .where('lead.email_key', '=', emailKey),
              ),
          )
          .union(
            touches.where('touch.person_id', 'in', (query) =>
              query
                .selectFrom('person')
                .select('person.id')
                .where('person.team_id', '=', teamId)
                .where('person.email_key', '=', emailKey),
            ),
          )
          .execute();
  return found
    .flatMap(({ message, ...touch }) => (message === null ? [] : [{ ...touch, message }]))
    .sort((a, b) => a.at - b.at || a.touchId - b.touchId);
}
