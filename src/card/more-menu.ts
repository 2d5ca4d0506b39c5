import type { Overflow } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { option, overflow } from '../slack/kit.ts';

/** What is needed now and then: behind the three dots, so that the card stays calm. */
export function moreMenu(lead: Pick<LeadRow, 'id'>, isOwned: boolean): Overflow {
  return overflow('more', [
    option('Story…', `${lead.id}:story`),
    option('Hand on…', `${lead.id}:hand_on`),
    ...(isOwned ? [option('Give back…', `${lead.id}:give_back`)] : []),
    option('Why here?', `${lead.id}:why`),
  ]);
}
