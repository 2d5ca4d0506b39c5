import type { Overflow } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { option, overflow } from '../slack/kit.ts';

/** What the menu can hold; Slack shows five at most. */
export const moreChoices = ['story', 'messages', 'add_person', 'hand_on', 'give_back'] as const;
export type MoreChoice = (typeof moreChoices)[number];

const labels: Record<MoreChoice, string> = {
  story: 'Story…',
  messages: 'Messages…',
  add_person: 'Add a person…',
  hand_on: 'Hand on…',
  give_back: 'Give back…',
};

/** What is needed now and then: behind the three dots, so that the card stays calm. */
export function moreMenu(lead: Pick<LeadRow, 'id'>, isOwned: boolean): Overflow {
<<<<<<< HEAD
  return overflow('more', [
    option('Story…', `${lead.id}:story`),
    option('Hand on…', `${lead.id}:hand_on`),
    ...(isOwned ? [option('Give back…', `${lead.id}:give_back`)] : []),
    option('Why here?', `${lead.id}:why`),
  ]);
=======
  const shown = moreChoices.filter((choice) => isOwned || choice !== 'give_back');
  return overflow(
    'more',
    shown.map((choice) => option(labels[choice], `${lead.id}:${choice}`)),
  );
>>>>>>> 98b8ac6 (feat(people): other people at the account, how many are tried, and the playbook's messages for each)
}
