import type { ModalView } from '@slack/types';
import { Refusal } from '../errors.ts';
import { openGiveBack, openHandOn } from '../handover/slack.ts';
import { openPersonForm } from '../people/slack.ts';
import { whyModal } from '../routing/blocks.ts';
import { whyLead } from '../routing/why.ts';
import { type Click, idOf, type Listener, onAction } from '../slack/listener.ts';
import { openStory } from '../story/story.ts';
import type { Work } from '../work.ts';
import { type MoreChoice, moreChoices } from './more-menu.ts';

const opens: Record<MoreChoice, (work: Work, leadId: number, click: Click) => Promise<ModalView>> = {
  story: (work, leadId, { userId }) => openStory(work, leadId, userId),
  add_person: openPersonForm,
  hand_on: (work, leadId, { userId }) => openHandOn(work, leadId, userId),
  give_back: (work, leadId, { userId }) => openGiveBack(work, leadId, userId),
  why: async (work, leadId, { userId }) => whyModal(await whyLead(work, userId, String(leadId))),
};

/** The menu behind the card's three dots. */
export const cardListeners: readonly Listener[] = [
  onAction('more', async (work, click) => {
    const [id = '', what = ''] = click.value.split(':');
    const choice = moreChoices.find((known) => known === what);
    if (!choice) throw new Refusal('This choice belongs to another version of the app.');
    return { open: await opens[choice](work, idOf(id), click) };
  }),
];
