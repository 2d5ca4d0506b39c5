import type { Logger } from 'pino';
import { z } from 'zod';
import { isDatabaseFailure } from '../db/failure.ts';
import { inSavepoint } from '../db/savepoint.ts';
import { permalink } from '../lead/lead.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { note } from '../slack/note.ts';
import { teamOfChannel } from '../team/store.ts';
import type { Work } from '../work.ts';
import { isKnownArrival, saveArrival } from '../intake/store.ts';
import { anyMessage, type Change, changeOf } from './change-event.ts';
import { takeDeletion, takeEdit } from './edits.ts';
import type { SlackPost } from './post-text.ts';
import { receivePost, type Received } from './receive.ts';
import { postKey, saveEditedTs } from './store.ts';

/** The little we rely on; what the post says is read by `readPost`, which trusts nothing. */
const slackMessage = anyMessage.extend({
  channel: z.string(),
  edited: z.looseObject({ ts: z.string() }).nullish().catch(undefined),
});

type Outcome = Received['outcome'] | 'failed' | undefined;

/**
 * Takes in one message of a channel, live or from its history, or what Slack says happened to it later. One that we
 * cannot deal with is not tried again: it is marked as seen, and the managers get its link.
 * @returns what became of it; undefined for what is not looked at at all
 * @throws only when the database fails: then nothing is marked, and it has to come again
 */
export async function takePost(work: Work, message: unknown, log: Logger): Promise<Outcome> {
  const change = changeOf(message);
  if (change) return takeChange(work, change, log);
  const parsed = slackMessage.safeParse(message);
  if (!parsed.success || isNoPost(work, parsed.data)) return undefined;
  const { channel, ts, edited } = parsed.data;
  const post = parsed.data as SlackPost;
  const outcome = await takeNew(work, channel, post, log);
  if (!edited) return outcome;
  // The history shows the last wording only. Of a post that we knew, it may be news.
  if (outcome === 'repeat') {
    const change = { channelId: channel, ts, happenedTs: edited.ts, post };
    return (await takeChange(work, change, log)) ?? outcome;
  }
  await saveEditedTs(work, postKey(channel, ts), edited.ts);
  return outcome;
}

async function takeNew(work: Work, channelId: string, post: SlackPost, log: Logger): Promise<Outcome> {
  const { ts } = post;
  if (await isKnownArrival(work, postKey(channelId, ts))) return 'repeat';
  try {
    const { outcome } = await inSavepoint(work.db, () => receivePost(work, channelId, post));
    if (outcome === 'not_lead')
      log.debug({ channel: channelId, ts }, 'a post that is no lead was left alone');
    return outcome;
  } catch (error) {
    if (isDatabaseFailure(error)) throw error;
    log.error({ err: error, channel: channelId, ts }, 'a post could not be taken in; its managers were told');
    await setAside(work, channelId, ts);
    return 'failed';
  }
}

/** An edit or a deletion. Its trouble is told, but what the post became stays. */
async function takeChange(work: Work, change: Change, log: Logger): Promise<Outcome> {
  const { channelId, ts, happenedTs, post, before } = change;
  if (post && isNoPost(work, { ...post, ts })) return undefined;
  try {
    await inSavepoint(work.db, () =>
      post
        ? takeEdit(work, { channelId, post, before, editedTs: happenedTs })
        : takeDeletion(work, { channelId, ts, deletedTs: happenedTs }),
    );
    return undefined;
  } catch (error) {
    if (isDatabaseFailure(error)) throw error;
    log.error({ err: error, channel: channelId, ts }, 'a change of a post could not be taken in');
    await tellManagers(work, channelId, ts, 'I could not take over what was changed in');
    return 'failed';
  }
}

/** Our own cards are no leads, and what is said in threads is talk about leads. */
function isNoPost(work: Work, { user, ts, thread_ts: threadTs }: z.infer<typeof anyMessage>): boolean {
  return user === work.workspace.botUserId || (threadTs != null && threadTs !== ts);
}

async function setAside(work: Work, channelId: string, ts: string): Promise<void> {
  await saveArrival(work, postKey(channelId, ts), 'failed');
  await tellManagers(
    work,
    channelId,
    ts,
    'I could not read',
    ', so it has no card. Please look whether it is a lead',
  );
}

async function tellManagers(
  work: Work,
  channelId: string,
  ts: string,
  what: string,
  consequence = ', so its lead may be out of date. Please look at it',
): Promise<void> {
  const team = await teamOfChannel(work, channelId);
  const place = permalink(work.workspace.url, channelId, ts);
  const text = `:warning: ${what} <${place}|this post>${consequence}; the log has the details.`;
  for (const manager of team?.managers ?? []) {
    await postDirect(work, note.of({ text }), manager, `failed_post:${channelId}:${ts}:${manager}`);
  }
}
