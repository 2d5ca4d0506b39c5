import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClock } from './clock.ts';
import { Core } from './core.ts';
import type { FaultRule } from './faults.ts';
import * as forms from './forms.ts';
import * as interactions from './interactions.ts';
import * as look from './look.ts';
import * as people from './people.ts';
import { handleRequest } from './server.ts';
import type { Change, SandboxSeed } from './types.ts';

export { nextWorkingMorning, SandboxClock, type ForwardHook } from './clock.ts';
export type { FaultRule } from './faults.ts';
export type { ShownView, StateSnapshot } from './look.ts';
export type { LogEntry } from './core.ts';
export type * from './types.ts';
export { blockProblems, messageProblems, viewProblems, type Surface } from './validate.ts';
export { ControlError } from './values.ts';

/** What people and other apps do, and what there is to see. Mistakes throw `ControlError`. */
export type Sandbox = ReturnType<typeof operations> & { stop(): Promise<void> };

type Bound<T> = {
  [K in keyof T]: T[K] extends (core: Core, ...rest: infer A) => infer R ? (...rest: A) => R : never;
};

/** Functions of a core as methods of a sandbox: what they answer is a copy. */
function bind<T extends object>(core: Core, functions: T): Bound<T> {
  type Act = (core: Core, ...rest: unknown[]) => unknown;
  const bound = Object.entries(functions).map(([name, act]: [string, Act]) => {
    const copied = (result: unknown) => (result instanceof Promise ? result : structuredClone(result));
    return [name, (...rest: unknown[]) => copied(act(core, ...rest))];
  });
  return Object.fromEntries(bound) as Bound<T>;
}

function operations(core: Core) {
  const { clock, url, workspace, sockets, faults, delivery } = core;
  return {
    ...bind(core, { ...people, ...interactions, ...forms, ...look }),
    clock,
    /** `http://localhost:<port>`: the page and the control API. */
    url,
    /** What an app's `SLACK_API_URL` is set to. */
    apiUrl: `${url}/api/`,
    /** Back to the seed: messages, views, faults and the log are gone; time and connections stay. */
    reset: (): void => core.reset(),
    /** Replaces the rules of what goes wrong; an empty list ends all trouble. */
    faults: (rules: FaultRule[]): void => faults.set(rules),
    /** Asks Socket Mode clients to reconnect, as Slack does from time to time. */
    refreshSockets: (): void => sockets.refresh(),
    /** Called on every change; returns how to stop that. */
    onChange: (listener: (change: Change) => void): (() => void) => workspace.onChange(listener),
    /** Resolves when nothing delivered to an app is unanswered. Repeats that wait for the clock do not count. */
    idle: (): Promise<void> => delivery.idle(),
  };
}

/** Starts a sandbox on this machine: on any free port and for this machine alone unless told otherwise. */
export async function startSandbox(options: {
  seed: SandboxSeed;
  port?: number;
  /** The address to listen on, for example `0.0.0.0` in a container. */
  host?: string;
  clock?: SandboxClock;
}): Promise<Sandbox> {
  const core = new Core(options.seed, options.clock ?? new SandboxClock());
  const stopListening = core.clock.onJump((now) => core.workspace.changed({ type: 'clock', now }));
  const server = createServer(
    (request, response) =>
      void handleRequest(core, sandbox, request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(String(error));
      }),
  );
  server.on('upgrade', (request, socket, head) => core.sockets.accept(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? 'localhost', resolve);
  });
  core.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const sandbox: Sandbox = { ...operations(core), stop };
  return sandbox;

  async function stop(): Promise<void> {
    stopListening();
    core.delivery.cancelLater();
    await core.sockets.stop();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
