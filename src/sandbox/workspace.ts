import type { SandboxClock } from './clock.ts';
import { ControlError } from './errors.ts';
import type {
  Change,
  Channel,
  Fields,
  Message,
  SandboxApp,
  SandboxSeed,
  SeedUser,
  StateValues,
  StoredFile,
  View,
} from './types.ts';
import { newId } from './values.ts';

interface Trigger {
  appId: string;
  user: string;
  createdMs: number;
  isUsed: boolean;
}

/** Everything the sandbox remembers. It knows no app's rules and sends nothing: it only keeps and counts. */
export class Workspace {
  readonly seed: SandboxSeed;
  readonly #clock: SandboxClock;
  #changeListeners = new Set<(change: Change) => void>();
  #lastMicros = 0;
  #posted = 0;

  users = new Map<string, SeedUser>();
  channels = new Map<string, Channel>();
  files = new Map<string, StoredFile>();
  /** Open modals and published Homes by id. */
  views = new Map<string, View>();
  /** Ids of a person's open modals, the one on top last. */
  stacks = new Map<string, string[]>();
  /** View id of a person's Home, by `app:user`. */
  homes = new Map<string, string>();
  /** Errors that a form shows, by view id. */
  viewErrors = new Map<string, Record<string, string>>();
  triggers = new Map<string, Trigger>();
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
    for (const map of [this.files, this.views, this.stacks, this.homes, this.viewErrors]) map.clear();
    for (const map of [this.triggers, this.messageStates, this.unread]) map.clear();
    this.channels.clear();
    this.users = new Map(this.seed.users.map((user) => [user.id, user]));
    for (const app of this.seed.apps) {
      if (!this.users.has(app.botUserId)) this.addBot(app.botUserId, app.name);
    }
    for (const { id, name, members, is_private } of this.seed.channels) {
      this.#addChannel(id, name, is_private === true ? 'group' : 'channel', members);
    }
    this.changed({ type: 'state' });
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  changed(change: Change): void {
    for (const listener of this.#changeListeners) listener(change);
  }

  get now(): number {
    return this.#clock.now();
  }

  /** How many messages were ever stored; grows with every post. */
  get posted(): number {
    return this.#posted;
  }

  /** A Slack timestamp of now, unique and greater than every one before it. */
  nextTs(): string {
    this.#lastMicros = Math.max(this.now * 1000, this.#lastMicros + 1);
    const micros = String(Math.floor(this.#lastMicros));
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  }

  addBot(id: string, name: string): SeedUser {
    const bot = {
      id,
      name: name.toLowerCase().replace(/\W+/g, ''),
      real_name: name,
      tz: 'Etc/UTC',
      is_bot: true,
    };
    this.users.set(id, bot);
    return bot;
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

  /** Finds by id or by name, with or without `#`. @throws ControlError when there is none. */
  channel(idOrName: string): Channel {
    const name = idOrName.replace(/^#/, '');
    const channel =
      this.channels.get(idOrName) ?? [...this.channels.values()].find((other) => other.name === name);
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
        (kind === 'im' || kind === 'mpim') &&
        present.size === wanted.size &&
        members.every((id) => present.has(id)),
    );
    if (existing !== undefined) return existing;
    const kind = wanted.size > 2 ? 'mpim' : 'im';
    const names = [...wanted].map((id) => this.users.get(id)?.name ?? id);
    const channel = this.#addChannel(
      newId(kind === 'im' ? 'D' : 'G'),
      kind === 'im' ? 'directmessage' : `mpdm-${names.join('--')}-1`,
      kind,
      members,
    );
    this.changed({ type: 'state' });
    return channel;
  }

  /** Stores a message with a new `ts`, counts it as unread for those who see it and announces the change. */
  addMessage(channel: Channel, fields: Omit<Message, 'type' | 'ts'> & { text: string }): Message {
    const message: Message = { type: 'message', ts: this.nextTs(), ...fields };
    channel.messages.push(message);
    channel.byTs.set(message.ts, message);
    if (message.thread_ts !== undefined && message.ephemeral_to === undefined) {
      const replies = channel.threads.get(message.thread_ts) ?? [];
      replies.push(message);
      channel.threads.set(message.thread_ts, replies);
      this.#recountThread(channel, message.thread_ts);
    }
    this.#posted += 1;
    this.#countUnread(channel, message);
    this.changed({ type: 'message', channel: channel.id });
    return message;
  }

  replaceMessage(channel: Channel, message: Message, changes: Fields): void {
    Object.assign(message, changes);
    for (const key of Object.keys(message)) if (message[key] === undefined) delete message[key];
    this.changed({ type: 'message', channel: channel.id });
  }

  /** Removes a message; one that has replies leaves a tombstone behind, as in Slack. */
  removeMessage(channel: Channel, message: Message): void {
    if ((channel.threads.get(message.ts)?.length ?? 0) > 0) {
      this.replaceMessage(channel, message, {
        subtype: 'tombstone',
        text: 'This message was deleted.',
        user: 'USLACKBOT',
        hidden: true,
        blocks: undefined,
        attachments: undefined,
        metadata: undefined,
        files: undefined,
      });
      return;
    }
    channel.messages.splice(firstAtOrAfter(channel.messages, message.ts), 1);
    channel.byTs.delete(message.ts);
    if (message.thread_ts !== undefined) {
      const replies = channel.threads.get(message.thread_ts)?.filter((reply) => reply !== message) ?? [];
      channel.threads.set(message.thread_ts, replies);
      this.#recountThread(channel, message.thread_ts);
    }
    this.changed({ type: 'message', channel: channel.id });
  }

  #recountThread(channel: Channel, threadTs: string): void {
    const root = channel.byTs.get(threadTs);
    if (root === undefined) return;
    const replies = channel.threads.get(threadTs) ?? [];
    const users = [...new Set(replies.map((reply) => reply.user ?? reply.bot_id ?? ''))];
    const counts =
      replies.length === 0
        ? { thread_ts: undefined, reply_count: undefined, reply_users: undefined, latest_reply: undefined }
        : {
            thread_ts: threadTs,
            reply_count: replies.length,
            reply_users: users.slice(0, 5),
            reply_users_count: users.length,
            latest_reply: replies.at(-1)?.ts,
          };
    this.replaceMessage(channel, root, counts);
  }

  #countUnread(channel: Channel, message: Message): void {
    // A reply in a thread does not light up its channel in Slack; in a direct conversation it does.
    if (message.thread_ts !== undefined && (channel.kind === 'channel' || channel.kind === 'group')) return;
    const readers = message.ephemeral_to === undefined ? channel.members : [message.ephemeral_to];
    for (const user of readers) {
      if (user === message.user || this.users.get(user)?.is_bot === true) continue;
      const counts = this.unread.get(user) ?? new Map<string, number>();
      counts.set(channel.id, (counts.get(channel.id) ?? 0) + 1);
      this.unread.set(user, counts);
    }
  }

  markRead(user: string, channel: Channel): void {
    this.unread.get(user)?.delete(channel.id);
    this.changed({ type: 'state' });
  }

  /** A `trigger_id` that this app may exchange once, within 3 s, for a modal shown to this person. */
  newTrigger(appId: string, user: string): string {
    const id = `${this.#posted}${Math.floor(Math.random() * 1e9)}.${Math.floor(this.now / 1000)}.${newId('').toLowerCase()}`;
    this.triggers.set(id, { appId, user, createdMs: this.now, isUsed: false });
    if (this.triggers.size > 1000) this.triggers.delete([...this.triggers.keys()][0] ?? '');
    return id;
  }

  /** The modal that a person sees, if any. */
  topView(user: string): View | undefined {
    return this.views.get(this.stacks.get(user)?.at(-1) ?? '');
  }
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
