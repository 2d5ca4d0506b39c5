import type { SandboxClock } from './clock.ts';
import type { Delivery } from './deliver.ts';
import type { Faults } from './faults.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ResponseUrls } from './response-url.ts';
import type { SocketMode } from './socket-mode.ts';
import type { TrafficLog } from './traffic-log.ts';
import type { Workspace } from './workspace.ts';

/** The parts of a running sandbox, handed to everything that acts on it. */
export interface Core {
  /** Where the sandbox listens, without a slash at the end. */
  url: string;
  clock: SandboxClock;
  workspace: Workspace;
  delivery: Delivery;
  sockets: SocketMode;
  faults: Faults;
  limits: RateLimits;
  log: TrafficLog;
  responseUrls: ResponseUrls;
}
