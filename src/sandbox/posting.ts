import type { Core } from './core.ts';
import { messageAltered, messagePosted } from './events.ts';
import { authorOf, publicMessage } from './payloads.ts';
import type { Channel, Message, SandboxApp } from './types.ts';
import { blockProblems, isTooLong } from './validate.ts';
import { isFields, listOf, newId, SlackError, textOf, type Fields } from './values.ts';

/** What a message says, checked. A part that was not given is `undefined`. */
export type Content = ReturnType<typeof contentOf>;

const [longestText, longestMetadata, mostAttachments] = [40_000, 16_000, 100];

/** Reads text, blocks, attachments and metadata from a call's arguments. @throws SlackError as Slack would refuse. */
export function contentOf(core: Core, args: Fields) {
  const { attachments: given } = args;
  const text = textOf(args.text);
  if ((text?.length ?? 0) > longestText) throw new SlackError('msg_too_long');
  if (given != null && !Array.isArray(given)) throw new SlackError('invalid_attachments');
  const attachments = given == null ? undefined : numbered(listOf(given));
  if ((attachments?.length ?? 0) > mostAttachments) throw new SlackError('too_many_attachments');
  for (const attachment of attachments ?? []) attachment.blocks = checkedBlocks(core, attachment.blocks);
  return {
    text,
    blocks: checkedBlocks(core, args.blocks),
    attachments,
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
  if (given == null) return undefined;
  const messages = [...blockProblems(given, 'message'), ...missingFiles(core, given)];
  const errors = messages.map((line) => line.replace(/^\[ERROR\] /, ''));
  if (messages.length > 0) throw new SlackError('invalid_blocks', { errors }, messages);
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
  if (given == null) return undefined;
  const { event_type, event_payload } = isFields(given) ? given : {};
  if (isFields(given) && Object.keys(given).length === 0) return { event_type: '', event_payload: {} };
  const isWellFormed = typeof event_type === 'string' && isFields(event_payload);
  if (!isWellFormed) throw new SlackError('invalid_metadata_format');
  if (JSON.stringify(given).length > longestMetadata) throw new SlackError('metadata_too_large');
  return { event_type, event_payload: structuredClone(event_payload) };
}

/** Gives every block the id that Slack would give it. */
export function withBlockIds(blocks: Fields[]): Fields[] {
  return blocks.map((block) => ({ ...block, block_id: textOf(block.block_id) ?? newId('').slice(0, 5) }));
}

/** The place of a reply: a reply to a reply belongs to the thread of that reply. */
export function inThread(
  { byTs }: Channel,
  ts: string | undefined,
): { thread_ts?: string; parent_user_id?: string } {
  const message = byTs.get(ts ?? '');
  const root = byTs.get(message?.thread_ts ?? '') ?? message;
  return root === undefined ? {} : { thread_ts: root.ts, parent_user_id: root.user };
}

/** Stores an app's message and tells every app in the channel about it; `extra` is what the content does not say. */
export function postAsApp(
  core: Core,
  app: SandboxApp,
  channel: Channel,
  content: Content,
  extra: { thread_ts?: string; username?: string; files?: Fields[] } = {},
): Message {
  const { thread_ts: threadTs, ...rest } = extra;
  if (threadTs !== undefined && !channel.byTs.has(threadTs)) throw new SlackError('thread_not_found');
  const subtype = rest.files && 'file_share';
  const author = authorOf(core.workspace, app);
  const own = { ...author, ...shown(content), ...rest, subtype, ...inThread(channel, threadTs) };
  const message = core.workspace.addMessage(channel, own);
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
  thread_ts?: string,
): Message {
  const own = { subtype: 'ephemeral', ephemeral_to: user, thread_ts };
  return core.workspace.addMessage(channel, { ...authorOf(core.workspace, app), ...shown(content), ...own });
}

function shown({ text = '', blocks, attachments, metadata }: Content): Fields & { text: string } {
  return {
    text,
    blocks: blocks?.length ? blocks : undefined,
    attachments: attachments?.length ? attachments : undefined,
    metadata: metadata?.event_type ? metadata : undefined,
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
    ...(isTextOnly && { edited: { user: message.user, ts: core.workspace.nextTs() } }),
  });
  messageAltered(core, channel, message, 'message_changed', previous);
}

export function deleteMessage(core: Core, channel: Channel, message: Message): void {
  const previous = publicMessage(message);
  core.workspace.removeMessage(channel, message);
  messageAltered(core, channel, message, 'message_deleted', previous);
}
