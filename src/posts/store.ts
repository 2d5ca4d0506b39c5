import { z } from 'zod';
import type { LeadDraft } from '../intake/draft.ts';
import { identityOf } from '../intake/identity.ts';
import type { Work } from '../work.ts';
import { type MappingRules, mappingRules } from './mapping.ts';
import type { Sender } from './sender.ts';

/** What a post is known by: Slack gives no two posts of a channel the same `ts`. */
export function postKey(channelId: string, ts: string): string {
  return `post:${channelId}:${ts}`;
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
    .selectFrom('arrival')
    .select('key')
    .where('team_id', '=', work.workspace.teamId)
    // All `ts` have the same length, so the order of the keys is that of the posts.
    .where('key', '>', postKey(channelId, ''))
    .where('key', '<', postKey(channelId, '~'))
    .where('received_at', '<', receivedBefore)
    .orderBy('key', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.key.slice(postKey(channelId, '').length);
}

export async function saveEditedTs(work: Work, key: string, editedTs: string): Promise<void> {
  await work.db
    .updateTable('arrival')
    .set({ edited_ts: editedTs })
    .where('team_id', '=', work.workspace.teamId)
    .where('key', '=', key)
    .execute();
}

/** Lets a post be taken in as if it were new. */
export async function forgetArrival(work: Work, key: string): Promise<void> {
  await work.db
    .deleteFrom('arrival')
    .where('team_id', '=', work.workspace.teamId)
    .where('key', '=', key)
    .execute();
}

const setAside = z.array(z.looseObject({ key: z.string() }));

/**
 * Says what has become of a post that waits for a manager's word whether it is this lead's person.
 * @param change what it says now, or why it says nothing
 * @returns the id of the question, where there is one
 */
export async function saveWaitingPost(
  work: Work,
  leadId: number,
  key: string,
  change: { draft: LeadDraft } | { post: 'deleted' | 'no_lead' },
): Promise<number | undefined> {
  const questions = await work.db
    .selectFrom('probable_duplicate')
    .select(['id', 'arrivals'])
    .where('team_id', '=', work.workspace.teamId)
    .where('lead_id', '=', leadId)
    .where('decision', 'is', null)
    .execute();
  for (const { id, arrivals } of questions) {
    const stored = setAside.parse(JSON.parse(arrivals));
    const at = stored.findIndex((arrival) => arrival.key === key);
    if (at === -1) continue;
    const changed = stored.map((arrival, index) =>
      index === at ? { ...arrival, post: undefined, ...change } : arrival,
    );
    // The first one is what the question is known by.
    const known = at === 0 && 'draft' in change ? identityOf(change.draft) : undefined;
    await work.db
      .updateTable('probable_duplicate')
      .set({
        arrivals: JSON.stringify(changed),
        ...(known && { email_key: known.email_key, phone: known.phone }),
      })
      .where('id', '=', id)
      .execute();
    return id;
  }
  return undefined;
}

/** How to read one sender's posts in one channel. */
export interface PostMapping {
  version: number;
  /** None: what was taught has been forgotten. */
  rules: MappingRules;
  savedBy: string;
  /** UTC milliseconds. */
  savedAt: number;
}

/** The mapping that counts; undefined where nobody has ever taught anything. */
export async function currentMapping(
  work: Work,
  channelId: string,
  senderKey: string,
): Promise<PostMapping | undefined> {
  const row = await work.db
    .selectFrom('post_mapping')
    .select(['version', 'rules', 'saved_by', 'saved_at'])
    .where('team_id', '=', work.workspace.teamId)
    .where('channel_id', '=', channelId)
    .where('sender', '=', senderKey)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      version: row.version,
      rules: mappingRules.parse(JSON.parse(row.rules)),
      savedBy: row.saved_by,
      savedAt: row.saved_at,
    }
  );
}

/** @returns the new version's number, from 1 */
export async function saveMapping(
  work: Work,
  channelId: string,
  sender: Sender,
  rules: MappingRules,
  by: string,
): Promise<number> {
  const version = ((await currentMapping(work, channelId, sender.key))?.version ?? 0) + 1;
  await work.db
    .insertInto('post_mapping')
    .values({
      team_id: work.workspace.teamId,
      channel_id: channelId,
      sender: sender.key,
      version,
      rules: JSON.stringify(rules),
      saved_by: by,
      saved_at: work.now,
    })
    .execute();
  return version;
}
