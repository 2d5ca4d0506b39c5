import type { LeadRow } from '../db/schema.ts';
import { accountKey, normaliseEmail } from './account.ts';
import type { LeadDraft } from './draft.ts';
import { nameKey } from './person.ts';

/** Who the person is, and what they are recognised by. */
export function identityOf(
  draft: Pick<LeadDraft, 'name' | 'email' | 'phone' | 'account' | 'title'>,
): Pick<
  LeadRow,
  'name' | 'name_key' | 'email' | 'email_key' | 'phone' | 'account' | 'account_key' | 'title'
> {
  const { name, email, phone, account, title } = draft;
  return {
    name,
    name_key: nameKey(name),
    email,
    email_key: email === null ? null : normaliseEmail(email),
    phone,
    account,
    account_key: accountKey(draft),
    title,
  };
}
