import type { Core } from './core.ts';
import { SlackError } from './errors.ts';
import { messageChanged, messageDeleted, messagePosted } from './events.ts';
import { botProfile, publicMessage } from './payloads.ts';
import type { Channel, Fields, Message, SandboxApp } from './types.ts';
import { blockProblems, isTooLong } from './validate.ts';
import { clone, isFields, isTrue, listOf, newBlockId, textOf } from './values.ts';

/** What a message says, checked. A part that was not given is `undefined`. */
export interface Content {
  text: string | undefined;
  blocks: Fields[] | undefined;
  attachments: Fields[] | undefined;
  metadata: Message['metadata'] | undefined;
}

const longestText = 40_000;
const longestMetadata = 16_000;
const mostAttachments = 100;

/** Reads text, blocks, attachments and metadata from a call's arguments. @throws SlackError as Slack would refuse. */
export function contentOf(core: Core, args: Fields): Content {
  const text = textOf(args.text) ?? textOf(args.markdown_text);
  if ((text?.length ?? 0) > longestText) throw new SlackError('msg_too_long');
  if (args.attachments != null && !Array.isArray(args.attachments))
    throw new SlackError('invalid_attachments');
  const attachments = args.attachments == null ? undefined : numbered(listOf(args.attachments));
  if ((attachments?.length ?? 0) > mostAttachments) throw new SlackError('too_many_attachments');
  return {
    text,
    blocks: checkedBlocks(core, args.blocks),
    attachments: attachments?.map(({ blocks, ...rest }) =>
      blocks === undefined ? rest : { ...rest, blocks: checkedBlocks(core, blocks) },
    ),
    metadata: checkedMetadata(args.metadata),
  };
}

/** Attachments with the ids that Slack gives them. */
export function numbered(attachments: Fields[]): Fields[] {
  return attachments.map((attachment, index) => ({ id: index + 1, ...attachment }));
}

/** The same, for something that must have something to show. @throws SlackError `no_text` when it has not. */
export function messageContent(core: Core, args: Fields): Content {
  const content = contentOf(core, args);
  const { text, blocks, attachments } = content;
  if (text === undefined && !blocks?.length && !attachments?.length) throw new SlackError('no_text');
  return content;
}

function checkedBlocks(core: Core, given: unknown): Fields[] | undefined {
  if (given === undefined || given === null) return undefined;
  const messages = [...blockProblems(given, 'message'), ...missingFiles(core, given)];
  if (messages.length > 0) {
    const errors = messages.map((line) => line.replace(/^\[ERROR\] /, ''));
    throw SlackError.because('invalid_blocks', messages, { errors });
  }
  if (isTooLong(given)) throw new SlackError('msg_blocks_too_long');
  return withBlockIds(listOf(given));
}

function missingFiles(core: Core, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const id = isFields(value) && isFields(value.slack_file) ? textOf(value.slack_file.id) : undefined;
  const isMissing = id !== undefined && core.workspace.files.get(id)?.isComplete !== true;
  const below = Object.values(value).flatMap((item: unknown) => missingFiles(core, item));
  return isMissing ? [`[ERROR] invalid slack file: ${id}`, ...below] : below;
}

function checkedMetadata(given: unknown): Message['metadata'] | undefined {
  if (given === undefined || given === null) return undefined;
  if (!isFields(given)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(given).length === 0) return { event_type: '', event_payload: {} };
  const { event_type, event_payload } = given;
  if (typeof event_type !== 'string' || !isFields(event_payload))
    throw new SlackError('invalid_metadata_format');
  if (JSON.stringify(given).length > longestMetadata) throw new SlackError('metadata_too_large');
  return { event_type, event_payload: clone(event_payload) };
}

/** Gives every block the id that Slack would give it. */
export function withBlockIds(blocks: Fields[]): Fields[] {
  return clone(blocks).map((block) => ({ ...block, block_id: textOf(block.block_id) ?? newBlockId() }));
}

/** The fields by which a message of this app is known. */
export function authorOf(
  core: Core,
  app: { id: string; botId: string; name: string; botUserId: string },
): Fields {
  return {
    user: app.botUserId,
    bot_id: app.botId,
    app_id: app.id,
    team: core.workspace.seed.team.id,
    bot_profile: botProfile(core.workspace, app),
  };
}

/** The place of a reply: a reply to a reply belongs to the thread of that reply. */
export function inThread(
  channel: Channel,
  ts: string | undefined,
): { thread_ts?: string; parent_user_id?: string } {
  const message = channel.byTs.get(ts ?? '');
  if (message === undefined) return {};
  const root = channel.byTs.get(message.thread_ts ?? '') ?? message;
  return { thread_ts: root.ts, parent_user_id: root.user };
}

/** Stores an app's message and tells every app in the channel about it. */
export function postAsApp(
  core: Core,
  app: SandboxApp,
  channel: Channel,
  content: Content,
  extra: { thread_ts?: string; reply_broadcast?: unknown; username?: string; files?: Fields[] } = {},
): Message {
  const { thread_ts: threadTs, username, files } = extra;
  if (threadTs !== undefined && !channel.byTs.has(threadTs)) throw new SlackError('thread_not_found');
  const isBroadcast = threadTs !== undefined && isTrue(extra.reply_broadcast);
  const message = core.workspace.addMessage(channel, {
    ...authorOf(core, app),
    ...shown(content),
    ...(username === undefined ? {} : { username }),
    ...(files === undefined ? {} : { files, subtype: 'file_share' }),
    ...inThread(channel, threadTs),
    ...(isBroadcast ? { subtype: 'thread_broadcast' } : {}),
  });
  messagePosted(core, channel, message);
  return message;
}

/** Shows a message to one person only; it is part of no history and causes no event. */
export function postEphemeral(
  core: Core,
  app: SandboxApp,
  channel: Channel,
  user: string,
  content: Content,
  threadTs?: string,
): Message {
  const place = threadTs === undefined ? {} : { thread_ts: threadTs };
  const own = { subtype: 'ephemeral', ephemeral_to: user, ...place };
  return core.workspace.addMessage(channel, { ...authorOf(core, app), ...shown(content), ...own });
}

function shown({ text = '', blocks, attachments, metadata }: Content): Fields & { text: string } {
  return {
    text,
    ...(blocks?.length ? { blocks } : {}),
    ...(attachments?.length ? { attachments } : {}),
    ...(metadata?.event_type ? { metadata } : {}),
  };
}

/**
 * Changes an app's message. As in Slack, new text without blocks removes the blocks, blocks leave no "edited" mark,
 * and metadata and attachments stay unless given.
 */
export function updateMessage(core: Core, channel: Channel, message: Message, content: Content): void {
  const previous = publicMessage(message);
  const { text, blocks, attachments, metadata } = content;
  const isTextOnly = text !== undefined && blocks === undefined;
  core.workspace.replaceMessage(channel, message, {
    text: text ?? message.text,
    blocks: isTextOnly || blocks?.length === 0 ? undefined : (blocks ?? message.blocks),
    attachments: attachments?.length === 0 ? undefined : (attachments ?? message.attachments),
    metadata: metadata?.event_type === '' ? undefined : (metadata ?? message.metadata),
    ...(isTextOnly ? { edited: { user: message.user, ts: core.workspace.nextTs() } } : {}),
  });
  if (message.ephemeral_to === undefined) messageChanged(core, channel, message, previous);
}

export function deleteMessage(core: Core, channel: Channel, message: Message): void {
  const previous = publicMessage(message);
  core.workspace.removeMessage(channel, message);
  if (message.ephemeral_to === undefined) messageDeleted(core, channel, message.ts, previous);
}
