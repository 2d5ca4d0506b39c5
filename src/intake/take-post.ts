import type { Logger } from 'pino';
import { z } from 'zod';
import { isDatabaseFailure } from '../db/failure.ts';
import { inSavepoint } from '../db/savepoint.ts';
import { permalink } from '../lead/lead.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { note } from '../slack/note.ts';
import { teamOfChannel } from '../team/store.ts';
import type { Work } from '../work.ts';
import { receivePost, type Received } from './receive.ts';
import { savePost } from './store.ts';

/** The little we rely on; what the post says is read by `readPost`, which trusts nothing. */
const slackMessage = z.looseObject({
  channel: z.string(),
  ts: z.string(),
  subtype: z.string().optional(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
});

/**
 * Takes in one message of a channel, live or from its history. One that we cannot deal with is not tried again: it is
 * marked as seen, and the managers get its link.
 * @returns what became of it; undefined for what is not looked at at all
 * @throws only when the database fails: then nothing is marked, and it has to come again
 */
export async function takePost(
  work: Work,
  message: unknown,
  log: Logger,
): Promise<Received['outcome'] | 'failed' | undefined> {
  const parsed = slackMessage.safeParse(message);
  if (!parsed.success) return undefined;
  const { channel, ts, user, thread_ts: threadTs } = parsed.data;
  // Our own cards are no leads, and what is said in threads is talk about leads.
  if (user === work.workspace.botUserId) return undefined;
  if (threadTs !== undefined && threadTs !== ts) return undefined;
  try {
    const { outcome } = await inSavepoint(work.db, () => receivePost(work, channel, parsed.data));
    if (outcome === 'not_lead') log.debug({ channel, ts }, 'a post that is no lead was left alone');
    return outcome;
  } catch (error) {
    if (isDatabaseFailure(error)) throw error;
    log.error({ err: error, channel, ts }, 'a post could not be taken in; its managers were told');
    await setAside(work, channel, ts);
    return 'failed';
  }
}

async function setAside(work: Work, channelId: string, ts: string): Promise<void> {
  await savePost(work, { channelId, ts }, 'failed', null);
  const team = await teamOfChannel(work, channelId);
  const place = permalink(work.workspace.url, channelId, ts);
  const text = `:warning: I could not read <${place}|this post>, so it has no card. Please look whether it is a lead; the log has the details.`;
  for (const manager of team?.managers ?? []) {
    await postDirect(work, note.of({ text }), manager, `failed_post:${channelId}:${ts}:${manager}`);
  }
}
