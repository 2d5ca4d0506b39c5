/** Moves a clock forward step by step with `set`; may return short sentences on what it made happen. */
export type ForwardHook = (fromMs: number, toMs: number) => Promise<string[] | void>;

/**
 * The sandbox's time, in UTC milliseconds. `new SandboxClock()` runs with real time, `new SandboxClock(startMs)`
 * runs from there, and `new SandboxClock({ frozenAt })` moves only when told.
 */
export class SandboxClock {
  readonly #frozen: boolean;
  #base: number;
  #realBase = Date.now();
  #hooks: ForwardHook[] = [];
  #alarms: { dueMs: number; run: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #listeners = new Set<(now: number) => void>();
  #moving: Promise<unknown> = Promise.resolve();

  constructor(start: number | { frozenAt: number } = Date.now()) {
    this.#frozen = typeof start === 'object';
    this.#base = typeof start === 'object' ? start.frozenAt : start;
  }

  now(): number {
    return this.#frozen ? this.#base : this.#base + (Date.now() - this.#realBase);
  }

  set(ms: number): void {
    [this.#base, this.#realBase] = [ms, Date.now()];
    for (const listener of this.#listeners) listener(ms);
    this.#ring();
  }

  /** Lets every hook walk the clock through the time skipped, one call after the other; answers what they reported. */
  async forward(ms: number): Promise<string[]> {
    const turn = this.#moving.then(async () => {
      const [from, to] = [this.now(), this.now() + ms];
      const summary: string[] = [];
      for (const hook of this.#hooks) summary.push(...((await hook(from, to)) ?? []));
      if (this.now() < to) this.set(to);
      return summary;
    });
    this.#moving = turn.catch(() => undefined);
    return await turn;
  }

  onForward(hook: ForwardHook): void {
    this.#hooks.push(hook);
  }

  /** Called after each jump of the clock, not as real time runs. Returns how to stop it. */
  onJump(listener: (now: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs something when the clock reaches a time, whether it runs there or jumps. Returns how to cancel it. */
  at(dueMs: number, run: () => void): () => void {
    const alarm = { dueMs, run };
    // From the end: new alarms are nearly always the latest, and thousands may be waiting.
    const place = this.#alarms.findLastIndex((other) => other.dueMs <= dueMs) + 1;
    this.#alarms.splice(place, 0, alarm);
    if (place === 0) this.#wind();
    return () => void (alarm.run = () => undefined);
  }

  #ring(): void {
    while (this.#alarms[0] !== undefined && this.#alarms[0].dueMs <= this.now()) this.#alarms.shift()?.run();
    this.#wind();
  }

  #wind(): void {
    clearTimeout(this.#timer);
    const next = this.#alarms[0];
    if (this.#frozen || next === undefined) return;
    // A Node timer overflows beyond 2^31 ms; waking early only winds it again.
    this.#timer = setTimeout(() => this.#ring(), Math.min(Math.max(next.dueMs - this.now(), 0), 86_400_000));
    this.#timer.unref();
  }
}

/** The next Monday to Friday, 9:00 in the zone, strictly after `now`. Holidays are not known here. */
export function nextWorkingMorning(now: number, timeZone: string): number {
  const quarterHour = 900_000;
  const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, ...parts });
  let candidate = (Math.floor(now / quarterHour) + 1) * quarterHour;
  // Stepping through real instants keeps a change to or from summer time right without arithmetic on offsets.
  while (!/^(Mon|Tue|Wed|Thu|Fri),? 09:00$/.test(format.format(candidate))) candidate += quarterHour;
  return candidate;
}
