import { isDeepStrictEqual } from 'node:util';
import type { SandboxClock } from './clock.ts';
import type { StoredFile } from './files.ts';
import type { Change, Message, OpenView, SandboxApp, SandboxSeed, SeedUser, StateValues } from './types.ts';
import { ControlError, newId, type Fields } from './values.ts';

type Kind = 'channel' | 'group' | 'im' | 'mpim';
export type Channel = ReturnType<typeof newChannel>;

function newChannel(id: string, name: string, kind: Kind, members: string[], created: number) {
  return {
    ...{ id, name, kind, members: new Set(members), created, isArchived: false },
    /** Every message, thread replies and ephemeral ones included, oldest first. */
    messages: [] as Message[],
    byTs: new Map<string, Message>(),
    /** Replies by the `ts` of the message that started the thread. */
    threads: new Map<string, Message[]>(),
    /** Grows with every change; `changes` says by `ts` when a message was last changed or removed. */
    rev: 0,
    changes: new Map<string, number>(),
  };
}

/** Where a `response_url` leads: what the person acted on. */
export type ResponseTarget = { app: SandboxApp; channel: Channel; user: string; messageTs?: string };

export const isDirect = ({ kind }: { kind: Kind }): boolean => kind === 'im' || kind === 'mpim';

/** Where the first message with this `ts` or a later one stands. */
export function firstAtOrAfter(messages: Message[], ts: string): number {
  // From the end, where nearly everything that is asked for stands.
  return messages.findLastIndex((message) => message.ts < ts) + 1;
}

/** Everything the sandbox remembers. It knows no app's rules and sends nothing: it only keeps and counts. */
export class Workspace {
  readonly seed: SandboxSeed;
  readonly #clock: SandboxClock;
  #listeners = new Set<(change: Change) => void>();
  #lastMicros = 0;
  #rev = 0;

  users = new Map<string, SeedUser>();
  channels = new Map<string, Channel>();
  files = new Map<string, StoredFile>();
  /** A person's open modals, the one on top last; published Homes by `app:user`. */
  stacks = new Map<string, OpenView[]>();
  homes = new Map<string, OpenView>();
  /** Who may open a modal with a `trigger_id`; `createdMs` is real time, as the app's answer takes real time. */
  triggers = new Map<string, { appId: string; user: string; createdMs: number; isUsed: boolean }>();
  responses = new Map<string, ResponseTarget & { createdMs: number; left: number }>();
  /** What people chose in a message's elements, by `channel:ts:user`. */
  messageStates = new Map<string, StateValues>();
  /** Unread messages by person and channel. */
  unread = new Map<string, Map<string, number>>();

  constructor(seed: SandboxSeed, clock: SandboxClock) {
    this.seed = seed;
    this.#clock = clock;
    this.reset();
  }

  /** Back to the seed. Time and connections stay. */
  reset(): void {
    const before = [...this.channels.values()];
    for (const part of Object.values(this) as unknown[]) if (part instanceof Map) part.clear();
    for (const user of this.seed.users) this.users.set(user.id, { ...user });
    for (const app of this.seed.apps)
      if (!this.users.has(app.botUserId)) this.addBot(app.botUserId, app.name);
    for (const { id, name, members, is_private } of this.seed.channels) {
      this.#addChannel(id, name, is_private === true ? 'group' : 'channel', members);
    }
    // Whoever follows a channel by its revision is told that everything in it went.
    for (const { id, byTs } of before) {
      const channel = this.channels.get(id);
      if (channel !== undefined) for (const ts of byTs.keys()) this.#touch(channel, ts);
    }
    this.changed({ type: 'state' });
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  get now(): number {
    return this.#clock.now();
  }

  get nowSeconds(): number {
    return Math.floor(this.now / 1000);
  }

  /** A Slack timestamp of now, unique and greater than every one before it. */
  nextTs(): string {
    this.#lastMicros = Math.max(Math.floor(this.now * 1000), this.#lastMicros + 1);
    const micros = String(this.#lastMicros);
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  }

  addBot(id: string, real_name: string): void {
    const name = real_name.toLowerCase().replace(/\W+/g, '');
    this.users.set(id, { id, name, real_name, tz: 'Etc/UTC', is_bot: true });
  }

  /** The app meant, or the first one. @throws ControlError when there is none. */
  app(id = this.seed.apps[0]?.id): SandboxApp {
    return found(
      this.seed.apps.find((one) => one.id === id),
      'No app here answers for this.',
    );
  }

  person(id: string): SeedUser {
    return found(this.users.get(id), `There is no user ${id}.`);
  }

  message({ byTs, name }: Channel, ts: string): Message {
    return found(byTs.get(ts), `There is no message ${ts} in ${name}.`);
  }

  /** Finds by id or by name, with or without `#`. */
  channel(idOrName: string): Channel {
    const named = ({ name }: Channel): boolean => name === idOrName.replace(/^#/, '');
    const channel = this.channels.get(idOrName) ?? [...this.channels.values()].find(named);
    return found(channel, `There is no channel ${idOrName}.`);
  }

  /** A channel that still takes messages. @throws ControlError when it is archived. */
  openChannel(idOrName: string): Channel {
    const channel = this.channel(idOrName);
    if (channel.isArchived) throw new ControlError(409, `${channel.name} is archived.`);
    return channel;
  }

  /** A conversation that a person is in; a bot's user id stands for the direct messages with it. */
  conversation(idOrName: string, user: string): Channel {
    this.person(user);
    const isSomeone = this.users.has(idOrName);
    const channel = isSomeone ? this.directChannel([idOrName, user]) : this.openChannel(idOrName);
    if (!channel.members.has(user)) throw new ControlError(403, `${user} is not in ${channel.name}.`);
    return channel;
  }

  #addChannel(id: string, name: string, kind: Kind, members: string[]): Channel {
    const channel = newChannel(id, name, kind, members, this.nowSeconds);
    this.channels.set(id, channel);
    return channel;
  }

  /** The direct conversation between exactly these people and bots, opened when there is none yet. */
  directChannel(members: string[]): Channel {
    const wanted = new Set(members);
    const existing = [...this.channels.values()].find(
      (channel) => isDirect(channel) && isDeepStrictEqual(channel.members, wanted),
    );
    if (existing !== undefined) return existing;
    const name = `mpdm-${members.map((id) => this.users.get(id)?.name ?? id).join('--')}-1`;
    const channel =
      wanted.size > 2
        ? this.#addChannel(newId('G'), name, 'mpim', members)
        : this.#addChannel(newId('D'), 'directmessage', 'im', members);
    this.changed({ type: 'state' });
    return channel;
  }

  /** Stores a message with a new `ts`, counts it as unread for those who see it and announces the change. */
  addMessage(channel: Channel, fields: Omit<Message, 'type' | 'ts'> & { text: string }): Message {
    const message: Message = { type: 'message', ts: this.nextTs(), ...fields };
    const { ts, thread_ts, ephemeral_to } = message;
    channel.messages.push(message);
    channel.byTs.set(ts, message);
    if (thread_ts !== undefined && ephemeral_to === undefined) {
      this.#setReplies(channel, thread_ts, [...(channel.threads.get(thread_ts) ?? []), message]);
    }
    // A reply in a thread does not light up its channel in Slack; in a direct conversation it does.
    const isQuiet = thread_ts !== undefined && !isDirect(channel);
    for (const user of isQuiet ? [] : ephemeral_to === undefined ? channel.members : [ephemeral_to]) {
      if (user === message.user || this.users.get(user)?.is_bot === true) continue;
      const counts = this.unread.get(user) ?? new Map<string, number>();
      this.unread.set(user, counts.set(channel.id, (counts.get(channel.id) ?? 0) + 1));
    }
    this.#touch(channel, ts);
    return message;
  }

  /** Changes a message's fields; `undefined` takes one away. */
  replaceMessage(channel: Channel, message: Message, changes: Fields): void {
    Object.assign(message, changes);
    for (const key of Object.keys(changes)) if (changes[key] === undefined) delete message[key];
    this.#touch(channel, message.ts);
  }

  /** Removes a message; one that has replies leaves a tombstone behind, as in Slack. */
  removeMessage(channel: Channel, message: Message): void {
    const { ts, thread_ts } = message;
    if (channel.threads.get(ts)?.length) {
      const gone = { blocks: undefined, attachments: undefined, metadata: undefined, files: undefined };
      const shown = {
        subtype: 'tombstone',
        text: 'This message was deleted.',
        user: 'USLACKBOT',
        hidden: true,
      };
      return this.replaceMessage(channel, message, { ...shown, ...gone });
    }
    channel.messages.splice(channel.messages.lastIndexOf(message), 1);
    channel.byTs.delete(ts);
    const replies = channel.threads.get(thread_ts ?? '');
    if (thread_ts !== undefined && replies !== undefined) {
      this.#setReplies(
        channel,
        thread_ts,
        replies.filter((reply) => reply !== message),
      );
    }
    this.#touch(channel, ts);
  }

  #touch(channel: Channel, ts: string): void {
    channel.rev = ++this.#rev;
    channel.changes.set(ts, channel.rev);
    this.changed({ type: 'message', channel: channel.id });
  }

  #setReplies(channel: Channel, thread_ts: string, replies: Message[]): void {
    channel.threads.set(thread_ts, replies);
    const root = channel.byTs.get(thread_ts);
    const users = [...new Set(replies.map((reply) => reply.user ?? reply.bot_id ?? ''))];
    const who = { reply_users: users.slice(0, 5), reply_users_count: users.length };
    const thread = { thread_ts, reply_count: replies.length, ...who, latest_reply: replies.at(-1)?.ts };
    const none = Object.fromEntries(Object.keys(thread).map((key) => [key, undefined]));
    if (root !== undefined) this.replaceMessage(channel, root, replies.length > 0 ? thread : none);
  }

  /** A `trigger_id` that this app may exchange once, within 3 s, for a modal shown to this person. */
  newTrigger(appId: string, user: string): string {
    const id = `${Math.floor(Math.random() * 1e13)}.${this.nowSeconds}.${newId('').toLowerCase()}`;
    addLimited(this.triggers, id, { appId, user, createdMs: performance.now(), isUsed: false });
    return id;
  }

  topView(user: string): OpenView | undefined {
    return this.stacks.get(user)?.at(-1);
  }

  /** A modal or Home in front of somebody. */
  findView(id: string): OpenView | undefined {
    return [...this.stacks.values(), [...this.homes.values()]].flat().find(({ view }) => view.id === id);
  }
}

function found<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new ControlError(404, otherwise);
  return value;
}

/** Adds to a map that forgets its oldest entries. */
export function addLimited<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  if (map.size > 2000) map.delete(map.keys().next().value ?? '');
}
