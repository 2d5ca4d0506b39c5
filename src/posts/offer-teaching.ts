import { postDirect } from '../outbox/enqueue.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { teachOffer } from './messages.ts';
import type { SlackPost } from './post-text.ts';
import { mayTellOfLeads } from './read-post.ts';
import { senderOf } from './sender.ts';

/**
 * Asks the managers, once for a channel and a sender, to teach the app a format: an app's post names somebody, but
 * does not read like a lead.
 */
export async function offerTeaching(
  work: Work,
  team: Team,
  channelId: string,
  post: SlackPost,
): Promise<void> {
  const sender = senderOf(post);
  if (sender === null || !mayTellOfLeads(post)) return;
  const message = teachOffer.of({ channelId, ts: post.ts, sender });
  for (const manager of team.managers) {
    await postDirect(work, message, manager, `teach_offer:${channelId}:${sender.key}:${manager}`);
  }
}
