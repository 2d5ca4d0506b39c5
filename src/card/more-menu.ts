import type { Overflow } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { option, overflow } from '../slack/kit.ts';

/** What the menu can hold; Slack shows five at most. */
export const moreChoices = ['story', 'add_person', 'hand_on', 'give_back', 'why'] as const;
export type MoreChoice = (typeof moreChoices)[number];

const labels: Record<MoreChoice, string> = {
  story: 'Story…',
  add_person: 'Add or edit people…',
  hand_on: 'Hand on…',
  give_back: 'Give back…',
  why: 'Why here?',
};

/** What is needed now and then: behind the three dots, so that the card stays calm. */
export function moreMenu(lead: Pick<LeadRow, 'id'>, isOwned: boolean): Overflow {
  const shown = moreChoices.filter((choice) => isOwned || choice !== 'give_back');
  return overflow(
    'more',
    shown.map((choice) => option(labels[choice], `${lead.id}:${choice}`)),
  );
}
