import type { Work } from '../work.ts';
import type { MappingRules } from './mapping.ts';
import type { SlackPost } from './post-text.ts';
import { senderOf } from './sender.ts';
import { currentMapping } from './store.ts';

/** How this sender's posts are read in this channel; no rules where nobody taught the app. */
export async function rulesFor(work: Work, channelId: string, post: SlackPost): Promise<MappingRules> {
  const sender = senderOf(post);
  if (sender === null) return [];
  return (await currentMapping(work, channelId, sender.key))?.rules ?? [];
}
