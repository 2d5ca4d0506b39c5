import { z } from 'zod';
import type { SlackPost } from './post-text.ts';

/** What Slack says happened to a post: it was edited, or (without `post`) deleted. */
export interface Change {
  channelId: string;
  /** The post's own. */
  ts: string;
  /** When it happened, by Slack's count: later changes have greater ones. */
  happenedTs: string;
  /** As it reads now. */
  post?: SlackPost;
  before?: SlackPost;
}

/** What any message has; the rest of it is read by those who trust nothing. */
export const anyMessage = z.looseObject({
  ts: z.string(),
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  thread_ts: z.string().nullish(),
});

const place = { channel: z.string(), ts: z.string() };
const event = z.discriminatedUnion('subtype', [
  z.object({
    ...place,
    subtype: z.literal('message_changed'),
    message: anyMessage,
    previous_message: anyMessage.optional().catch(undefined),
  }),
  z.object({ ...place, subtype: z.literal('message_deleted'), deleted_ts: z.string() }),
]);

/** The change that a message event tells of; undefined for a message itself. */
export function changeOf(message: unknown): Change | undefined {
  const parsed = event.safeParse(message);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const { channel: channelId, ts: happenedTs } = data;
  if (data.subtype === 'message_deleted') return { channelId, ts: data.deleted_ts, happenedTs };
  const { ts, subtype } = data.message;
  // What was deleted and has a thread leaves a stone behind: for us it is gone.
  if (subtype === 'tombstone') return { channelId, ts, happenedTs };
  return {
    channelId,
    ts,
    happenedTs,
    post: data.message as SlackPost,
    before: data.previous_message as SlackPost | undefined,
  };
}
