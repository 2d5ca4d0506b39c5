interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket for each source: so many requests at once, and so many a minute on average. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #buckets = new Map<number, Bucket>();

  constructor(perMinute = 120) {
    this.#perMinute = perMinute;
  }

  /** Takes one request of a source in. @returns 0, or how many milliseconds too early it came */
  take(sourceId: number, now: number): number {
    const each = 60_000 / this.#perMinute;
    const { tokens, at } = this.#buckets.get(sourceId) ?? { tokens: this.#perMinute, at: now };
    const filled = Math.min(this.#perMinute, tokens + Math.max(0, now - at) / each);
    if (filled < 1) {
      this.#buckets.set(sourceId, { tokens: filled, at: now });
      return Math.ceil((1 - filled) * each);
    }
    this.#buckets.set(sourceId, { tokens: filled - 1, at: now });
    return 0;
  }
}
