import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Core } from './core.ts';
import { unanswered, type Parcel, type Reaction } from './parcel.ts';
import type { SandboxApp } from './types.ts';
import { fieldsOf, parseJson, type Fields } from './values.ts';

const pingEveryMs = 4000;
const connectionsPerApp = 10;
const largestFrame = 1_000_000;
const host = { host: 'applink-sandbox' };
const send = (socket: WebSocket, message: Fields): void => socket.send(JSON.stringify(message));

/** Socket Mode: a WebSocket per ticket from `apps.connections.open`; deliveries go round the app's connections. */
export class SocketMode {
  readonly #core: Core;
  #server = new WebSocketServer({ noServer: true, maxPayload: largestFrame });
  /** The app behind each connection. */
  #connections = new Map<WebSocket, string>();
  /** Envelopes on their way, by id: how to tell the sender that the answer came, or never will. */
  #waiting = new Map<string, { socket: WebSocket; settle: (reaction: Reaction) => void }>();
  #tickets = new Map<string, string>();
  #turn = 0;
  readonly #pinger = setInterval(() => this.#each((socket) => socket.ping()), pingEveryMs).unref();

  constructor(core: Core) {
    this.#core = core;
  }

  #each(act: (socket: WebSocket) => void): void {
    for (const socket of this.#connections.keys()) act(socket);
  }

  #of(appId: string): WebSocket[] {
    return [...this.#connections].flatMap(([socket, owner]) => (owner === appId ? [socket] : []));
  }

  count(appId: string): number {
    return this.#of(appId).length;
  }

  /** A ticket that opens one connection. */
  ticket(appId: string): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, appId);
    return ticket;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    const appId = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (appId === undefined || this.count(appId) >= connectionsPerApp) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    } else this.#server.handleUpgrade(request, socket, head, (opened) => this.#welcome(appId, opened));
  }

  #welcome(app_id: string, socket: WebSocket): void {
    const { workspace } = this.#core;
    this.#connections.set(socket, app_id);
    socket.on('message', (data: Buffer) => this.#receive(data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#connections.delete(socket);
      for (const one of this.#waiting.values()) if (one.socket === socket) one.settle(unanswered('timeout'));
      workspace.changed({ type: 'state' });
    });
    const debug_info = { ...host, build_number: 1, approximate_connection_time: 18060 };
    const num_connections = this.count(app_id);
    send(socket, { type: 'hello', num_connections, debug_info, connection_info: { app_id } });
    workspace.changed({ type: 'state' });
  }

  /** Takes an acknowledgement. Anything else changes nothing and is shown in the log. */
  #receive(text: string): void {
    const { envelope_id: id, payload } = fieldsOf(parseJson(text));
    if (typeof id === 'string') {
      this.#waiting.get(id)?.settle({ acked: true, response: fieldsOf(payload) });
      return;
    }
    const entry = { kind: 'socket', summary: 'no acknowledgement', ok: false };
    const said = { payload: text.slice(0, 500), response: {} };
    this.#core.record(performance.now(), { direction: 'from_app', ...entry, ...said });
  }

  /** Sends over the next connection and waits for the acknowledgement; `cut` kills the connection instead. */
  async send(app: SandboxApp, parcel: Parcel, timeoutMs: number, cut: boolean): Promise<Reaction> {
    const open = this.#of(app.id).filter(({ readyState }) => readyState === 1);
    const socket = open[this.#turn++ % Math.max(open.length, 1)];
    if (socket === undefined) return unanswered();
    const id = randomUUID();
    return await new Promise((resolve) => {
      const timer = setTimeout(() => settle(unanswered('timeout')), timeoutMs);
      const settle = (reaction: Reaction): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(reaction);
      };
      this.#waiting.set(id, { socket, settle });
      if (cut) socket.terminate();
      else send(socket, envelope(id, parcel));
    });
  }

  /** Asks every client to come back on a new connection, as Slack does every few hours. */
  refresh(): void {
    this.#each((socket) =>
      send(socket, { type: 'disconnect', reason: 'refresh_requested', debug_info: host }),
    );
  }

  /** Closes every connection politely; whoever does not answer within a moment is cut off. */
  async stop(): Promise<void> {
    clearInterval(this.#pinger);
    const sockets = [...this.#connections.keys()];
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) socket.close(1001);
    const giveUp = setTimeout(() => this.#each((socket) => socket.terminate()), 500);
    await Promise.all(closed);
    clearTimeout(giveUp);
    this.#server.close();
  }
}

function envelope(envelope_id: string, { kind, body, retry }: Parcel): Fields {
  const isEvent = kind === 'events_api';
  const attempt = { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' };
  const parcel = { envelope_id, type: kind, payload: body, accepts_response_payload: !isEvent };
  return isEvent ? { ...parcel, ...attempt } : parcel;
}
