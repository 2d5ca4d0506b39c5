import type { InboxTable } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** What a post is known by: Slack gives no two posts of a channel the same `ts`. */
export interface PostKey {
  channelId: string;
  ts: string;
}

/** Whether this post was looked at before: Slack sends events again when in doubt. */
export async function isKnownPost(work: Work, post: PostKey): Promise<boolean> {
  const row = await work.db
    .selectFrom('inbox')
    .select('ts')
    .where('team_id', '=', work.workspace.teamId)
    .where('channel_id', '=', post.channelId)
    .where('ts', '=', post.ts)
    .executeTakeFirst();
  return row !== undefined;
}

export async function savePost(
  work: Work,
  post: PostKey,
  outcome: InboxTable['outcome'],
  leadId: number | null,
): Promise<void> {
  await work.db
    .insertInto('inbox')
    .values({
      team_id: work.workspace.teamId,
      channel_id: post.channelId,
      ts: post.ts,
      received_at: work.now,
      outcome,
      lead_id: leadId,
    })
    .execute();
}
