import type { Overflow } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { option, overflow } from '../slack/kit.ts';

/** What the menu can hold. */
export const moreChoices = ['story', 'messages', 'add_person', 'hand_on', 'give_back', 'why'] as const;
export type MoreChoice = (typeof moreChoices)[number];

const labels: Record<MoreChoice, string> = {
  story: 'Story…',
  messages: 'Messages…',
  add_person: 'Add a person…',
  hand_on: 'Hand on…',
  give_back: 'Give back…',
  why: 'Why here?',
};

/** What is needed now and then: behind the three dots, so that the card stays calm. Slack shows five at most. */
export function moreMenu(lead: Pick<LeadRow, 'id'>, isOwned: boolean): Overflow {
  const shown = moreChoices.filter((choice) => choice !== (isOwned ? 'why' : 'give_back'));
  return overflow(
    'more',
    shown.map((choice) => option(labels[choice], `${lead.id}:${choice}`)),
  );
}
