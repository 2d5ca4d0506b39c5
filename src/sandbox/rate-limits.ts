import type { SandboxClock } from './clock.ts';

/** Slack's limits, by the sandbox clock. Answers in seconds to wait: 0 is "go on". */
export class RateLimits {
  readonly #clock: SandboxClock;
  #buckets = new Map<string, { level: number; atMs: number }>();
  #hours = new Map<string, { count: number; endsMs: number }>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#buckets.clear();
    this.#hours.clear();
  }

  /** Counts a call of a method that allows so many a minute. */
  call(appId: string, method: string, perMinute: number): number {
    return this.#take(`${appId} ${method}`, perMinute, perMinute / 60_000);
  }

  /** Counts a message: one a second in a channel after a burst of three, 300 a minute in the workspace. */
  message(appId: string, channel: string): number {
    return this.#take(`${appId} #${channel}`, 3, 1 / 1000) || this.#take(`${appId} *`, 300, 300 / 60_000);
  }

  /** How many event deliveries over the 30,000 of these 60 minutes an app has had, this one included. */
  surplusDeliveries(appId: string): number {
    const now = this.#clock.now();
    const known = this.#hours.get(appId);
    const hour = known !== undefined && now < known.endsMs ? known : { count: 0, endsMs: now + 3_600_000 };
    this.#hours.set(appId, hour);
    return Math.max(0, ++hour.count - 30_000);
  }

  #take(key: string, capacity: number, perMs: number): number {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { level: capacity, atMs: now };
    const level = Math.min(capacity, bucket.level + Math.max(0, now - bucket.atMs) * perMs);
    this.#buckets.set(key, { level: level >= 1 ? level - 1 : level, atMs: now });
    return level >= 1 ? 0 : Math.max(1, Math.ceil((1 - level) / perMs / 1000));
  }
}
