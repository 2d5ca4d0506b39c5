import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Parcel, Reaction } from './deliver.ts';
import type { TrafficLog } from './traffic-log.ts';
import type { Fields, SandboxApp } from './types.ts';
import { isFields } from './values.ts';

interface Connection {
  appId: string;
  socket: WebSocket;
  /** Envelopes on their way, by id: how to tell the sender that the answer came, or never will. */
  waiting: Map<string, (reaction: Reaction) => void>;
}

const pingEveryMs = 4000;
const connectionsPerApp = 10;
const largestFrame = 1_000_000;
const host = { host: 'applink-sandbox' };

/** Socket Mode: a WebSocket per ticket from `apps.connections.open`; deliveries go round the app's connections. */
export class SocketMode {
  #server = new WebSocketServer({ noServer: true, maxPayload: largestFrame });
  #connections: Connection[] = [];
  #tickets = new Map<string, string>();
  #turn = 0;
  readonly #log: TrafficLog;
  readonly #onChange: () => void;
  readonly #pinger: NodeJS.Timeout;

  constructor(log: TrafficLog, onChange: () => void) {
    this.#log = log;
    this.#onChange = onChange;
    this.#pinger = setInterval(() => {
      for (const { socket } of this.#connections) socket.ping();
    }, pingEveryMs);
    this.#pinger.unref();
  }

  /** A ticket that opens one connection. */
  ticket(appId: string): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, appId);
    return ticket;
  }

  count(appId: string): number {
    return this.#connections.filter((connection) => connection.appId === appId).length;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    const appId = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (appId === undefined || this.count(appId) >= connectionsPerApp) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#welcome(appId, webSocket));
  }

  #welcome(appId: string, socket: WebSocket): void {
    const connection: Connection = { appId, socket, waiting: new Map() };
    this.#connections.push(connection);
    socket.on('message', (data: Buffer) => this.#receive(connection, data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#connections = this.#connections.filter((other) => other !== connection);
      for (const settle of connection.waiting.values())
        settle({ acked: false, response: {}, reason: 'timeout' });
      this.#onChange();
    });
    send(socket, {
      type: 'hello',
      num_connections: this.count(appId),
      debug_info: { ...host, build_number: 1, approximate_connection_time: 18060 },
      connection_info: { app_id: appId },
    });
    this.#onChange();
  }

  /** Takes an acknowledgement. Anything else changes nothing and is shown in the log. */
  #receive({ waiting }: Connection, text: string): void {
    const message = parsed(text);
    if (typeof message?.envelope_id === 'string') {
      const { payload } = message;
      return waiting.get(message.envelope_id)?.({ acked: true, response: isFields(payload) ? payload : {} });
    }
    this.#log.add(performance.now(), {
      direction: 'from_app',
      kind: 'socket',
      summary: 'no acknowledgement',
      ok: false,
      payload: text.slice(0, 500),
      response: {},
    });
  }

  /** Sends over the next connection and waits for the acknowledgement; `cut` kills the connection instead. */
  async send(app: SandboxApp, parcel: Parcel, timeoutMs: number, cut: boolean): Promise<Reaction> {
    const open = this.#connections.filter(({ appId, socket }) => appId === app.id && socket.readyState === 1);
    const connection = open[this.#turn++ % Math.max(open.length, 1)];
    if (connection === undefined) return { acked: false, response: {}, reason: 'no_connection' };
    const { socket, waiting } = connection;
    const id = randomUUID();
    return await new Promise((resolve) => {
      const timer = setTimeout(() => settle({ acked: false, response: {}, reason: 'timeout' }), timeoutMs);
      const settle = (reaction: Reaction): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(reaction);
      };
      waiting.set(id, settle);
      if (cut) socket.terminate();
      else send(socket, envelope(id, parcel));
    });
  }

  /** Asks every client to come back on a new connection, as Slack does every few hours. */
  refresh(): void {
    for (const { socket } of this.#connections) {
      send(socket, { type: 'disconnect', reason: 'refresh_requested', debug_info: host });
    }
  }

  /** Kills every connection without a word, as a broken network does. */
  cut(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Closes every connection politely; whoever does not answer within a moment is cut off. */
  async stop(): Promise<void> {
    clearInterval(this.#pinger);
    const closed = this.#connections.map(
      ({ socket }) => new Promise((resolve) => socket.once('close', resolve)),
    );
    for (const { socket } of this.#connections) socket.close(1001);
    const giveUp = setTimeout(() => this.cut(), 500);
    await Promise.all(closed);
    clearTimeout(giveUp);
    this.#server.close();
  }
}

function send(socket: WebSocket, message: Fields): void {
  socket.send(JSON.stringify(message));
}

function envelope(envelope_id: string, { kind, body, retry }: Parcel): Fields {
  const isEvent = kind === 'events_api';
  const attempt = { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' };
  return {
    envelope_id,
    type: kind,
    payload: body,
    accepts_response_payload: !isEvent,
    ...(isEvent ? attempt : {}),
  };
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
