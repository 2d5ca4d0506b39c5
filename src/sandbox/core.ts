import type { SandboxClock } from './clock.ts';
import { Delivery } from './delivery.ts';
import { Faults } from './faults.ts';
import { RateLimits } from './rate-limits.ts';
import { SocketMode } from './socket-mode.ts';
import type { SandboxSeed } from './types.ts';
import { Workspace } from './workspace.ts';

/** One exchange between the sandbox and an app; `at` by the sandbox clock, `ms` real milliseconds until the answer. */
export interface LogEntry {
  at: number;
  direction: 'to_app' | 'from_app';
  /** A Web API method, `event`, `block_actions`, `slash_command`, `response_url` and so on. */
  kind: string;
  summary: string;
  ms: number;
  ok: boolean;
  payload: unknown;
  response: unknown;
}
const logCapacity = 2000;

/** The parts of a running sandbox, handed to everything that acts on it. */
export class Core {
  /** Where the sandbox listens, without a slash at the end. */
  url = '';
  readonly clock: SandboxClock;
  readonly workspace: Workspace;
  readonly limits: RateLimits;
  readonly sockets = new SocketMode(this);
  readonly faults = new Faults();
  readonly delivery = new Delivery(this);
  #log: LogEntry[] = [];

  constructor(seed: SandboxSeed, clock: SandboxClock) {
    this.clock = clock;
    this.workspace = new Workspace(seed, clock);
    this.limits = new RateLimits(clock);
  }

  /** @param started what `performance.now()` was when the exchange began */
  record(started: number, entry: Omit<LogEntry, 'at' | 'ms'>): void {
    this.#log.push({ at: this.clock.now(), ms: Math.round(performance.now() - started), ...entry });
    // Cutting in slices keeps adding cheap.
    if (this.#log.length > logCapacity * 1.1) this.#log = this.log();
    this.workspace.changed({ type: 'log' });
  }

  log(): LogEntry[] {
    return this.#log.slice(-logCapacity);
  }

  /** Back to the seed: messages, views, faults and the log are gone; time and connections stay. */
  reset(): void {
    this.delivery.cancelLater();
    this.faults.set([]);
    this.limits.reset();
    this.#log = [];
    this.workspace.reset();
  }
}
