import type { SandboxClock } from './clock.ts';
import type { Faults } from './faults.ts';
import { sendByHttp } from './http-events.ts';
import type { SocketMode } from './socket-mode.ts';
import type { TrafficLog } from './traffic-log.ts';
import type { Fields, SandboxApp } from './types.ts';
import { fieldsOf, textOf } from './values.ts';

export interface Parcel {
  kind: 'events_api' | 'interactive' | 'slash_commands';
  body: Fields;
  retry?: { num: number; reason: string };
}

export interface Answer {
  acked: boolean;
  response: Fields;
  /** Real milliseconds. */
  ms: number;
  /** Why there was no acknowledgement, in Slack's words for `retry_reason`. */
  reason?: string;
}

/** Slack waits this long for an acknowledgement; real time, because the app's answer takes real time. */
export const ackWithinMs = 3000;
/** An event is sent again at once, after a minute and after five, by the sandbox clock. */
const retryAfterMs = [0, 60_000, 300_000];

/** Sends events and payloads to apps, waits for their acknowledgement and repeats events that got none. */
export class Delivery {
  readonly #clock: SandboxClock;
  readonly #faults: Faults;
  readonly #log: TrafficLog;
  readonly #sockets: SocketMode;
  #inFlight = 0;
  #waiters: (() => void)[] = [];
  #retries = new Set<() => void>();

  constructor(parts: { clock: SandboxClock; faults: Faults; log: TrafficLog; sockets: SocketMode }) {
    this.#clock = parts.clock;
    this.#faults = parts.faults;
    this.#log = parts.log;
    this.#sockets = parts.sockets;
  }

  /** Sends an event and returns at once; it is repeated on Slack's schedule until acknowledged. */
  event(app: SandboxApp, body: Fields): void {
    const fault = this.#faults.forDelivery(textOf(fieldsOf(body.event).type) ?? '', true);
    this.#background(() => this.#attempt(app, body, 0, undefined, fault));
    if (fault === 'event_twice') this.#background(() => this.#attempt(app, body, 0));
  }

  /** Sends a payload of a person's action and waits for the app's answer. It is never repeated. */
  async interaction(app: SandboxApp, kind: 'interactive' | 'slash_commands', body: Fields): Promise<Answer> {
    const type = textOf(body.type) ?? 'slash_command';
    const cut = this.#faults.forDelivery(type, false) === 'cut_socket';
    return await this.#track(this.#send(app, { kind, body }, cut));
  }

  /** Resolves when nothing sent is unanswered. Repeats that wait for the clock do not count. */
  async idle(): Promise<void> {
    // What an app does in answer to a delivery starts further deliveries: look again until it stays quiet.
    for (let quiet = 0; quiet < 3; quiet += 1) {
      if (this.#inFlight > 0) {
        await new Promise<void>((resolve) => this.#waiters.push(resolve));
        quiet = 0;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Forgets the repeats that wait for the clock. */
  cancelRetries(): void {
    for (const cancel of this.#retries) cancel();
    this.#retries.clear();
  }

  #background(work: () => Promise<void>): void {
    void this.#track(work());
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work;
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) for (const resolve of this.#waiters.splice(0)) resolve();
    }
  }

  async #attempt(app: SandboxApp, body: Fields, num: number, reason?: string, fault?: string): Promise<void> {
    const retry = num === 0 ? undefined : { num, reason: reason ?? '' };
    const answer = await this.#send(app, { kind: 'events_api', body, retry }, fault === 'cut_socket');
    if (answer.acked && fault !== 'event_retry') return;
    const wait = retryAfterMs[num];
    if (wait === undefined) return;
    const why = answer.reason === 'no_connection' ? 'timeout' : (answer.reason ?? this.#timeoutReason(app));
    const again = (): Promise<void> => this.#attempt(app, body, num + 1, why);
    if (wait === 0) return await again();
    const cancel = this.#clock.at(this.#clock.now() + wait, () => {
      this.#retries.delete(cancel);
      this.#background(again);
    });
    this.#retries.add(cancel);
  }

  #timeoutReason(app: SandboxApp): string {
    return app.requestUrl === undefined ? 'timeout' : 'http_timeout';
  }

  async #send(app: SandboxApp, parcel: Parcel, cut: boolean): Promise<Answer> {
    const started = performance.now();
    const answer =
      app.requestUrl === undefined
        ? await this.#sockets.send(app, parcel, ackWithinMs, cut)
        : cut
          ? { acked: false, response: {}, reason: 'connection_failed' }
          : await sendByHttp(app, parcel, ackWithinMs);
    const ms = Math.round(performance.now() - started);
    this.#log.add({
      direction: 'to_app',
      ...describe(parcel),
      ms,
      ok: answer.acked,
      payload: parcel.body,
      response: answer.acked ? answer.response : { error: answer.reason },
    });
    return { ...answer, ms };
  }
}

function describe({ kind, body, retry }: Parcel): { kind: string; summary: string } {
  const suffix = retry === undefined ? '' : ` (retry ${retry.num}, ${retry.reason})`;
  if (kind === 'events_api') {
    const event = fieldsOf(body.event);
    const parts = [
      event.type,
      event.subtype,
      event.channel ?? fieldsOf(event.item).channel,
      event.user ?? event.bot_id,
    ];
    return { kind: 'event', summary: parts.filter((part) => typeof part === 'string').join(' ') + suffix };
  }
  if (kind === 'slash_commands') {
    return {
      kind: 'slash_command',
      summary: `${textOf(body.command) ?? ''} ${textOf(body.text) ?? ''}`.trim(),
    };
  }
  const action = fieldsOf((body.actions as unknown[] | undefined)?.[0]);
  const name = action.action_id ?? body.callback_id ?? fieldsOf(body.view).callback_id;
  return { kind: textOf(body.type) ?? '', summary: textOf(name) ?? '' };
}
