import { WebAPIHTTPError, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { OutboxRow } from '../db/schema.ts';
import type { Rendered, RenderedFile } from './message.ts';
import { NothingShown } from './outcome.ts';

/** Where a message goes, all slots resolved. */
export interface Place {
  channelId: string;
  threadTs?: string;
  /** The message to replace, for an update. */
  ts?: string;
}

/** A message's place in Slack once it is there. */
export interface Posted {
  channelId: string;
  ts: string;
}

const metadataEvent = 'sixth_touch_message';

/** Sends one message. @throws whatever the Slack client throws; `failureOf` sorts it. */
export async function send(
  slack: WebClient,
  row: OutboxRow,
  place: Place,
  content: Pick<Rendered, 'text' | 'blocks' | 'file'>,
): Promise<Posted | undefined> {
  const text = row.kind === 'post' && content.file ? content.file.missing : content.text;
  const blocks = content.blocks ?? [];
  switch (row.kind) {
    case 'post': {
      const metadata = {
        event_type: metadataEvent,
        event_payload: { outbox_id: row.id, queued_at: row.created_at },
      };
      const thread = place.threadTs === undefined ? {} : { thread_ts: place.threadTs };
      const result = await slack.chat.postMessage({
        channel: place.channelId,
        text,
        blocks,
        metadata,
        unfurl_links: false,
        unfurl_media: false,
        ...thread,
      });
      return { channelId: result.channel ?? place.channelId, ts: result.ts ?? '' };
    }
    case 'update':
      await slack.chat.update({ channel: place.channelId, ts: place.ts ?? '', text, blocks });
      return undefined;
    case 'ephemeral': {
      const thread = place.threadTs === undefined ? {} : { thread_ts: place.threadTs };
      await slack.chat.postEphemeral({
        channel: place.channelId,
        user: row.user_id ?? '',
        text,
        blocks,
        ...thread,
      });
      return undefined;
    }
    case 'respond':
      await respond(row.response_url ?? '', { replace_original: true, text, blocks });
      return undefined;
    case 'reply':
      await respond(row.response_url ?? '', {
        response_type: 'ephemeral',
        replace_original: false,
        text,
        blocks,
      });
      return undefined;
    case 'file':
      if (!content.file) throw new Error(`The message of outbox row ${row.id} renders no file.`);
      await sendFile(slack, place, text, content.file);
      return undefined;
  }
}

/** Only the last of the three calls shows the file to somebody: before that, trying again repeats nothing. */
async function sendFile(slack: WebClient, place: Place, text: string, file: RenderedFile): Promise<void> {
  const id = await uploadFile(slack, file).catch((error: unknown) => {
    throw new NothingShown(error);
  });
  await slack.files.completeUploadExternal({
    files: [{ id, title: file.name }],
    channel_id: place.channelId,
    thread_ts: place.threadTs,
    initial_comment: text,
  });
}

/** @returns the id of a file that nobody sees yet */
async function uploadFile(slack: WebClient, { name, content }: RenderedFile): Promise<string> {
  const place = await slack.files.getUploadURLExternal({ filename: name, length: content.length });
  if (place.upload_url === undefined || place.file_id === undefined) {
    throw new Error('files.getUploadURLExternal returned no place to upload to');
  }
  const response = await fetch(place.upload_url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(content),
    signal: AbortSignal.timeout(25_000),
  });
  if (!response.ok)
    throw new WebAPIHTTPError(response.status, response.statusText, {}, await response.text());
  return place.file_id;
}

/** Opens (or finds) the direct message channel of the app and a person. */
export async function openDirectChannel(slack: WebClient, userId: string): Promise<string> {
  const { channel } = await slack.conversations.open({ users: userId });
  if (!channel?.id) throw new Error(`conversations.open returned no channel for ${userId}`);
  return channel.id;
}

/**
 * Looks for the messages that this row became, oldest first. The time of queueing counts as well as the id: after a
 * restored backup the same ids come again. Ten minutes are allowed for between Slack's clock and ours.
 */
export async function findPosted(
  slack: WebClient,
  row: Pick<OutboxRow, 'id' | 'created_at'>,
  place: Place,
): Promise<Posted[]> {
  const oldest = (row.created_at / 1000 - 600).toFixed(6);
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = { channel: place.channelId, oldest, limit: 200, include_all_metadata: true, cursor };
    const result =
      place.threadTs === undefined
        ? await slack.conversations.history(page)
        : await slack.conversations.replies({ ...page, ts: place.threadTs });
    for (const message of result.messages ?? []) {
      const { event_type: type, event_payload: payload } = message.metadata ?? {};
      const mark: { outbox_id?: unknown; queued_at?: unknown } = payload ?? {};
      const isOurs = type === metadataEvent && mark.outbox_id === row.id && mark.queued_at === row.created_at;
      if (isOurs && message.ts) found.push(message.ts);
    }
    cursor = result.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return found.sort().map((ts) => ({ channelId: place.channelId, ts }));
}

async function respond(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.ok) return;
  // Slack's error code, plain or in JSON, such as invalid_blocks; after expired_url and used_url nothing is left to say.
  const answer = await response.text();
  if (response.status >= 500) throw new WebAPIHTTPError(response.status, response.statusText, {}, answer);
  const code = /^(?:.*"error":\s*")?([a-z0-9_]+)(?:"|$)/.exec(answer)?.[1];
  if (code === undefined) throw new WebAPIHTTPError(response.status, response.statusText, {}, answer);
  throw new WebAPIPlatformError({ ok: false, error: code });
}
