import type { OutboxKind, OutboxRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import type { OutgoingMessage } from './message.ts';
import { bulkUpdates } from './gate.ts';
import { changeLane, insertUnlessWaiting } from './store.ts';

interface Target {
  kind: OutboxKind;
  lane: string;
  channel_id?: string;
  user_id?: string;
  slot?: string;
  thread_slot?: string;
  thread_ts?: string;
  response_url?: string;
}

export interface PostOptions {
  channelId: string;
  /** Names the message, so that it can be updated (`updateSlot`) and have a thread. */
  slot?: string;
  /** Posts into the thread of the message with this slot, once that message is out. */
  threadSlot?: string;
  /** Posts into the thread of a message that is not ours. */
  threadTs?: string;
  dedupeKey?: string;
  /** One of many that nobody waits for: others may overtake it. */
  bulk?: boolean;
}

/** A message to a channel or a thread. Nothing leaves before the transaction of `work` is committed. */
export async function post(work: Work, message: OutgoingMessage, options: PostOptions): Promise<void> {
  const { channelId, slot, threadSlot, threadTs, dedupeKey, bulk } = options;
  const lane = `${bulk ? 'bulk' : 'channel'}:${channelId}`;
  const target: Target = {
    kind: 'post',
    lane,
    channel_id: channelId,
    slot,
    thread_slot: threadSlot,
    thread_ts: threadTs,
  };
  await enqueue(work, message, target, dedupeKey);
}

/** A direct message from the app. @param slot names it, so that it can be updated and have a thread */
export async function postDirect(
  work: Work,
  message: OutgoingMessage,
  userId: string,
  dedupeKey?: string,
  slot?: string,
): Promise<void> {
  await enqueue(work, message, { kind: 'post', lane: `user:${userId}`, user_id: userId, slot }, dedupeKey);
}

/**
 * A file in the thread of a direct message, behind what that person was told before. The message renders the file;
 * Slack gives no way to look for one, so an uncertain upload is tried a second time and no more.
 */
export async function postFile(
  work: Work,
  message: OutgoingMessage,
  to: { userId: string; threadSlot: string; dedupeKey: string },
): Promise<void> {
  const target: Target = {
    kind: 'file',
    lane: `user:${to.userId}`,
    user_id: to.userId,
    thread_slot: to.threadSlot,
  };
  await enqueue(work, message, target, to.dedupeKey);
}

/** In the place of a file that will never arrive: the same message, which then says what to do without it. */
export async function postInsteadOfFile(work: Work, file: OutboxRow): Promise<void> {
  const target: Target = {
    kind: 'post',
    lane: file.lane,
    user_id: file.user_id ?? undefined,
    thread_slot: file.thread_slot ?? undefined,
  };
  await enqueue(work, JSON.parse(file.message) as OutgoingMessage, target, `instead:${file.id}`);
}

/** A message that only one person sees, where they are working right now; Slack promises no delivery for these. */
export async function postEphemeral(
  work: Work,
  message: OutgoingMessage,
  to: { channelId: string; userId: string; threadTs?: string },
): Promise<void> {
  const target: Target = {
    kind: 'ephemeral',
    lane: `ephemeral:${to.userId}`,
    channel_id: to.channelId,
    user_id: to.userId,
    thread_ts: to.threadTs,
  };
  await enqueue(work, message, target);
}

/** What only one person was to see, in a conversation where the app can't say anything: as a direct message. */
export async function postInsteadOfEphemeral(work: Work, row: OutboxRow): Promise<void> {
  const userId = row.user_id ?? '';
  const target: Target = { kind: 'post', lane: `user:${userId}`, user_id: userId };
  await enqueue(work, JSON.parse(row.message) as OutgoingMessage, target, `instead:${row.id}`);
}

/** Replaces the ephemeral message that a person has just clicked in; only its response URL can do that. */
export async function replaceEphemeral(
  work: Work,
  message: OutgoingMessage,
  responseUrl: string,
): Promise<void> {
  await enqueue(work, message, {
    kind: 'respond',
    lane: responseLane(responseUrl),
    response_url: responseUrl,
  });
}

/** Answers a slash command, or a click in such an answer, for the person who did it, wherever that was. */
export async function replyToCommand(
  work: Work,
  message: OutgoingMessage,
  responseUrl: string,
): Promise<void> {
  await enqueue(work, message, { kind: 'reply', lane: responseLane(responseUrl), response_url: responseUrl });
}

/**
 * Brings a posted message up to date. While it still waits to be sent or updated, that one will do.
 * @param options.bulk one of many that nobody waits for: others overtake it
 */
export async function updateSlot(
  work: Work,
  message: OutgoingMessage,
  slot: string,
  { bulk = false }: { bulk?: boolean } = {},
): Promise<void> {
  const isNew = await insertUnlessWaiting(work, slot, {
    kind: 'update',
    lane: bulk ? bulkUpdates : 'update',
    message: JSON.stringify(message),
  });
  if (!isNew && !bulk) await changeLane(work, slot, { from: bulkUpdates, to: 'update' });
}

/** Each answer goes its own way: no person waits for another's. */
function responseLane(responseUrl: string): string {
  return `respond:${responseUrl.slice(-20)}`;
}

async function enqueue(
  work: Work,
  message: OutgoingMessage,
  target: Target,
  dedupeKey?: string,
): Promise<void> {
  await work.db
    .insertInto('outbox')
    .values({
      ...target,
      team_id: work.workspace.teamId,
      message: JSON.stringify(message),
      dedupe_key: dedupeKey ?? null,
      available_at: work.now,
      created_at: work.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
