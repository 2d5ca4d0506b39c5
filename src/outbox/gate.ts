/** A sliding window: at most `limit` calls in any `windowMs`, and none while paused. */
export class Gate {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #calls: number[] = [];
  #pausedUntil = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** When the next call may go out: now, or later. UTC milliseconds. */
  opensAt(now: number): number {
    while (this.#calls.length > 0 && (this.#calls[0] ?? 0) + this.#windowMs <= now) this.#calls.shift();
    const windowOpens = this.#calls.length < this.#limit ? now : (this.#calls[0] ?? 0) + this.#windowMs;
    return Math.max(now, windowOpens, this.#pausedUntil);
  }

  take(now: number): void {
    this.#calls.push(now);
  }

  /** Slack said when to come back. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }
}

/** The lane of updates that nobody waits for. */
export const bulkUpdates = 'update:bulk';

/**
 * The gates a call has to pass, by Slack's published limits, each kept a little below: one post a second for each
 * channel, several hundred a minute for the workspace, 50 updates (tier 3) and 100 ephemerals (tier 4) a minute.
 */
export class Gates {
  readonly #workspace = new Gate(240, 60_000);
  readonly #update = new Gate(45, 60_000);
  readonly #bulkUpdate = new Gate(20, 60_000);
  readonly #ephemeral = new Gate(90, 60_000);
  readonly #channels = new Map<string, Gate>();

  opensAt(lane: string, now: number): number {
    return Math.max(...this.#gatesOf(lane).map((gate) => gate.opensAt(now)));
  }

  take(lane: string, now: number): void {
    for (const gate of this.#gatesOf(lane)) gate.take(now);
  }

  pause(lane: string, until: number): void {
    this.#gatesOf(lane)[0]?.pause(until);
  }

  /** First the gate that a rate limit speaks of: the channel's, or the narrowest. */
  #gatesOf(lane: string): Gate[] {
    if (lane.startsWith('respond:')) return [this.#workspace];
    if (lane === 'update') return [this.#update];
    if (lane === bulkUpdates) return [this.#update, this.#bulkUpdate];
    if (lane.startsWith('ephemeral:')) return [this.#ephemeral];
    if (!lane.startsWith('bulk:')) return [this.#channel(lane, 1050), this.#workspace];
    // Every second place at most: what happens now goes between the cards of a list.
    return [
      this.#channel(lane.replace('bulk:', 'channel:'), 1050),
      this.#channel(lane, 2500),
      this.#workspace,
    ];
  }

  #channel(lane: string, windowMs: number): Gate {
    let gate = this.#channels.get(lane);
    if (!gate) this.#channels.set(lane, (gate = new Gate(1, windowMs)));
    return gate;
  }
}
