import type { Core } from '../core.ts';
import { SlackError } from '../errors.ts';
import type { Tier } from '../rate-limits.ts';
import type { Channel, Fields, Message, SandboxApp, SeedUser } from '../types.ts';
import { textOf } from '../values.ts';

export interface Call {
  core: Core;
  app: SandboxApp;
  /** The arguments, JSON parts already parsed. */
  args: Fields;
  scopes: ReadonlySet<string>;
  /** Set by the fault `lagging_history`: how many milliseconds of history are not there yet. */
  lagMs?: number;
}

export interface Method {
  /** The arguments it takes, those that must be there with an exclamation mark; `*` takes anything. */
  args: string;
  /** Scopes of which the token must have at least one. */
  scopes?: string[];
  /** Calls a minute; without it, the method has limits of its own. */
  tier?: Tier;
  /** Takes an app-level token instead of a bot token. */
  isAppLevel?: boolean;
  run: (call: Call) => Fields;
}

/** Refuses like Slack when the token has none of these scopes. */
export function requireScope(scopes: ReadonlySet<string>, needed: string[]): void {
  if (needed.length === 0 || needed.some((scope) => scopes.has(scope))) return;
  throw new SlackError('missing_scope', { needed: needed.join(','), provided: [...scopes].join(',') });
}

/** @throws SlackError for an argument that the method does not know, or that is missing. */
export function checkArguments({ args: signature }: Method, args: Fields): void {
  // Slack's own client adds `team_id` to every call.
  const known = ['team_id', ...signature.split(' ')];
  if (known.includes('*')) return;
  const unknown = Object.keys(args).filter((name) => !known.includes(name) && !known.includes(`${name}!`));
  const needed = known.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1));
  const absent = needed.filter((name) => args[name] === undefined || args[name] === '');
  const lines = absent.map((name) => `[ERROR] missing required field: ${name}`);
  if (lines.length > 0) throw SlackError.because('invalid_arguments', lines);
  if (unknown.length === 0) return;
  throw SlackError.because(
    'invalid_arg_name',
    unknown.map((name) => `[ERROR] unknown argument: ${name}`),
  );
}

/** A conversation that this app's bot can see: public ones, and others it is a member of. */
export function visibleChannel({ core, app, args }: Call, name = 'channel'): Channel {
  const channel = core.workspace.channels.get(textOf(args[name]) ?? '');
  if (channel === undefined || (channel.kind !== 'channel' && !channel.members.has(app.botUserId))) {
    throw new SlackError('channel_not_found');
  }
  return channel;
}

export function knownUser({ core }: Call, id: unknown): SeedUser {
  const user = core.workspace.users.get(textOf(id) ?? '');
  if (user === undefined) throw new SlackError('user_not_found');
  return user;
}

/** A message by its `ts`; ephemeral ones cannot be found by it. */
export function knownMessage(channel: Channel, ts: unknown): Message {
  const message = channel.byTs.get(textOf(ts) ?? '');
  if (message === undefined || message.ephemeral_to !== undefined) throw new SlackError('message_not_found');
  return message;
}

/** The scope for reading, writing or listing a conversation, which depends on its kind. */
export function scopeFor({ kind }: Channel, what: 'history' | 'read' | 'write'): string {
  const families = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };
  return `${families[kind]}:${what}`;
}

/** One page of a list and the cursor to the next one; at most 1,000 items, 100 when no limit is given. */
export function page<T>(items: T[], args: Fields, fallback = 100): { items: T[]; next: string } {
  const limit = limitOf(args, fallback, 1000);
  const cursor = textOf(args.cursor);
  const start = cursor === undefined ? 0 : Number(decodeCursor(cursor, 'offset'));
  const end = start + limit;
  const next = end < items.length ? encodeCursor('offset', String(end)) : '';
  return { items: items.slice(start, end), next };
}

export function limitOf(args: Fields, fallback: number, most: number): number {
  return Math.min(Math.max(Number(args.limit ?? fallback) || fallback, 1), most);
}

export function encodeCursor(kind: string, value: string): string {
  return Buffer.from(`${kind}:${value}`).toString('base64');
}

/** @throws SlackError `invalid_cursor` for anything that is not one of ours. */
export function decodeCursor(cursor: string, kind: string): string {
  const [found, value] = Buffer.from(cursor, 'base64').toString().split(':');
  if (found !== kind || value === undefined || Number.isNaN(Number(value)))
    throw new SlackError('invalid_cursor');
  return value;
}
