import type { SandboxClock } from './clock.ts';

/** One exchange between the sandbox and an app. */
export interface LogEntry {
  /** UTC milliseconds of the sandbox clock. */
  at: number;
  direction: 'to_app' | 'from_app';
  /** A Web API method, `event`, `block_actions`, `slash_command`, `response_url` and so on. */
  kind: string;
  summary: string;
  /** Real milliseconds until the answer. */
  ms: number;
  ok: boolean;
  payload: unknown;
  response: unknown;
}

const capacity = 2000;

/** The latest traffic both ways, oldest first. */
export class TrafficLog {
  readonly #clock: SandboxClock;
  readonly #onEntry: () => void;
  #entries: LogEntry[] = [];

  constructor(clock: SandboxClock, onEntry: () => void) {
    this.#clock = clock;
    this.#onEntry = onEntry;
  }

  /** @param started what `performance.now()` was when the exchange began */
  add(started: number, entry: Omit<LogEntry, 'at' | 'ms'>): void {
    const ms = Math.round(performance.now() - started);
    this.#entries.push({ at: this.#clock.now(), ms, ...entry });
    // Cutting in slices keeps adding cheap.
    if (this.#entries.length > capacity * 1.1) this.#entries = this.#entries.slice(-capacity);
    this.#onEntry();
  }

  list(): LogEntry[] {
    return this.#entries.slice(-capacity);
  }

  clear(): void {
    this.#entries = [];
  }
}
