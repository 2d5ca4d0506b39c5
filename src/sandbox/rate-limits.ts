import type { SandboxClock } from './clock.ts';

/** Calls a minute that Slack allows by tier, and which tier a method is in. */
const perMinute = { 2: 20, 3: 50, 4: 100 } as const;
const tiers: Record<string, keyof typeof perMinute> = {
  'chat.update': 3,
  'chat.delete': 3,
  'chat.postEphemeral': 4,
  'conversations.info': 3,
  'conversations.list': 2,
  'conversations.members': 4,
  'conversations.history': 3,
  'conversations.replies': 3,
  'conversations.open': 3,
  'conversations.join': 3,
  'users.info': 4,
  'users.list': 2,
  'users.conversations': 3,
  'users.profile.get': 4,
  'views.open': 4,
  'views.push': 4,
  'views.update': 4,
  'views.publish': 4,
  'files.getUploadURLExternal': 4,
  'files.completeUploadExternal': 4,
  'dnd.info': 3,
  'reactions.add': 3,
  'team.info': 3,
  'bots.info': 3,
};

/** One message a second in a channel, and this many at once before that counts: Slack tolerates short bursts. */
const messageBurst = 3;

/** Slack's limits as buckets that refill with the sandbox clock. */
export class RateLimits {
  readonly #clock: SandboxClock;
  #buckets = new Map<string, { level: number; atMs: number }>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#buckets.clear();
  }

  /** Counts a call of a method; the seconds to wait when it is one too many, 0 otherwise. */
  call(appId: string, method: string): number {
    const tier = tiers[method];
    return tier === undefined
      ? 0
      : this.#take(`${appId} ${method}`, perMinute[tier], perMinute[tier] / 60_000);
  }

  /** Counts a message to a channel; the seconds to wait when it is one too many, 0 otherwise. */
  message(appId: string, channel: string): number {
    return this.#take(`${appId} #${channel}`, messageBurst, 1 / 1000);
  }

  #take(key: string, capacity: number, perMs: number): number {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { level: capacity, atMs: now };
    const level = Math.min(capacity, bucket.level + Math.max(0, now - bucket.atMs) * perMs);
    const isAllowed = level >= 1;
    this.#buckets.set(key, { level: isAllowed ? level - 1 : level, atMs: now });
    return isAllowed ? 0 : Math.max(1, Math.ceil((1 - level) / perMs / 1000));
  }
}
