import type { LeadRow } from '../db/schema.ts';
import { leadByEmail } from '../lead/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { accountKey, normaliseEmail } from './account.ts';
import type { LeadDraft } from './draft.ts';
import { nameKey } from './person.ts';
import { leadByPerson, leadByPhone } from './store.ts';

export interface Known {
  lead: LeadRow;
  /** `probable`: the same name at the same account, but another address or number. */
  match: 'exact' | 'probable';
}

/**
 * The lead that this draft repeats. Mail decides; a phone number only where one of the two has no mail: colleagues
 * share numbers.
 */
export async function findKnown(work: Work, team: Team, draft: LeadDraft): Promise<Known | undefined> {
  const { email, phone } = draft;
  const exact =
    (email === null ? undefined : await leadByEmail(work, team.id, normaliseEmail(email))) ??
    (phone?.startsWith('+') ? await leadByPhone(work, team.id, phone, email === null) : undefined);
  if (exact) return { lead: exact, match: 'exact' };
  const [account, name] = [accountKey(draft), nameKey(draft.name)];
  const like = account !== null && name !== null && (await leadByPerson(work, team.id, account, name));
  return like ? { lead: like, match: 'probable' } : undefined;
}
