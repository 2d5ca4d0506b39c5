import { publicMessage } from '../payloads.ts';
import type { Channel, Message } from '../types.ts';
import { isTrue, SlackError, textOf, type Fields } from '../values.ts';
import { firstAtOrAfter } from '../workspace.ts';
import { knownUser, method, requireScope, visibleChannel, type Call } from './method.ts';

const scopeFor = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
};
const anyScope = Object.values(scopeFor).join(' ');

/** A conversation that the bot is in and that the token's scopes let it read. */
function readable(call: Call): Channel {
  const channel = visibleChannel(call);
  requireScope(call.scopes, [scopeFor[channel.kind]]);
  if (!channel.members.has(call.app.botUserId)) throw new SlackError('not_in_channel');
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

const limitOf = ({ limit }: Fields, otherwise: number, most: number): number =>
  Math.min(Math.max(Number(limit ?? otherwise) || otherwise, 1), most);

const encodeCursor = (ts?: string): string =>
  ts === undefined ? '' : Buffer.from(`next_ts:${ts}`).toString('base64');

/** @throws SlackError `invalid_cursor` for anything that is not one of ours. */
function decodeCursor(cursor: string): string {
  const [, ts] = /^next_ts:([\d.]+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (ts === undefined) throw new SlackError('invalid_cursor');
  return ts;
}

/** What a list of messages answers with: what may be seen of each, and how to go on. */
function shown(messages: Message[], { args }: Call, next_cursor: string): Fields {
  const withMetadata = isTrue(args.include_all_metadata) || isTrue(args.include_metadata);
  const all = messages.map((message) => publicMessage(message, withMetadata));
  const next = next_cursor === '' ? {} : { response_metadata: { next_cursor } };
  return { messages: all, has_more: next_cursor !== '', ...next };
}

const isInHistory = ({ ts, thread_ts = ts, ephemeral_to }: Message): boolean =>
  ephemeral_to === undefined && thread_ts === ts;

const span = 'channel! cursor limit oldest latest inclusive include_all_metadata include_metadata';

export const conversationMethods = {
  'conversations.history': method(3, anyScope, span, (call) => {
    const { messages } = readable(call);
    const limit = limitOf(call.args, 100, 999);
    const [start, end] = between(messages, call);
    const cursor = textOf(call.args.cursor);
    const from = cursor === undefined ? end : firstAtOrAfter(messages, decodeCursor(cursor));
    const found: Message[] = [];
    // Backwards from the newest: only what is asked for is looked at, however long the history is.
    for (let index = Math.min(end, from) - 1; index >= start && found.length <= limit; index -= 1) {
      const message = messages[index];
      if (message !== undefined && isInHistory(message)) found.push(message);
    }
    const next = found.length > limit ? found[limit - 1]?.ts : undefined;
    return { ...shown(found.slice(0, limit), call, encodeCursor(next)), pin_count: 0 };
  }),
  'conversations.replies': method(3, anyScope, `${span} ts!`, (call) => {
    const { byTs, threads } = readable(call);
    const asked = byTs.get(textOf(call.args.ts) ?? '');
    const root = byTs.get(asked?.thread_ts ?? '') ?? asked;
    if (root === undefined || root.ephemeral_to !== undefined) throw new SlackError('thread_not_found');
    const thread = [root, ...(threads.get(root.ts) ?? [])];
    const [start, end] = between(thread, call);
    // Slack always begins with the message that started the thread, whatever `oldest` says.
    const wanted = [root, ...thread.slice(Math.max(start, 1), Math.max(end, 1))];
    const cursor = textOf(call.args.cursor);
    const from = cursor === undefined ? 0 : firstAtOrAfter(wanted, decodeCursor(cursor));
    const to = from + limitOf(call.args, 1000, 1000);
    return shown(wanted.slice(from, to), call, encodeCursor(wanted[to]?.ts));
  }),
  'conversations.open': method(3, 'im:write mpim:write', 'users', (call) => {
    const { workspace } = call.core;
    const users = (textOf(call.args.users) ?? '').split(',').filter((id) => id !== '');
    if (users.length === 0) throw new SlackError('users_list_not_supplied');
    if (users.length > 8) throw new SlackError('too_many_users');
    requireScope(call.scopes, [users.length > 1 ? 'mpim:write' : 'im:write']);
    const ids = [call.app.botUserId, ...users.map((id) => knownUser(call, id).id)];
    const before = workspace.channels.size;
    const { id } = workspace.directChannel(ids);
    const known = workspace.channels.size > before ? {} : { no_op: true, already_open: true };
    return { channel: { id }, ...known };
  }),
};
