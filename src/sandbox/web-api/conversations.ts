import { SlackError } from '../errors.ts';
import { channelObject, publicMessage } from '../payloads.ts';
import type { Channel, Fields, Message } from '../types.ts';
import { isTrue, textOf } from '../values.ts';
import { firstAtOrAfter } from '../workspace.ts';
import {
  decodeCursor,
  encodeCursor,
  knownUser,
  limitOf,
  page,
  requireScope,
  scopeFor,
  visibleChannel,
  type Call,
  type Method,
} from './method.ts';

const scopesTo = (what: string): string[] =>
  ['channels', 'groups', 'im', 'mpim'].map((kind) => `${kind}:${what}`);

/** A visible conversation that the token's scopes cover; reading its messages also takes being in it. */
function covered(call: Call, what: 'history' | 'read' | 'write'): Channel {
  const channel = visibleChannel(call);
  requireScope(call.scopes, [scopeFor(channel, what)]);
  if (what === 'history' && !channel.members.has(call.app.botUserId)) throw new SlackError('not_in_channel');
  return channel;
}

/** The part of a list of messages between `oldest` and `latest`, both exclusive unless `inclusive`. */
function between(messages: Message[], { core, args, lagMs }: Call): [start: number, end: number] {
  const isInclusive = isTrue(args.inclusive);
  const place = (name: 'oldest' | 'latest', otherwise: number): number => {
    if (textOf(args[name]) === undefined) return otherwise;
    const seconds = Number(args[name]);
    if (!Number.isFinite(seconds)) throw new SlackError(`invalid_ts_${name}`);
    const at = firstAtOrAfter(messages, seconds.toFixed(6));
    const isPast = messages[at]?.ts === seconds.toFixed(6) && isInclusive === (name === 'latest');
    return isPast ? at + 1 : at;
  };
  const visible =
    lagMs === undefined
      ? Infinity
      : firstAtOrAfter(messages, ((core.workspace.now - lagMs) / 1000).toFixed(6));
  return [place('oldest', 0), Math.min(place('latest', messages.length), visible)];
}

/** What a list of messages answers with: what may be seen of each, and how to go on. */
function shown(messages: Message[], { args }: Call, next: string): Fields {
  const withMetadata = isTrue(args.include_all_metadata) || isTrue(args.include_metadata);
  return {
    messages: messages.map((message) => publicMessage(message, withMetadata)),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function history(call: Call): Fields {
  const { messages } = covered(call, 'history');
  const limit = limitOf(call.args, 100, 999);
  const [start, end] = between(messages, call);
  const cursor = textOf(call.args.cursor);
  let index =
    cursor === undefined ? end : Math.min(end, firstAtOrAfter(messages, decodeCursor(cursor, 'next_ts')));
  const found: Message[] = [];
  // Backwards from the newest: only what is asked for is looked at, however long the history is.
  while (index > start && found.length < limit + 1) {
    const message = messages[--index];
    if (message !== undefined && isInHistory(message)) found.push(message);
  }
  const last = found[limit - 1]?.ts ?? '';
  const next = found.length > limit ? encodeCursor('next_ts', last) : '';
  return { ...shown(found.slice(0, limit), call, next), pin_count: 0 };
}

function isInHistory({ ts, thread_ts: thread, subtype, ephemeral_to: reader }: Message): boolean {
  return reader === undefined && (thread === undefined || thread === ts || subtype === 'thread_broadcast');
}

function replies(call: Call): Fields {
  const channel = covered(call, 'history');
  const asked = channel.byTs.get(textOf(call.args.ts) ?? '');
  const root = channel.byTs.get(asked?.thread_ts ?? '') ?? asked;
  if (root === undefined || root.ephemeral_to !== undefined) throw new SlackError('thread_not_found');
  const thread = [root, ...(channel.threads.get(root.ts) ?? [])];
  const [start, end] = between(thread, call);
  // Slack always begins with the message that started the thread, whatever `oldest` says.
  const wanted = [root, ...thread.slice(Math.max(start, 1), Math.max(end, 1))];
  const { items, next } = page(wanted, call.args, 1000);
  return shown(items, call, next);
}

/** The conversations of the asked kinds that this app may see, archived ones left out on request. */
function list(call: Call): Fields {
  const { core, app, args, scopes } = call;
  const kinds: Record<string, string> = {
    channel: 'public_channel',
    group: 'private_channel',
    im: 'im',
    mpim: 'mpim',
  };
  const wanted = (textOf(args.types) ?? 'public_channel').split(',').map((type) => type.trim());
  if (wanted.some((type) => !Object.values(kinds).includes(type))) throw new SlackError('invalid_types');
  const channels = [...core.workspace.channels.values()].filter(
    (channel) =>
      wanted.includes(kinds[channel.kind] ?? '') &&
      scopes.has(scopeFor(channel, 'read')) &&
      (channel.kind === 'channel' || channel.members.has(app.botUserId)) &&
      !(isTrue(args.exclude_archived) && channel.isArchived),
  );
  const { items, next } = page(channels, args);
  return {
    channels: items.map((channel) => channelObject(core.workspace, channel, app)),
    response_metadata: { next_cursor: next },
  };
}

function members(call: Call): Fields {
  const { items, next } = page([...covered(call, 'read').members], call.args);
  return { members: items, response_metadata: { next_cursor: next } };
}

function open(call: Call): Fields {
  const { core, app, args } = call;
  const users = (textOf(args.users) ?? '').split(',').filter((id) => id !== '');
  if (textOf(args.channel) === undefined && users.length === 0)
    throw new SlackError('users_list_not_supplied');
  const before = core.workspace.channels.size;
  const channel =
    users.length === 0
      ? visibleChannel(call)
      : core.workspace.directChannel([app.botUserId, ...users.map((id) => knownUser(call, id).id)]);
  requireScope(call.scopes, [scopeFor(channel, 'write')]);
  const isNew = core.workspace.channels.size > before;
  return {
    channel: isTrue(args.return_im) ? channelObject(core.workspace, channel, app) : { id: channel.id },
    ...(isNew ? {} : { no_op: true, already_open: true }),
  };
}

const part = 'cursor limit';
const span = `channel! ${part} oldest latest inclusive include_all_metadata include_metadata`;

export const conversationMethods: Record<string, Method> = {
  'conversations.info': {
    args: 'channel! include_locale include_num_members',
    scopes: scopesTo('read'),
    tier: 3,
    run: (call) => ({ channel: channelObject(call.core.workspace, covered(call, 'read'), call.app) }),
  },
  'conversations.list': {
    args: `types exclude_archived ${part}`,
    scopes: scopesTo('read'),
    tier: 2,
    run: list,
  },
  'conversations.members': { args: `channel! ${part}`, scopes: scopesTo('read'), tier: 4, run: members },
  'conversations.history': { args: span, scopes: scopesTo('history'), tier: 3, run: history },
  'conversations.replies': { args: `${span} ts!`, scopes: scopesTo('history'), tier: 3, run: replies },
  'conversations.open': {
    args: 'channel users return_im prevent_creation',
    scopes: ['im:write', 'mpim:write'],
    tier: 3,
    run: open,
  },
};
