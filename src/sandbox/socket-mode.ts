import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { randomUUID } from 'node:crypto';
import type { Answer, Parcel } from './deliver.ts';
import type { SandboxApp } from './types.ts';
import { fieldsOf } from './values.ts';

interface Connection {
  appId: string;
  socket: WebSocket;
  /** Envelopes on their way, by id: how to tell the sender that the answer came, or never will. */
  waiting: Map<string, (answer: Omit<Answer, 'ms'>) => void>;
}

const pingEveryMs = 4000;
const connectionsPerApp = 10;

/** Socket Mode: a WebSocket per ticket from `apps.connections.open`; deliveries go round the app's connections. */
export class SocketMode {
  #server = new WebSocketServer({ noServer: true });
  #connections: Connection[] = [];
  #tickets = new Map<string, string>();
  #turn = 0;
  #onConnect: (appId: string) => void;
  #pinger: NodeJS.Timeout;

  constructor(onConnect: (appId: string) => void) {
    this.#onConnect = onConnect;
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
    socket.on('message', (data: Buffer) => receive(connection, data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#connections = this.#connections.filter((other) => other !== connection);
      for (const settle of connection.waiting.values())
        settle({ acked: false, response: {}, reason: 'timeout' });
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.count(appId),
        debug_info: { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: appId },
      }),
    );
    this.#onConnect(appId);
  }

  /** Sends over the next connection and waits for the acknowledgement; `cut` kills the connection instead. */
  async send(app: SandboxApp, parcel: Parcel, timeoutMs: number, cut: boolean): Promise<Omit<Answer, 'ms'>> {
    const open = this.#connections.filter(({ appId, socket }) => appId === app.id && socket.readyState === 1);
    const connection = open[this.#turn++ % Math.max(open.length, 1)];
    if (connection === undefined) return { acked: false, response: {}, reason: 'no_connection' };
    const envelopeId = randomUUID();
    return await new Promise((resolve) => {
      const timer = setTimeout(() => settle({ acked: false, response: {}, reason: 'timeout' }), timeoutMs);
      const settle = (answer: Omit<Answer, 'ms'>): void => {
        clearTimeout(timer);
        connection.waiting.delete(envelopeId);
        resolve(answer);
      };
      connection.waiting.set(envelopeId, settle);
      if (cut) connection.socket.terminate();
      else connection.socket.send(JSON.stringify(envelope(envelopeId, parcel)));
    });
  }

  /** Asks every client to come back on a new connection, as Slack does every few hours. */
  refresh(): void {
    for (const { socket } of this.#connections) {
      socket.send(
        JSON.stringify({
          type: 'disconnect',
          reason: 'refresh_requested',
          debug_info: { host: 'applink-sandbox' },
        }),
      );
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

function envelope(envelopeId: string, { kind, body, retry }: Parcel): unknown {
  return {
    envelope_id: envelopeId,
    type: kind,
    payload: body,
    accepts_response_payload: kind !== 'events_api',
    ...(kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
  };
}

function receive(connection: Connection, text: string): void {
  const message = fieldsOf(JSON.parse(text));
  if (typeof message.envelope_id !== 'string') return;
  connection.waiting.get(message.envelope_id)?.({ acked: true, response: fieldsOf(message.payload) });
}
