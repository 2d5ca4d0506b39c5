import type { SandboxClock } from './clock.ts';
import { ControlError } from './errors.ts';
import type {
  Change,
  Channel,
  Fields,
  Message,
  OpenView,
  SandboxApp,
  SandboxSeed,
  SeedUser,
  StateValues,
  StoredFile,
} from './types.ts';
import { newId } from './values.ts';

/** Everything the sandbox remembers. It knows no app's rules and sends nothing: it only keeps and counts. */
export class Workspace {
  readonly seed: SandboxSeed;
  readonly #clock: SandboxClock;
  #listeners = new Set<(change: Change) => void>();
  #lastMicros = 0;

  readonly users = new Map<string, SeedUser>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, StoredFile>();
  /** A person's open modals, the one on top last. */
  readonly stacks = new Map<string, OpenView[]>();
  /** Published Homes by `app:user`. */
  readonly homes = new Map<string, OpenView>();
  /** Who may open a modal with a `trigger_id`; `createdMs` is real time, as the app's answer takes real time. */
  readonly triggers = new Map<string, { appId: string; user: string; createdMs: number; isUsed: boolean }>();
  /** What people chose in a message's elements, by `channel:ts:user`. */
  readonly messageStates = new Map<string, StateValues>();
  /** Unread messages by person and channel. */
  readonly unread = new Map<string, Map<string, number>>();

  constructor(seed: SandboxSeed, clock: SandboxClock) {
    this.seed = seed;
    this.#clock = clock;
    this.reset();
  }

  /** Back to the seed. Time and connections stay. */
  reset(): void {
    const { users, channels, files, stacks, homes, triggers, messageStates, unread } = this;
    for (const map of [users, channels, files, stacks, homes, triggers, messageStates, unread]) map.clear();
    for (const user of this.seed.users) users.set(user.id, user);
    for (const app of this.seed.apps) if (!users.has(app.botUserId)) this.addBot(app.botUserId, app.name);
    for (const { id, name, members, is_private } of this.seed.channels) {
      this.#addChannel(id, name, is_private === true ? 'group' : 'channel', members);
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

  /** A Slack timestamp of now, unique and greater than every one before it. */
  nextTs(): string {
    this.#lastMicros = Math.max(this.now * 1000, this.#lastMicros + 1);
    const micros = String(Math.floor(this.#lastMicros));
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  }

  addBot(id: string, name: string): void {
    const handle = name.toLowerCase().replace(/\W+/g, '');
    this.users.set(id, { id, name: handle, real_name: name, tz: 'Etc/UTC', is_bot: true });
  }

  appById(id: string | undefined): SandboxApp | undefined {
    return this.seed.apps.find((app) => app.id === id);
  }

  /** @throws ControlError when nobody has this id. */
  person(id: string): SeedUser {
    const user = this.users.get(id);
    if (user === undefined) throw new ControlError(404, `There is no user ${id}.`);
    return user;
  }

  channelNamed(name: string): Channel | undefined {
    return [...this.channels.values()].find((channel) => channel.name === name);
  }

  /** Finds by id or by name, with or without `#`. @throws ControlError when there is none. */
  channel(idOrName: string): Channel {
    const channel = this.channels.get(idOrName) ?? this.channelNamed(idOrName.replace(/^#/, ''));
    if (channel === undefined) throw new ControlError(404, `There is no channel ${idOrName}.`);
    return channel;
  }

  #addChannel(id: string, name: string, kind: Channel['kind'], members: string[]): Channel {
    const channel: Channel = {
      id,
      name,
      kind,
      members: new Set(members),
      isArchived: false,
      created: Math.floor(this.now / 1000),
      messages: [],
      byTs: new Map(),
      threads: new Map(),
    };
    this.channels.set(id, channel);
    return channel;
  }

  /** The direct conversation between exactly these people and bots, opened when there is none yet. */
  directChannel(members: string[]): Channel {
    const wanted = new Set(members);
    const existing = [...this.channels.values()].find(
      ({ kind, members: present }) =>
        isDirect({ kind }) && present.size === wanted.size && members.every((id) => present.has(id)),
    );
    if (existing !== undefined) return existing;
    const names = [...wanted].map((id) => this.users.get(id)?.name ?? id);
    const channel =
      wanted.size > 2
        ? this.#addChannel(newId('G'), `mpdm-${names.join('--')}-1`, 'mpim', members)
        : this.#addChannel(newId('D'), 'directmessage', 'im', members);
    this.changed({ type: 'state' });
    return channel;
  }

  /** Stores a message with a new `ts`, counts it as unread for those who see it and announces the change. */
  addMessage(channel: Channel, fields: Omit<Message, 'type' | 'ts'> & { text: string }): Message {
    const message: Message = { type: 'message', ts: this.nextTs(), ...fields };
    channel.messages.push(message);
    channel.byTs.set(message.ts, message);
    if (message.thread_ts !== undefined && message.ephemeral_to === undefined) {
      channel.threads.set(message.thread_ts, [...(channel.threads.get(message.thread_ts) ?? []), message]);
      this.#recountThread(channel, message.thread_ts);
    }
    this.#countUnread(channel, message);
    this.changed({ type: 'message', channel: channel.id });
    return message;
  }

  /** Changes a message's fields; `undefined` takes one away. */
  replaceMessage(channel: Channel, message: Message, changes: Fields): void {
    Object.assign(message, changes);
    for (const key of Object.keys(changes)) if (changes[key] === undefined) delete message[key];
    this.changed({ type: 'message', channel: channel.id });
  }

  /** Removes a message; one that has replies leaves a tombstone behind, as in Slack. */
  removeMessage(channel: Channel, message: Message): void {
    if ((channel.threads.get(message.ts)?.length ?? 0) > 0) {
      const gone = { blocks: undefined, attachments: undefined, metadata: undefined, files: undefined };
      const text = 'This message was deleted.';
      const tombstone = { subtype: 'tombstone', text, user: 'USLACKBOT', hidden: true, ...gone };
      return this.replaceMessage(channel, message, tombstone);
    }
    channel.messages.splice(firstAtOrAfter(channel.messages, message.ts), 1);
    channel.byTs.delete(message.ts);
    const replies = channel.threads.get(message.thread_ts ?? '');
    if (message.thread_ts !== undefined && replies !== undefined) {
      channel.threads.set(
        message.thread_ts,
        replies.filter((reply) => reply !== message),
      );
      this.#recountThread(channel, message.thread_ts);
    }
    this.changed({ type: 'message', channel: channel.id });
  }

  #recountThread(channel: Channel, threadTs: string): void {
    const root = channel.byTs.get(threadTs);
    if (root === undefined) return;
    const replies = channel.threads.get(threadTs) ?? [];
    const users = [...new Set(replies.map((reply) => reply.user ?? reply.bot_id ?? ''))];
    const isThread = replies.length > 0;
    this.replaceMessage(channel, root, {
      thread_ts: isThread ? threadTs : undefined,
      reply_count: isThread ? replies.length : undefined,
      reply_users: isThread ? users.slice(0, 5) : undefined,
      reply_users_count: isThread ? users.length : undefined,
      latest_reply: replies.at(-1)?.ts,
    });
  }

  #countUnread(channel: Channel, message: Message): void {
    // A reply in a thread does not light up its channel in Slack; in a direct conversation it does.
    if (message.thread_ts !== undefined && !isDirect(channel)) return;
    const readers = message.ephemeral_to === undefined ? channel.members : [message.ephemeral_to];
    for (const user of readers) {
      if (user === message.user || this.users.get(user)?.is_bot === true) continue;
      const counts = this.unread.get(user) ?? new Map<string, number>();
      this.unread.set(user, counts.set(channel.id, (counts.get(channel.id) ?? 0) + 1));
    }
  }

  markRead(user: string, channel: Channel): void {
    this.unread.get(user)?.delete(channel.id);
    this.changed({ type: 'state' });
  }

  /** A `trigger_id` that this app may exchange once, within 3 s, for a modal shown to this person. */
  newTrigger(appId: string, user: string): string {
    const id = `${Math.floor(Math.random() * 1e13)}.${Math.floor(this.now / 1000)}.${newId('').toLowerCase()}`;
    this.triggers.set(id, { appId, user, createdMs: performance.now(), isUsed: false });
    if (this.triggers.size > 1000) this.triggers.delete([...this.triggers.keys()][0] ?? '');
    return id;
  }

  /** The modal that a person sees, if any. */
  topView(user: string): OpenView | undefined {
    return this.stacks.get(user)?.at(-1);
  }

  /** A modal or Home in front of somebody. */
  findView(matches: (view: OpenView['view']) => boolean): OpenView | undefined {
    return [...this.stacks.values(), [...this.homes.values()]].flat().find(({ view }) => matches(view));
  }
}

export function isDirect({ kind }: { kind: Channel['kind'] }): boolean {
  return kind === 'im' || kind === 'mpim';
}

/** Where the first message with this `ts` or a later one stands, by halving. */
export function firstAtOrAfter(messages: Message[], ts: string): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.ts ?? '') < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
