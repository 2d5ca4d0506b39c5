import type { SandboxClock } from './clock.ts';
import type { FaultRule, Faults } from './faults.ts';
import { sendByHttp } from './http-events.ts';
import type { SocketMode } from './socket-mode.ts';
import type { TrafficLog } from './traffic-log.ts';
import type { Fields, SandboxApp } from './types.ts';
import { fieldsOf, listOf, textOf } from './values.ts';

export interface Parcel {
  kind: 'events_api' | 'interactive' | 'slash_commands';
  body: Fields;
  retry?: { num: number; reason: string };
}

/** What came back for a parcel. */
export interface Reaction {
  acked: boolean;
  response: Fields;
  /** Why there was no acknowledgement, in Slack's words for `retry_reason`. */
  reason?: string;
}

/** Slack waits this long for an acknowledgement; real time, because the app's answer takes real time. */
const ackWithinMs = 3000;
/** An event is sent again at once, after a minute and after five, by the sandbox clock. */
const retryAfterMs = [0, 60_000, 300_000];
const lateMs = 2000;

/** Sends events and payloads to apps, waits for their acknowledgement and repeats events that got none. */
export class Delivery {
  readonly #parts: { clock: SandboxClock; faults: Faults; log: TrafficLog; sockets: SocketMode };
  #inFlight = 0;
  #waiters: (() => void)[] = [];
  #later = new Set<() => void>();

  constructor(parts: { clock: SandboxClock; faults: Faults; log: TrafficLog; sockets: SocketMode }) {
    this.#parts = parts;
  }

  /** Sends an event and returns at once; it is repeated on Slack's schedule until acknowledged. */
  event(app: SandboxApp, body: Fields): void {
    const fault = this.#parts.faults.forDelivery(textOf(fieldsOf(body.event).type) ?? '', true);
    const first = (): Promise<void> => this.#attempt(app, body, 0, undefined, fault?.do);
    if (fault?.do === 'event_late') return this.#after(fault.ms ?? lateMs, first);
    void this.#track(first());
    if (fault?.do === 'event_twice') void this.#track(this.#attempt(app, body, 0));
  }

  /** Sends a payload of a person's action and waits for the app's answer. It is never repeated. */
  async interaction(
    app: SandboxApp,
    kind: 'interactive' | 'slash_commands',
    body: Fields,
  ): Promise<Reaction & { ms: number }> {
    const started = performance.now();
    const cut = this.#parts.faults.forDelivery(textOf(body.type) ?? 'slash_command', false) !== undefined;
    const reaction = await this.#track(this.#send(app, { kind, body }, cut));
    return { ...reaction, ms: Math.round(performance.now() - started) };
  }

  /** Resolves when nothing sent is unanswered. What waits for the clock does not count. */
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

  /** Forgets what waits for the clock. */
  cancelLater(): void {
    for (const cancel of this.#later) cancel();
    this.#later.clear();
  }

  #after(ms: number, work: () => Promise<void>): void {
    const { clock } = this.#parts;
    const cancel = clock.at(clock.now() + ms, () => {
      this.#later.delete(cancel);
      void this.#track(work());
    });
    this.#later.add(cancel);
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

  async #attempt(
    app: SandboxApp,
    body: Fields,
    num: number,
    reason = '',
    fault?: FaultRule['do'],
  ): Promise<void> {
    const retry = num === 0 ? undefined : { num, reason };
    const answer = await this.#send(app, { kind: 'events_api', body, retry }, fault === 'cut_socket');
    const wait = retryAfterMs[num];
    if ((answer.acked && fault !== 'event_retry') || wait === undefined) return;
    const timeout = app.requestUrl === undefined ? 'timeout' : 'http_timeout';
    const why = answer.reason === undefined || answer.reason === 'no_connection' ? timeout : answer.reason;
    const again = (): Promise<void> => this.#attempt(app, body, num + 1, why);
    if (wait === 0) await again();
    else this.#after(wait, again);
  }

  async #send(app: SandboxApp, parcel: Parcel, cut: boolean): Promise<Reaction> {
    const started = performance.now();
    const byHttp = app.requestUrl !== undefined;
    const reaction: Reaction =
      byHttp && cut
        ? { acked: false, response: {}, reason: 'connection_failed' }
        : byHttp
          ? await sendByHttp(app, parcel, ackWithinMs)
          : await this.#parts.sockets.send(app, parcel, ackWithinMs, cut);
    this.#parts.log.add(started, {
      direction: 'to_app',
      ...describe(parcel),
      ok: reaction.acked,
      payload: parcel.body,
      response: reaction.acked ? reaction.response : { error: reaction.reason },
    });
    return reaction;
  }
}

function describe({ kind, body, retry }: Parcel): { kind: string; summary: string } {
  if (kind === 'events_api') {
    const { type, subtype, channel, item, user, bot_id: botId } = fieldsOf(body.event);
    const parts = [type, subtype, channel ?? fieldsOf(item).channel, user ?? botId];
    const suffix = retry === undefined ? [] : [`(retry ${retry.num}, ${retry.reason})`];
    return {
      kind: 'event',
      summary: [...parts.filter((part) => typeof part === 'string'), ...suffix].join(' '),
    };
  }
  if (kind === 'slash_commands') {
    return {
      kind: 'slash_command',
      summary: `${textOf(body.command) ?? ''} ${textOf(body.text) ?? ''}`.trim(),
    };
  }
  const name = listOf(body.actions)[0]?.action_id ?? body.callback_id ?? fieldsOf(body.view).callback_id;
  return { kind: textOf(body.type) ?? '', summary: textOf(name) ?? '' };
}
