import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClock } from './clock.ts';
import type { Core } from './core.ts';
import { Delivery } from './deliver.ts';
import { Events } from './events.ts';
import { Faults, type FaultRule } from './faults.ts';
import { closeView, submit, type SubmitInput } from './forms.ts';
import { command, interact, shortcut, type InteractInput } from './interactions.ts';
import * as people from './people.ts';
import { RateLimits } from './rate-limits.ts';
import { ResponseUrls } from './response-url.ts';
import { handleRequest } from './server.ts';
import { channelMessages, openViews, snapshot, type ShownView, type StateSnapshot } from './snapshot.ts';
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
export { blockProblems, messageProblems, viewProblems, type Surface } from './validate-blocks.ts';

/** A running sandbox: what people and other apps do, and what there is to see. Control mistakes throw `ControlError`. */
export interface Sandbox {
  /** `http://localhost:<port>`: the page and the control API. */
  url: string;
  /** What an app's `SLACK_API_URL` is set to. */
  apiUrl: string;
  clock: SandboxClock;
  stop(): Promise<void>;
  /** Back to the seed: messages, views, faults and the log are gone; time and connections stay. */
  reset(): void;
  postMessage(input: people.PersonMessage): Message;
  botMessage(input: people.BotMessage): Message;
  editMessage(input: { channel: string; ts: string; text: string }): Message;
  deleteMessage(input: { channel: string; ts: string }): void;
  /** Also for an app's bot: that is how an app is invited to a channel. */
  invite(input: { channel: string; user: string; by?: string }): void;
  leave(input: { channel: string; user: string }): void;
  archive(input: { channel: string; user?: string }): void;
  openHome(input: { user: string; app?: string }): void;
  uninstall(input?: { app?: string }): void;
  markRead(input: { user: string; channel: string }): void;
  command(input: { channel: string; user: string; command: string; text?: string }): Promise<Outcome>;
  interact(input: InteractInput): Promise<Outcome>;
  submit(input: SubmitInput): Promise<Outcome>;
  closeView(input: { user: string; viewId?: string }): Promise<Outcome>;
  shortcut(input: {
    user: string;
    callbackId: string;
    channel?: string;
    messageTs?: string;
  }): Promise<Outcome>;
  /** All messages of a channel, oldest first, replies and ephemeral ones included. */
  messages(channel: string): Message[];
  /** The message that started a thread and its replies. */
  thread(channel: string, ts: string): Message[];
  /** The direct messages between a person and the first app's bot, oldest first. */
  directMessages(user: string): Message[];
  /** The Home that a person sees, if the app has published one. */
  home(user: string, app?: string): View | undefined;
  /** The modal on top of what a person sees, with the errors it shows. */
  view(user: string): ShownView | undefined;
  state(): StateSnapshot;
  log(): LogEntry[];
  /** Replaces the rules of what goes wrong; an empty list ends all trouble. */
  faults(rules: FaultRule[]): void;
  /** Asks Socket Mode clients to reconnect, as Slack does from time to time. */
  refreshSockets(): void;
  /** Cuts every Socket Mode connection without a word. */
  cutSockets(): void;
  /** Called on every change; returns how to stop that. */
  onChange(listener: (change: Change) => void): () => void;
  /** Resolves when nothing delivered to an app is unanswered. Repeats that wait for the clock do not count. */
  idle(): Promise<void>;
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
  const sockets = new SocketMode(() => workspace.changed({ type: 'state' }));
  const delivery = new Delivery({ clock, faults, log, sockets });
  const stopListening = clock.onJump((now) => workspace.changed({ type: 'clock', now }));
  const core: Core = {
    url: '',
    clock,
    workspace,
    delivery,
    events: new Events(workspace, delivery),
    sockets,
    faults,
    limits: new RateLimits(clock),
    log,
    responseUrls: new ResponseUrls(),
  };

  const sandbox = operations(core);
  const server = createServer((request, response) => handleRequest(core, sandbox, request, response));
  server.on('upgrade', (request, socket, head) => sockets.accept(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? 'localhost', resolve);
  });
  core.url = `http://localhost:${(server.address() as AddressInfo).port}`;

  return Object.assign(sandbox, {
    url: core.url,
    apiUrl: `${core.url}/api/`,
    stop: async () => {
      stopListening();
      delivery.cancelRetries();
      await sockets.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

function operations(core: Core): Sandbox {
  const { workspace } = core;
  return {
    url: '',
    apiUrl: '',
    clock: core.clock,
    stop: () => Promise.resolve(),
    reset: () => {
      core.delivery.cancelRetries();
      core.faults.set([]);
      core.limits.reset();
      core.responseUrls.clear();
      core.log.clear();
      workspace.reset();
    },
    postMessage: (input) => clone(people.postMessage(core, input)),
    botMessage: (input) => clone(people.botMessage(core, input)),
    editMessage: (input) => clone(people.editMessage(core, input)),
    deleteMessage: (input) => people.removeMessage(core, input),
    invite: (input) => people.invite(core, input),
    leave: (input) => people.leave(core, input),
    archive: (input) => people.archive(core, input),
    openHome: (input) => people.openHome(core, input),
    uninstall: (input) => people.uninstall(core, input),
    markRead: ({ user, channel }) => workspace.markRead(user, workspace.channel(channel)),
    command: (input) => command(core, input),
    interact: (input) => interact(core, input),
    submit: (input) => submit(core, input),
    closeView: (input) => closeView(core, input),
    shortcut: (input) => shortcut(core, input),
    messages: (channel) => channelMessages(core, channel),
    thread: (channel, ts) => {
      const { byTs, threads } = workspace.channel(channel);
      return clone([byTs.get(ts), ...(threads.get(ts) ?? [])].filter((message) => message !== undefined));
    },
    directMessages: (user) =>
      clone(workspace.directChannel([people.homeApp(core).botUserId, workspace.person(user).id]).messages),
    home: (user, app) => {
      const id = workspace.homes.get(`${people.homeApp(core, app).id}:${user}`);
      return clone(workspace.views.get(id ?? ''));
    },
    view: (user) => openViews(core, user).at(-1),
    state: () => snapshot(core),
    log: () => core.log.list(),
    faults: (rules) => core.faults.set(rules),
    refreshSockets: () => core.sockets.refresh(),
    cutSockets: () => core.sockets.cut(),
    onChange: (listener) => workspace.onChange(listener),
    idle: () => core.delivery.idle(),
  };
}
