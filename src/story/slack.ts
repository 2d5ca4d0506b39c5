import { idOf, type Listener, onAction } from '../slack/listener.ts';
import { openStory } from './story.ts';

export const storyListeners: readonly Listener[] = [
  onAction('story', async (work, click) => ({
    open: await openStory(work, idOf(click.value), click.userId),
  })),

  onAction('story_page', async (work, click) => ({
    show: await openStory(work, idOf(click.value), click.userId, idOf(click.variant)),
  })),
];
