import type { SandboxClock } from './clock.ts';

/** Calls a minute that Slack allows a method by its tier. */
const perMinute = { 2: 20, 3: 50, 4: 100 } as const;
export type Tier = keyof typeof perMinute;

/** One message a second in a channel, and this many at once before that counts: Slack tolerates short bursts. */
const messageBurst = 3;
/** Messages a minute in the whole workspace: Slack says "several hundred". */
const messagesPerMinute = 300;

/** Slack's limits as buckets that refill with the sandbox clock. All answers are seconds to wait; 0 is "go on". */
export class RateLimits {
  readonly #clock: SandboxClock;
  #buckets = new Map<string, { level: number; atMs: number }>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#buckets.clear();
  }

  /** Counts a call of a method. */
  call(appId: string, method: string, tier: Tier): number {
    return this.#take(`${appId} ${method}`, perMinute[tier], perMinute[tier] / 60_000);
  }

  /** Counts a message to a channel, and to the workspace. */
  message(appId: string, channel: string): number {
    return (
      this.#take(`${appId} #${channel}`, messageBurst, 1 / 1000) ||
      this.#take(`${appId} *`, messagesPerMinute, messagesPerMinute / 60_000)
    );
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
