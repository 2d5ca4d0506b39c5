import type { Core } from './core.ts';
import type { FaultRule } from './faults.ts';
import { sendByHttp } from './http-events.ts';
import { unanswered, type Parcel, type Reaction } from './parcel.ts';
import { common } from './payloads.ts';
import type { SandboxApp } from './types.ts';
import { fieldsOf, listOf, textOf, type Fields } from './values.ts';

/** Slack waits this long for an acknowledgement; real time, because the app's answer takes real time. */
const ackWithinMs = 3000;
/** An event is sent again at once, after a minute and after five, by the sandbox clock. */
const retryAfterMs = [0, 60_000, 300_000];

/** Sends events and payloads to apps, waits for their acknowledgement and repeats events that got none. */
export class Delivery {
  readonly #core: Core;
  #inFlight = 0;
  #waiters: (() => void)[] = [];
  #later = new Set<() => void>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Sends an event and returns at once; it is repeated on Slack's schedule until acknowledged. */
  event(app: SandboxApp, envelope: Fields): void {
    const { limits, workspace, faults } = this.#core;
    const surplus = limits.surplusDeliveries(app.id);
    if (surplus > 1) return;
    const minute_rate_limited = Math.floor(workspace.now / 60_000) * 60;
    const warning = { ...common(workspace, app), type: 'app_rate_limited', minute_rate_limited };
    const body = surplus === 0 ? envelope : warning;
    const fault = faults.forDelivery(textOf(fieldsOf(envelope.event).type) ?? '', true);
    const first = (): Promise<void> => this.#attempt(app, body, 0, '', fault?.do);
    if (fault?.do === 'event_late') return this.#after(fault.ms ?? 2000, first);
    void this.#track(first());
    if (fault?.do === 'event_twice') void this.#track(this.#attempt(app, body, 0));
  }

  /** Sends a payload of a person's action and waits for the app's answer. It is never repeated. */
  async interaction(app: SandboxApp, kind: Parcel['kind'], body: Fields): Promise<Reaction & { ms: number }> {
    const started = performance.now();
    const fault = this.#core.faults.forDelivery(textOf(body.type) ?? 'slash_command', false);
    const reaction = await this.#track(this.#send(app, { kind, body }, fault !== undefined));
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
    const { clock } = this.#core;
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
    const why = answer.reason ?? (app.requestUrl === undefined ? 'timeout' : 'http_timeout');
    const again = (): Promise<void> => this.#attempt(app, body, num + 1, why);
    if (wait === 0) await again();
    else this.#after(wait, again);
  }

  async #send(app: SandboxApp, parcel: Parcel, cut: boolean): Promise<Reaction> {
    const started = performance.now();
    const byHttp = app.requestUrl !== undefined;
    const reaction =
      byHttp && cut
        ? unanswered('connection_failed')
        : await (byHttp
            ? sendByHttp(app, parcel, ackWithinMs)
            : this.#core.sockets.send(app, parcel, ackWithinMs, cut));
    const { acked: ok, reason } = reaction;
    const response = ok ? reaction.response : { error: reason };
    const about = { ...describe(parcel), ok, payload: parcel.body, response };
    this.#core.record(started, { direction: 'to_app', ...about });
    return reaction;
  }
}

function describe({ kind, body, retry }: Parcel): { kind: string; summary: string } {
  const said = (...parts: unknown[]): string => parts.filter((part) => typeof part === 'string').join(' ');
  if (kind === 'events_api') {
    const { type, subtype, channel, user, bot_id: botId } = fieldsOf(body.event ?? body);
    const suffix = retry && `(retry ${retry.num}, ${retry.reason})`;
    return { kind: 'event', summary: said(type, subtype, channel, user ?? botId, suffix) };
  }
  if (kind === 'slash_commands')
    return { kind: 'slash_command', summary: said(body.command, body.text).trim() };
  const name = listOf(body.actions)[0]?.action_id ?? body.callback_id ?? fieldsOf(body.view).callback_id;
  return { kind: textOf(body.type) ?? '', summary: said(name) };
}
