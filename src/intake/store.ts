import type { InboxTable, LeadRow } from '../db/schema.ts';
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

/**
 * The newest lead of the team with exactly this phone number (E.164), open or resolved.
 * @param alsoWithMail false where the post names a mail address: then only leads without one are the same person
 */
export async function leadByPhone(
  work: Work,
  salesTeamId: number,
  phone: string,
  alsoWithMail: boolean,
): Promise<LeadRow | undefined> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('phone', '=', phone)
    .where('sales_team_id', '=', salesTeamId)
    .$if(!alsoWithMail, (query) => query.where('email_key', 'is', null))
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** When the team was set up, UTC milliseconds: what was posted before is no lead of theirs. */
export async function setUpAt(work: Work, salesTeamId: number): Promise<number> {
  const { created_at: at } = await work.db
    .selectFrom('sales_team')
    .select('created_at')
    .where('id', '=', salesTeamId)
    .executeTakeFirstOrThrow();
  return at;
}

/** The `ts` of the newest post of the channel among those that we took in before an instant. */
export async function newestPostBefore(
  work: Work,
  channelId: string,
  receivedBefore: number,
): Promise<string | undefined> {
  const row = await work.db
    .selectFrom('inbox')
    .select('ts')
    .where('team_id', '=', work.workspace.teamId)
    .where('channel_id', '=', channelId)
    .where('received_at', '<', receivedBefore)
    .orderBy('ts', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.ts;
}
