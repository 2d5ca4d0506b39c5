import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClock } from './clock.ts';
import type { Core } from './core.ts';
import { Delivery } from './deliver.ts';
import { Faults, type FaultRule } from './faults.ts';
import { closeView, submit, type SubmitInput } from './forms.ts';
import { command, interact, shortcut, type InteractInput } from './interactions.ts';
import * as people from './people.ts';
import { RateLimits } from './rate-limits.ts';
import { ResponseUrls } from './response-url.ts';
import { handleRequest } from './server.ts';
import { openViews, snapshot, type ShownView, type StateSnapshot } from './snapshot.ts';
import { SocketMode } from './socket-mode.ts';
import { TrafficLog, type LogEntry } from './traffic-log.ts';
import type { Change, Message, Outcome, SandboxSeed, View } from './types.ts';
import { clone } from './values.ts';
import { Workspace } from './workspace.ts';

export { nextWorkingMorning, SandboxClock, type ForwardHook } from './clock.ts';
export { ControlError } from './errors.ts';
export type { FaultRule } from './faults.ts';
export type { ActionInput, InteractInput } from './interactions.ts';
export type { ShownView, StateSnapshot } from './snapshot.ts';
export type { LogEntry } from './traffic-log.ts';
export type * from './types.ts';
export { blockProblems, messageProblems, viewProblems, type Surface } from './validate.ts';

/** A running sandbox: what people and other apps do, and what there is to see. Control mistakes throw `ControlError`. */
export interface Sandbox extends ReturnType<typeof operations> {
  /** `http://localhost:<port>`: the page and the control API. */
  url: string;
  /** What an app's `SLACK_API_URL` is set to. */
  apiUrl: string;
  stop(): Promise<void>;
}

/** Starts a sandbox on this machine: on any free port and for this machine alone unless told otherwise. */
export async function startSandbox(options: {
  seed: SandboxSeed;
  port?: number;
  /** The address to listen on, for example `0.0.0.0` in a container. */
  host?: string;
  clock?: SandboxClock;
}): Promise<Sandbox> {
  const clock = options.clock ?? new SandboxClock();
  const workspace = new Workspace(options.seed, clock);
  const faults = new Faults();
  const log = new TrafficLog(clock, () => workspace.changed({ type: 'log' }));
  const sockets = new SocketMode(log, () => workspace.changed({ type: 'state' }));
  const delivery = new Delivery({ clock, faults, log, sockets });
  const limits = new RateLimits(clock);
  const responseUrls = new ResponseUrls();
  const core: Core = { url: '', clock, workspace, delivery, sockets, faults, limits, log, responseUrls };
  const stopListening = clock.onJump((now) => workspace.changed({ type: 'clock', now }));

  const sandbox: Sandbox = { ...operations(core), url: '', apiUrl: '', stop };
  const server = createServer((request, response) => void handleRequest(core, sandbox, request, response));
  server.on('upgrade', (request, socket, head) => sockets.accept(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? 'localhost', resolve);
  });
  core.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return Object.assign(sandbox, { url: core.url, apiUrl: `${core.url}/api/` });

  async function stop(): Promise<void> {
    stopListening();
    delivery.cancelLater();
    await sockets.stop();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

function operations(core: Core) {
  const { workspace, clock } = core;
  return {
    clock,
    /** Back to the seed: messages, views, faults and the log are gone; time and connections stay. */
    reset: (): void => {
      core.delivery.cancelLater();
      core.faults.set([]);
      core.limits.reset();
      core.responseUrls.clear();
      core.log.clear();
      workspace.reset();
    },
    postMessage: (input: people.PersonMessage): Message => clone(people.postMessage(core, input)),
    botMessage: (input: people.BotMessage): Message => clone(people.botMessage(core, input)),
    editMessage: (input: people.Edit): Message => clone(people.editMessage(core, input)),
    deleteMessage: (input: { channel: string; ts: string }): void => people.removeMessage(core, input),
    /** Also for an app's bot: that is how an app is invited to a channel. */
    invite: (input: { channel: string; user: string; by?: string }): void => people.invite(core, input),
    leave: (input: { channel: string; user: string }): void => people.leave(core, input),
    archive: (input: { channel: string; user?: string }): void => people.archive(core, input),
    openHome: (input: { user: string; app?: string }): void => people.openHome(core, input),
    uninstall: (input?: { app?: string }): void => people.uninstall(core, input),
    markRead: ({ user, channel }: { user: string; channel: string }): void =>
      workspace.markRead(user, workspace.channel(channel)),
    command: (input: Parameters<typeof command>[1]): Promise<Outcome> => command(core, input),
    interact: (input: InteractInput): Promise<Outcome> => interact(core, input),
    submit: (input: SubmitInput): Promise<Outcome> => submit(core, input),
    closeView: (input: { user: string; viewId?: string }): Promise<Outcome> => closeView(core, input),
    shortcut: (input: Parameters<typeof shortcut>[1]): Promise<Outcome> => shortcut(core, input),
    /** All messages of a channel, oldest first, replies and ephemeral ones included. */
    messages: (channel: string): Message[] => clone(workspace.channel(channel).messages),
    /** The message that started a thread and its replies. */
    thread: (channel: string, ts: string): Message[] => {
      const { byTs, threads } = workspace.channel(channel);
      return clone([byTs.get(ts), ...(threads.get(ts) ?? [])].filter((message) => message !== undefined));
    },
    /** The direct messages between a person and the first app's bot, oldest first. */
    directMessages: (user: string): Message[] =>
      clone(workspace.directChannel([people.homeApp(core).botUserId, workspace.person(user).id]).messages),
    /** The Home that a person sees, if the app has published one. */
    home: (user: string, app?: string): View | undefined =>
      clone(workspace.homes.get(`${people.homeApp(core, app).id}:${user}`)?.view),
    /** The modal on top of what a person sees, with the errors it shows. */
    view: (user: string): ShownView | undefined => openViews(core, user).at(-1),
    state: (): StateSnapshot => snapshot(core),
    log: (): LogEntry[] => core.log.list(),
    /** Replaces the rules of what goes wrong; an empty list ends all trouble. */
    faults: (rules: FaultRule[]): void => core.faults.set(rules),
    /** Asks Socket Mode clients to reconnect, as Slack does from time to time. */
    refreshSockets: (): void => core.sockets.refresh(),
    /** Cuts every Socket Mode connection without a word. */
    cutSockets: (): void => core.sockets.cut(),
    /** Called on every change; returns how to stop that. */
    onChange: (listener: (change: Change) => void): (() => void) => workspace.onChange(listener),
    /** Resolves when nothing delivered to an app is unanswered. Repeats that wait for the clock do not count. */
    idle: (): Promise<void> => core.delivery.idle(),
  };
}
