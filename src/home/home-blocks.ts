import type { HomeView } from '@slack/types';
import { actions, button, section } from '../slack/kit.ts';
import type { Availability } from '../team/availability.ts';

type Blocks = HomeView['blocks'];

/** Whether the rep gets leads now, and the buttons that change it. */
export function availabilityBlocks(availability: Availability): Blocks {
  if (availability.available) {
    return [
      section(':large_green_circle: *You are available.* New leads come to you.'),
      actions([button('Away…', 'home_away')]),
      { type: 'divider' },
    ];
  }
  const { why } = availability;
  // A holiday ends by itself; a rep who works on it claims what they want.
  const change = why.startsWith('away')
    ? [button('I’m back', 'home_back', { style: 'primary' }), button('Away…', 'home_away')]
    : [button('Away…', 'home_away')];
  return [
    section(`:palm_tree: *You are ${why}.* No new lead is given to you; you can still claim one.`),
    actions(change),
    { type: 'divider' },
  ];
}

/** For people who are in no team. */
export function strangersHome(): Blocks {
  return [
    section(
      ':wave: *Sixth Touch follows up every sales lead, until the sixth touch.*\nYou are in no team yet. A manager adds you with `/leads setup` in the channel where leads arrive. Marketing reads along with `/leads digest`.',
    ),
  ];
}
