import { SlackError } from '../errors.ts';
import { joinChannel } from '../membership.ts';
import { channelObject, publicMessage } from '../payloads.ts';
import type { Channel, Fields, Message } from '../types.ts';
import { isTrue, textOf } from '../values.ts';
import { firstAtOrAfter } from '../workspace.ts';
import {
  decodeCursor,
  encodeCursor,
  knownUser,
  page,
  required,
  requireScope,
  scopeFor,
  visibleChannel,
  type Call,
  type Method,
} from './method.ts';

const readScopes = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const historyScopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const writeScopes = ['im:write', 'mpim:write'];

/** The conversations of the asked kinds, archived ones left out on request. */
export function listedChannels({ core, app, args }: Call, isListed: (channel: Channel) => boolean): Fields[] {
  const kinds: Record<string, Channel['kind']> = {
    public_channel: 'channel',
    private_channel: 'group',
    im: 'im',
    mpim: 'mpim',
  };
  const wanted = (textOf(args.types) ?? 'public_channel').split(',').map((type) => kinds[type.trim()]);
  return [...core.workspace.channels.values()]
    .filter((channel) => wanted.includes(channel.kind) && isListed(channel))
    .filter((channel) => !(isTrue(args.exclude_archived) && channel.isArchived))
    .map((channel) => channelObject(core.workspace, channel, app));
}

/** A conversation whose messages this app may read. */
function readable(call: Call): Channel {
  const channel = visibleChannel(call);
  requireScope(call.scopes, [scopeFor(channel, 'history')]);
  if (!channel.members.has(call.app.botUserId)) throw new SlackError('not_in_channel');
  return channel;
}

/** The part of a list of messages between `oldest` and `latest`, both exclusive unless `inclusive`. */
function between(messages: Message[], { core, args, lagMs }: Call): [number, number] {
  const inclusive = isTrue(args.inclusive);
  const at = (ts: unknown): string => (Number(ts).toFixed(6) === 'NaN' ? '' : Number(ts).toFixed(6));
  const oldest = textOf(args.oldest);
  const latest = textOf(args.latest);
  const after = (ts: string): number =>
    firstAtOrAfter(messages, ts) + (messages[firstAtOrAfter(messages, ts)]?.ts === ts ? 1 : 0);
  const start =
    oldest === undefined ? 0 : inclusive ? firstAtOrAfter(messages, at(oldest)) : after(at(oldest));
  const end =
    latest === undefined
      ? messages.length
      : inclusive
        ? after(at(latest))
        : firstAtOrAfter(messages, at(latest));
  const visible =
    lagMs === undefined ? end : firstAtOrAfter(messages, at((core.workspace.now - lagMs) / 1000));
  return [start, Math.min(end, visible)];
}

function withMetadata({ args }: Call): boolean {
  return isTrue(args.include_all_metadata) || isTrue(args.include_metadata);
}

function limitOf(args: Fields, fallback: number, most: number): number {
  return Math.min(Math.max(Number(args.limit ?? fallback) || fallback, 1), most);
}

function history(call: Call): Fields {
  const channel = readable(call);
  const limit = limitOf(call.args, 100, 999);
  const [start, end] = between(channel.messages, call);
  const cursor = textOf(call.args.cursor);
  let index =
    cursor === undefined
      ? end
      : Math.min(end, firstAtOrAfter(channel.messages, decodeCursor(cursor, 'next_ts')));
  const found: Message[] = [];
  // Backwards from the newest: only what is asked for is looked at, however long the history is.
  while (index > start && found.length < limit + 1) {
    const message = channel.messages[--index];
    if (message !== undefined && isInHistory(message)) found.push(message);
  }
  const shown = found.slice(0, limit);
  const next = found.length > limit ? (shown.at(-1)?.ts ?? '') : '';
  return {
    messages: shown.map((message) => publicMessage(message, withMetadata(call))),
    has_more: next !== '',
    pin_count: 0,
    ...(next === '' ? {} : { response_metadata: { next_cursor: encodeCursor('next_ts', next) } }),
  };
}

function isInHistory(message: Message): boolean {
  const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  return message.ephemeral_to === undefined && (!isReply || message.subtype === 'thread_broadcast');
}

function replies(call: Call): Fields {
  const channel = readable(call);
  const asked = channel.byTs.get(required(call.args, 'ts'));
  const root = asked?.thread_ts === undefined ? asked : (channel.byTs.get(asked.thread_ts) ?? asked);
  if (root === undefined || root.ephemeral_to !== undefined) throw new SlackError('thread_not_found');
  const thread = [root, ...(channel.threads.get(root.ts) ?? [])];
  const [start, end] = between(thread, call);
  // Slack always begins with the message that started the thread, whatever `oldest` says.
  const wanted = thread.slice(start === 0 ? 1 : start, Math.max(end, 1));
  const { items, next } = page([root, ...wanted], { ...call.args, limit: limitOf(call.args, 1000, 1000) });
  return {
    messages: items.map((message) => publicMessage(message, withMetadata(call))),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

export const conversationMethods: Record<string, Method> = {
  'conversations.info': {
    scopes: readScopes,
    run: (call) => {
      const channel = visibleChannel(call);
      requireScope(call.scopes, [scopeFor(channel, 'read')]);
      return { channel: channelObject(call.core.workspace, channel, call.app) };
    },
  },
  'conversations.list': {
    scopes: readScopes,
    run: (call) => {
      const isListed = (channel: Channel): boolean =>
        call.scopes.has(scopeFor(channel, 'read')) &&
        (channel.kind === 'channel' || channel.members.has(call.app.botUserId));
      const { items, next } = page(listedChannels(call, isListed), call.args);
      return { channels: items, response_metadata: { next_cursor: next } };
    },
  },
  'conversations.members': {
    scopes: readScopes,
    run: (call) => {
      const channel = visibleChannel(call);
      requireScope(call.scopes, [scopeFor(channel, 'read')]);
      const { items, next } = page([...channel.members], call.args);
      return { members: items, response_metadata: { next_cursor: next } };
    },
  },
  'conversations.history': { scopes: historyScopes, run: history },
  'conversations.replies': { scopes: historyScopes, run: replies },
  'conversations.open': {
    scopes: writeScopes,
    run: (call) => {
      const { core, app, args } = call;
      const channelId = textOf(args.channel);
      const users = (textOf(args.users) ?? '').split(',').filter((id) => id !== '');
      if (channelId === undefined && users.length === 0) throw new SlackError('users_list_not_supplied');
      const before = core.workspace.channels.size;
      const channel =
        channelId === undefined
          ? core.workspace.directChannel([app.botUserId, ...users.map((id) => knownUser(call, id).id)])
          : visibleChannel(call);
      requireScope(call.scopes, [scopeFor(channel, 'write')]);
      const isNew = core.workspace.channels.size > before;
      const shown = isTrue(args.return_im) ? channelObject(core.workspace, channel, app) : { id: channel.id };
      return { channel: shown, ...(isNew ? {} : { no_op: true, already_open: true }) };
    },
  },
  'conversations.join': {
    scopes: ['channels:join'],
    run: (call) => {
      const channel = visibleChannel(call);
      if (channel.kind !== 'channel') throw new SlackError('method_not_supported_for_channel_type');
      if (channel.isArchived) throw new SlackError('is_archived');
      const isMember = channel.members.has(call.app.botUserId);
      if (!isMember) joinChannel(call.core, channel, call.app.botUserId);
      return {
        channel: channelObject(call.core.workspace, channel, call.app),
        ...(isMember ? { warning: 'already_in_channel' } : {}),
      };
    },
  },
};
