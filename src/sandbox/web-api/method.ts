import type { Core } from '../core.ts';
import type { Channel, Message, SandboxApp, SeedUser } from '../types.ts';
import { SlackError, textOf, type Fields } from '../values.ts';

export interface Call {
  core: Core;
  app: SandboxApp;
  /** The arguments, JSON parts already parsed. */
  args: Fields;
  scopes: ReadonlySet<string>;
  /** Set by the fault `lagging_history`: how many milliseconds of history are not there yet. */
  lagMs?: number;
}

/**
 * `perMinute` is what the method's tier allows, 0 where there is no tier; `scopes` of which the token must have one;
 * `args` that it takes, with an exclamation mark those that must be there.
 */
export interface Method {
  perMinute: number;
  scopes: string[];
  args: string[];
  run: (call: Call) => Fields;
}
const callsInTier = { 0: 0, 3: 50, 4: 100 };
const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

export const method = (tier: 0 | 3 | 4, scopes: string, args: string, run: Method['run']): Method => ({
  perMinute: callsInTier[tier],
  scopes: words(scopes),
  args: words(args),
  run,
});

/** Refuses like Slack when the token has none of these scopes. */
export function requireScope(scopes: ReadonlySet<string>, needed: string[]): void {
  if (needed.length === 0 || needed.some((scope) => scopes.has(scope))) return;
  throw new SlackError('missing_scope', { needed: needed.join(','), provided: [...scopes].join(',') });
}

/** @throws SlackError for an argument that is missing, or that the method does not know. */
export function checkArguments({ args: names }: Method, args: Fields): void {
  const needed = names.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1));
  const absent = needed.filter((name) => args[name] === undefined || args[name] === '');
  const missing = absent.map((name) => `[ERROR] missing required field: ${name}`);
  if (missing.length > 0) throw new SlackError('invalid_arguments', {}, missing);
  // Slack's own client adds `team_id` to every call.
  const known = new Set(['team_id', ...names, ...needed]);
  const unknown = Object.keys(args).filter((name) => !known.has(name));
  const lines = unknown.map((name) => `[ERROR] unknown argument: ${name}`);
  if (lines.length > 0) throw new SlackError('invalid_arg_name', {}, lines);
}

/** A conversation that this app's bot can see: public ones, and others it is a member of. */
export function visibleChannel({ core, app, args }: Call, refusal = 'channel_not_found'): Channel {
  const channel = core.workspace.channels.get(textOf(args.channel ?? args.channel_id) ?? '');
  if (channel?.kind === 'channel' || channel?.members.has(app.botUserId)) return channel;
  throw new SlackError(refusal);
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
