import { channelObject, publicMessage } from '../payloads.ts';
import type { Channel, Message } from '../types.ts';
import { isTrue, SlackError, textOf, type Fields } from '../values.ts';
import { firstAtOrAfter } from '../workspace.ts';
import { decodeCursor, encodeCursor, knownUser, limitOf, method, page } from './method.ts';
import { requireScope, visibleChannel, type Call } from './method.ts';

/** How scopes and `conversations.list` name the kinds of conversations. */
const families = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };
const types = { channel: 'public_channel', group: 'private_channel', im: 'im', mpim: 'mpim' };
const scopesTo = (what: string): string =>
  Object.values(families)
    .map((kind) => `${kind}:${what}`)
    .join(' ');

/** A visible conversation that the token's scopes cover; reading its messages also takes being in it. */
function covered(call: Call, what: 'history' | 'read' | 'write', channel = visibleChannel(call)): Channel {
  requireScope(call.scopes, [`${families[channel.kind]}:${what}`]);
  if (what === 'history' && !channel.members.has(call.app.botUserId)) throw new SlackError('not_in_channel');
  return channel;
}

/** The part of a list of messages between `oldest` and `latest`, both exclusive unless `inclusive`. */
function between(messages: Message[], { core, args, lagMs }: Call): [start: number, end: number] {
  const place = (name: 'oldest' | 'latest', otherwise: number): number => {
    if (textOf(args[name]) === undefined) return otherwise;
    const ts = Number(args[name]).toFixed(6);
    if (ts === 'NaN') throw new SlackError(`invalid_ts_${name}`);
    const at = firstAtOrAfter(messages, ts);
    const isPast = messages[at]?.ts === ts && isTrue(args.inclusive) === (name === 'latest');
    return isPast ? at + 1 : at;
  };
  const horizon = ((core.workspace.now - (lagMs ?? 0)) / 1000).toFixed(6);
  const visible = lagMs === undefined ? Infinity : firstAtOrAfter(messages, horizon);
  return [place('oldest', 0), Math.min(place('latest', messages.length), visible)];
}

/** What a list of messages answers with: what may be seen of each, and how to go on. */
function shown(messages: Message[], { args }: Call, next_cursor: string): Fields {
  const withMetadata = isTrue(args.include_all_metadata) || isTrue(args.include_metadata);
  const all = messages.map((message) => publicMessage(message, withMetadata));
  const next = next_cursor === '' ? {} : { response_metadata: { next_cursor } };
  return { messages: all, has_more: next_cursor !== '', ...next };
}

const isInHistory = ({ ts, thread_ts = ts, subtype, ephemeral_to }: Message): boolean =>
  ephemeral_to === undefined && (thread_ts === ts || subtype === 'thread_broadcast');

const span = 'channel! cursor limit oldest latest inclusive include_all_metadata include_metadata';

export const conversationMethods = {
  'conversations.history': method(3, scopesTo('history'), span, (call) => {
    const { messages } = covered(call, 'history');
    const limit = limitOf(call.args, 100, 999);
    const [start, end] = between(messages, call);
    const cursor = textOf(call.args.cursor);
    const from = cursor === undefined ? end : firstAtOrAfter(messages, decodeCursor(cursor, 'next_ts'));
    const found: Message[] = [];
    // Backwards from the newest: only what is asked for is looked at, however long the history is.
    for (let index = Math.min(end, from) - 1; index >= start && found.length <= limit; index -= 1) {
      const message = messages[index];
      if (message !== undefined && isInHistory(message)) found.push(message);
    }
    const next = found.length > limit ? encodeCursor('next_ts', found[limit - 1]?.ts ?? '') : '';
    return { ...shown(found.slice(0, limit), call, next), pin_count: 0 };
  }),
  'conversations.replies': method(3, scopesTo('history'), `${span} ts!`, (call) => {
    const { byTs, threads } = covered(call, 'history');
    const asked = byTs.get(textOf(call.args.ts) ?? '');
    const root = byTs.get(asked?.thread_ts ?? '') ?? asked;
    if (root === undefined || root.ephemeral_to !== undefined) throw new SlackError('thread_not_found');
    const thread = [root, ...(threads.get(root.ts) ?? [])];
    const [start, end] = between(thread, call);
    // Slack always begins with the message that started the thread, whatever `oldest` says.
    const wanted = [root, ...thread.slice(Math.max(start, 1), Math.max(end, 1))];
    const { items, next } = page(wanted, call.args, 1000);
    return shown(items, call, next.response_metadata.next_cursor);
  }),
  'conversations.info': method(
    3,
    scopesTo('read'),
    'channel! include_locale include_num_members',
    (call) => ({ channel: channelObject(call.core.workspace, covered(call, 'read'), call.app) }),
  ),
  'conversations.list': method(2, scopesTo('read'), 'types exclude_archived cursor limit', (call) => {
    const { core, app, args, scopes } = call;
    const wanted = (textOf(args.types) ?? 'public_channel').split(',').map((type) => type.trim());
    if (!wanted.every((type) => Object.values(types).includes(type))) throw new SlackError('invalid_types');
    const channels = [...core.workspace.channels.values()].filter(
      ({ kind, members, isArchived }) =>
        wanted.includes(types[kind]) &&
        scopes.has(`${families[kind]}:read`) &&
        (kind === 'channel' || members.has(app.botUserId)) &&
        !(isTrue(args.exclude_archived) && isArchived),
    );
    const { items, next } = page(channels, args);
    return { channels: items.map((channel) => channelObject(core.workspace, channel, app)), ...next };
  }),
  'conversations.members': method(4, scopesTo('read'), 'channel! cursor limit', (call) => {
    const { items, next } = page([...covered(call, 'read').members], call.args);
    return { members: items, ...next };
  }),
  'conversations.open': method(
    3,
    'im:write mpim:write',
    'channel users return_im prevent_creation',
    (call) => {
      const { app, args } = call;
      const { workspace } = call.core;
      const users = (textOf(args.users) ?? '').split(',').filter((id) => id !== '');
      if (args.channel === undefined && users.length === 0) throw new SlackError('users_list_not_supplied');
      if (users.length > 8) throw new SlackError('too_many_users');
      const before = workspace.channels.size;
      const ids = [app.botUserId, ...users.map((id) => knownUser(call, id).id)];
      const found = users.length > 0 ? workspace.directChannel(ids) : visibleChannel(call);
      const channel = covered(call, 'write', found);
      const known = workspace.channels.size > before ? {} : { no_op: true, already_open: true };
      const { id } = channel;
      return { channel: isTrue(args.return_im) ? channelObject(workspace, channel, app) : { id }, ...known };
    },
  ),
};
