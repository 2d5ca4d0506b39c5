import type { Core } from './core.ts';
import { SlackError } from './errors.ts';
import { botProfile, publicMessage } from './payloads.ts';
import type { Channel, Fields, Message, SandboxApp } from './types.ts';
import { blockProblems, longestBlocks, textLength } from './validate-blocks.ts';
import { clone, isFields, isTrue, listOf, newBlockId, textOf } from './values.ts';

/** What a message says, checked. A part that was not given is `undefined`. */
export interface Content {
  text: string | undefined;
  blocks: Fields[] | undefined;
  attachments: Fields[] | undefined;
  metadata: Message['metadata'] | undefined;
}

const longestText = 40_000;

/** Reads text, blocks, attachments and metadata from a call's arguments. @throws SlackError as Slack would refuse. */
export function contentOf(core: Core, args: Fields): Content {
  const text = textOf(args.text) ?? textOf(args.markdown_text);
  if ((text?.length ?? 0) > longestText) throw new SlackError('msg_too_long');
  if (args.attachments !== undefined && !Array.isArray(args.attachments)) {
    throw new SlackError('invalid_attachments');
  }
  const attachments = args.attachments === undefined ? undefined : listOf(args.attachments);
  if ((attachments?.length ?? 0) > 100) throw new SlackError('too_many_attachments');
  return {
    text,
    blocks: checkedBlocks(core, args.blocks),
    attachments: attachments?.map((attachment, index) =>
      attachment.blocks === undefined
        ? { id: index + 1, ...attachment }
        : { id: index + 1, ...attachment, blocks: checkedBlocks(core, attachment.blocks) },
    ),
    metadata: checkedMetadata(args.metadata),
  };
}

/** @throws SlackError `no_text` when there is nothing to show. */
export function refuseEmpty({ text, blocks, attachments }: Content): void {
  if (text === undefined && !blocks?.length && !attachments?.length) throw new SlackError('no_text');
}

function checkedBlocks(core: Core, given: unknown): Fields[] | undefined {
  if (given === undefined || given === null) return undefined;
  const messages = [...blockProblems(given, 'message'), ...missingFiles(core, given)];
  if (messages.length > 0) {
    throw new SlackError('invalid_blocks', { errors: messages.map(bare), response_metadata: { messages } });
  }
  if (textLength(given) > longestBlocks) throw new SlackError('msg_blocks_too_long');
  return withBlockIds(listOf(given));
}

function bare(line: string): string {
  return line.replace(/^\[ERROR\] /, '');
}

function missingFiles(core: Core, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => missingFiles(core, item));
  if (!isFields(value)) return [];
  const id = isFields(value.slack_file) ? textOf(value.slack_file.id) : undefined;
  const isMissing = id !== undefined && core.workspace.files.get(id)?.isComplete !== true;
  return [
    ...(isMissing ? [`[ERROR] invalid slack file: ${id}`] : []),
    ...missingFiles(core, Object.values(value)),
  ];
}

function checkedMetadata(given: unknown): Message['metadata'] | undefined {
  if (given === undefined || given === null) return undefined;
  if (!isFields(given)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(given).length === 0) return { event_type: '', event_payload: {} };
  if (typeof given.event_type !== 'string' || !isFields(given.event_payload)) {
    throw new SlackError('invalid_metadata_format');
  }
  if (JSON.stringify(given).length > 16_000) throw new SlackError('metadata_too_large');
  return { event_type: given.event_type, event_payload: clone(given.event_payload) };
}

/** Gives every block the id that Slack would give it. */
export function withBlockIds(blocks: Fields[]): Fields[] {
  return clone(blocks).map((block) => ({ ...block, block_id: textOf(block.block_id) ?? newBlockId() }));
}

/** The fields by which a message of this app is known. */
export function authorOf(core: Core, app: SandboxApp): Fields {
  return {
    user: app.botUserId,
    bot_id: app.botId,
    app_id: app.id,
    team: core.workspace.seed.team.id,
    bot_profile: botProfile(core.workspace, app),
  };
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
  const root = threadTs === undefined ? undefined : rootOf(channel, threadTs);
  const message = core.workspace.addMessage(channel, {
    ...authorOf(core, app),
    ...shown(content),
    ...(username === undefined ? {} : { username }),
    ...(files === undefined ? {} : { files, subtype: 'file_share' }),
    ...(root === undefined ? {} : { thread_ts: root.ts, parent_user_id: root.user }),
    ...(root !== undefined && isTrue(extra.reply_broadcast) ? { subtype: 'thread_broadcast' } : {}),
  });
  core.events.messagePosted(channel, message);
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
  return core.workspace.addMessage(channel, {
    ...authorOf(core, app),
    ...shown(content),
    subtype: 'ephemeral',
    ephemeral_to: user,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
}

function shown({ text, blocks, attachments, metadata }: Content): Fields & { text: string } {
  return {
    text: text ?? '',
    ...(blocks === undefined || blocks.length === 0 ? {} : { blocks }),
    ...(attachments === undefined || attachments.length === 0 ? {} : { attachments }),
    ...(metadata === undefined || metadata.event_type === '' ? {} : { metadata }),
  };
}

/** A reply to a reply belongs to the thread of that reply. */
function rootOf(channel: Channel, ts: string): Message | undefined {
  const message = channel.byTs.get(ts);
  return message?.thread_ts === undefined ? message : (channel.byTs.get(message.thread_ts) ?? message);
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
  if (message.ephemeral_to === undefined) core.events.messageChanged(channel, message, previous);
}

export function deleteMessage(core: Core, channel: Channel, message: Message): void {
  const previous = publicMessage(message);
  core.workspace.removeMessage(channel, message);
  if (message.ephemeral_to === undefined) core.events.messageDeleted(channel, message.ts, previous);
}
