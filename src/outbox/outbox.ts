import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Clock } from '../calendar/clock.ts';
import type { Committer } from '../db/committer.ts';
import { isDatabaseFailure } from '../db/failure.ts';
import type { DatabaseHealth } from '../db/health.ts';
import type { OutboxRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';
import { postInsteadOfEphemeral, postInsteadOfFile } from './enqueue.ts';
import { Gates } from './gate.ts';
import type { DefinedMessage, OutgoingMessage, Rendered } from './message.ts';
import { afterFailure, backOff, type Failure, failureOf, isElsewhere, lookDelays } from './outcome.ts';
import { findPosted, openDirectChannel, type Place, type Posted, send } from './slack-port.ts';
import * as store from './store.ts';

/** Commits within this time share one look for what is due; no reader sees the difference. */
const kickMs = 10;
/** How long a message waits for the one whose thread or text it belongs to, before it looks again. */
const slotWaitMs = 1000;

export interface OutboxOptions {
  /** Everything of a unit of work but its `now`. */
  work: Omit<Work, 'now'>;
  committer: Committer;
  health: DatabaseHealth;
  clock: Clock;
  /** Made with `retryConfig: { retries: 0 }`: its own retries are blind and would send twice. */
  slack: WebClient;
  types: readonly Pick<DefinedMessage<unknown>, 'type' | 'render'>[];
  log: Logger;
  /** Tells somebody that a message will never arrive. Runs in the transaction that gives it up. */
  onDead(work: Work, row: OutboxRow, error: string): Promise<void>;
}

interface Claimed {
  row: OutboxRow;
  rendered: Rendered;
  place: Place;
}

/**
 * Sends what the transactions left behind. Nothing is silently lost, and a duplicate appears only if Slack applies a
 * call after our last look for it (`architecture.md`, "Delivery").
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #types: Map<string, OutboxOptions['types'][number]>;
  readonly #gates = new Gates();
  /** The lanes that are being worked off. They never wait for each other: one slow call holds up one channel. */
  readonly #lanes = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #stopping = false;
  /** A look for what is due is about to begin: another commit changes nothing. */
  #kicked = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#types = new Map(options.types.map((type) => [type.type, type]));
  }

  /** From here on the outbox wakes itself when something falls due. */
  start(): void {
    this.#running = true;
    this.kick();
  }

  /** Lets the calls that are under way end; what waits stays on disk. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#kicked = false;
    while (this.#lanes.size > 0) await Promise.allSettled(this.#lanes.values());
    this.#stopping = false;
  }

  /** Something new may be there: called after every commit. */
  kick(): void {
    if (!this.#running || this.#kicked) return;
    this.#kicked = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#kicked = false;
      void this.#wake();
    }, kickMs);
  }

  /**
   * Sends everything that is due and that the rate limits let through.
   * @returns when to come back (UTC milliseconds), or undefined if nothing waits
   */
  async drain(): Promise<number | undefined> {
    for (;;) {
      await this.#launch();
      if (this.#lanes.size === 0) return this.#nextWake();
      await Promise.all(this.#lanes.values());
    }
  }

  async #wake(): Promise<void> {
    try {
      const { started } = await this.#launch();
      for (const loop of started) {
        loop.then(
          () => this.kick(),
          (error: unknown) => this.#databaseRefused(error),
        );
      }
      this.#sleepUntil(await this.#nextWake());
    } catch (error) {
      this.#databaseRefused(error);
    }
  }

  /** Starts a loop for each lane that has something due, an open gate, and no loop yet. */
  async #launch(): Promise<{ started: Promise<void>[] }> {
    const { work, clock } = this.#options;
    const now = clock.now();
    await store.expireLeases(work.db, now, now + lookDelays[0]);
    const started: Promise<void>[] = [];
    for (const lane of await store.dueLanes(work.db, now)) {
      if (this.#lanes.has(lane) || this.#gates.opensAt(lane, now) > now) continue;
      const loop = this.#drainLane(lane).finally(() => this.#lanes.delete(lane));
      this.#lanes.set(lane, loop);
      started.push(loop);
    }
    return { started };
  }

  /** Works off one lane in order, until it is empty or its gate closes. */
  async #drainLane(lane: string): Promise<void> {
    const { work, clock } = this.#options;
    while (!this.#stopping) {
      const now = clock.now();
      if (this.#gates.opensAt(lane, now) > now) return;
      const row = await store.headOfLane(work.db, lane, now);
      if (!row) return;
      if (row.state === 'unknown') await this.#look(row);
      else await this.#deliver(row);
    }
  }

  /** The first of: a gate that opens for something due, something that falls due, a lease that runs out. */
  async #nextWake(): Promise<number | undefined> {
    const { work, clock } = this.#options;
    const now = clock.now();
    const waiting = (await store.dueLanes(work.db, now)).filter((lane) => !this.#lanes.has(lane));
    const times = waiting.map((lane) => this.#gates.opensAt(lane, now));
    const next = await store.nextEvent(work.db, now);
    if (next !== undefined) times.push(next);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async #deliver(row: OutboxRow): Promise<void> {
    let direct: string | undefined;
    try {
      direct = await this.#directChannel(row);
    } catch (error) {
      // Opening a direct channel twice changes nothing: whatever went wrong, the message itself was not sent.
      const failure = failureOf(error);
      const tried = { ...row, tries: row.tries + 1 };
      await this.#settleFailure(
        tried,
        failure.kind === 'unknown' ? { ...failure, kind: 'not_sent' } : failure,
      );
      return;
    }
    let claimed: Claimed | undefined;
    try {
      claimed = await this.#claim(row, direct);
    } catch (error) {
      // The database, not the message: everything waits until it is back.
      if (isDatabaseFailure(error)) throw error;
      await this.#abandon(row, error);
      return;
    }
    if (!claimed) return;
    this.#gates.take(row.lane, this.#options.clock.now());
    try {
      await this.#settleSent(claimed.row, await this.#sendOrFallBack(claimed));
    } catch (error) {
      await this.#settleFailure(claimed.row, failureOf(error));
    }
  }

  /** Charts and tables fall back to plain blocks where the server does not know them. */
  async #sendOrFallBack({ row, place, rendered }: Claimed): Promise<Posted | undefined> {
    const { slack, log } = this.#options;
    const { text, blocks, classic, file } = rendered;
    try {
      return await send(slack, row, place, { text, blocks, file });
    } catch (error) {
      if (!classic || !(error instanceof WebAPIPlatformError) || error.data.error !== 'invalid_blocks')
        throw error;
      log.warn({ outboxId: row.id }, 'outbox: this server refuses a chart or a table; sent in plain blocks');
      return send(slack, row, place, { text, blocks: classic });
    }
  }

  /**
   * In one transaction: is the message still wanted, what does it say now, where does it go. Only then it is marked
   * as being sent, so that a crash in the call leaves a trace.
   */
  #claim(row: OutboxRow, direct: string | undefined): Promise<Claimed | undefined> {
    return this.#transact(async (work) => {
      const place = await this.#placeOf(work, row, direct);
      if (place === 'later') {
        // The longer it has waited, the less often it looks: the other message may be backing off for minutes.
        const wait = Math.min(Math.max(slotWaitMs, Math.round((work.now - row.created_at) / 10)), 30_000);
        await store.settle(work.db, row, { state: 'ready', available_at: work.now + wait }, work.now);
        return undefined;
      }
      const rendered = await this.#render(work, row);
      if (rendered === null || (place === 'nowhere' && row.kind === 'update')) {
        await store.settle(work.db, row, { state: 'cancelled' }, work.now);
        return undefined;
      }
      if (place === 'nowhere') {
        await this.#giveUp(work, row, 'thread_not_posted');
        return undefined;
      }
      const claimed = await store.markSending(work.db, row, work.now);
      return claimed && { row: claimed, rendered, place };
    });
  }

  /** Nothing to say any more (what it was about is gone), or a bug in saying it: either way the lane goes on. */
  async #abandon(row: OutboxRow, error: unknown): Promise<void> {
    if (!(error instanceof Refusal)) {
      const cause = `cannot be rendered: ${String(error)}`;
      return this.#settleFailure(row, { kind: 'refused', error: cause });
    }
    await this.#transact((work) =>
      store.settle(work.db, row, { state: 'cancelled', last_error: error.message }, work.now),
    );
  }

  async #render(work: Work, row: OutboxRow): Promise<Rendered | null> {
    const message = JSON.parse(row.message) as OutgoingMessage;
    const type = this.#types.get(message.type);
    if (!type)
      throw new Error(
        `No message type ${message.type}; outbox row ${row.id} was written by another version.`,
      );
    return type.render(work, message.data);
  }

  async #placeOf(work: Work, row: OutboxRow, direct?: string): Promise<Place | 'later' | 'nowhere'> {
    const channelId = row.channel_id ?? direct ?? '';
    const slot = row.kind === 'update' ? row.slot : row.thread_slot;
    if (slot === null) return { channelId, threadTs: row.thread_ts ?? undefined };
    const message = await store.messageOfSlot(work.db, row.team_id, slot);
    if (!message) {
      if (await store.isSlotPending(work.db, row.team_id, slot)) return 'later';
      // Whoever has deleted the message gets what belongs in its thread all the same.
      return slot === row.thread_slot && direct !== undefined ? { channelId: direct } : 'nowhere';
    }
    if (row.kind === 'update') return message;
    return { channelId: message.channelId, threadTs: message.ts };
  }

  /** The channel of a direct message; undefined when the message names its channel itself. */
  async #directChannel(row: OutboxRow): Promise<string | undefined> {
    const { work, slack } = this.#options;
    const userId = row.user_id;
    if (row.kind === 'ephemeral' || row.channel_id !== null || userId === null) return undefined;
    const known = await store.directChannel(work.db, row.team_id, userId);
    if (known !== undefined) return known;
    const channelId = await openDirectChannel(slack, userId);
    await store.saveDirectChannel(work.db, row.team_id, userId, channelId);
    return channelId;
  }

  async #settleSent(row: OutboxRow, posted: Posted | undefined): Promise<void> {
    await this.#transact(async (work) => {
      const counts = await store.settle(work.db, row, { state: 'sent', last_error: null }, work.now);
      if (counts && posted && row.slot !== null) await store.saveSlot(work.db, row.team_id, row.slot, posted);
    });
  }

  async #settleFailure(row: OutboxRow, failure: Failure): Promise<void> {
    const { log } = this.#options;
    const { kind, error } = failure;
    await this.#transact(async (work) => {
      if (row.kind === 'update' && row.slot !== null && error === 'message_not_found') {
        // Somebody has deleted the message: the next change of what it shows posts it anew.
        await store.forgetSlot(work.db, row.team_id, row.slot);
        await store.settle(work.db, row, { state: 'cancelled', last_error: error }, work.now);
        return;
      }
      if (isElsewhere(row, error)) {
        const settled = { state: 'cancelled' as const, last_error: error };
        if (await store.settle(work.db, row, settled, work.now)) await postInsteadOfEphemeral(work, row);
        return;
      }
      const change = afterFailure(row, failure, work.now);
      if (failure.kind === 'not_sent' && failure.retryAfterMs !== undefined) {
        this.#gates.pause(row.lane, work.now + failure.retryAfterMs);
      }
      if (change.state === 'dead') return this.#giveUp(work, row, error);
      await store.settle(work.db, row, { ...change, last_error: error, tries: row.tries }, work.now);
      const detail = { outboxId: row.id, lane: row.lane, tries: row.tries, error };
      log.warn(detail, `outbox: ${kind}; the message is ${change.state}`);
    });
  }

  /** A message that will never arrive: the log and somebody who can mend it are told. */
  async #giveUp(work: Work, row: OutboxRow, error: string): Promise<void> {
    const settled = await store.settle(work.db, row, { state: 'dead', last_error: error }, work.now);
    if (!settled) return;
    const detail = { outboxId: row.id, kind: row.kind, lane: row.lane, error };
    this.#options.log.error(detail, 'outbox: a message was refused for good');
    if (row.kind === 'file') await postInsteadOfFile(work, row);
    await this.#options.onDead(work, row, error);
  }

  /** Looks whether an uncertain message arrived. Keeps the first of several, deletes the rest. */
  async #look(row: OutboxRow): Promise<void> {
    const { work, slack, clock, log } = this.#options;
    const now = clock.now();
    if (row.kind !== 'post') {
      // Only a crash brings these here; see `afterFailure` for why sending again is right.
      await store.settle(work.db, row, { state: 'ready', available_at: now }, now);
      return;
    }
    try {
      const place = await this.#placeOf({ ...work, now }, row, await this.#directChannel(row));
      const found = typeof place === 'string' ? [] : await findPosted(slack, row, place);
      const [first, ...surplus] = found;
      if (first) {
        await this.#deleteSurplus(surplus);
        await this.#settleSent(row, first);
        return;
      }
      const looks = row.looks + 1;
      const next = lookDelays[looks];
      const change: store.Settlement =
        next === undefined
          ? { state: 'ready', available_at: now, looks: 0 }
          : { state: 'unknown', available_at: now + next, looks };
      await store.settle(work.db, row, change, now);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'refused') return this.#settleFailure(row, failure);
      log.warn(
        { outboxId: row.id, err: error },
        'outbox: could not look for an uncertain message; later again',
      );
      const at = now + Math.max(lookDelays[0], backOff(row.looks));
      await store.settle(work.db, row, { state: 'unknown', available_at: at }, now);
    }
  }

  /** A copy that somebody else has deleted meanwhile is no reason to doubt the one that was found. */
  async #deleteSurplus(surplus: readonly Posted[]): Promise<void> {
    for (const { channelId, ts } of surplus) {
      try {
        await this.#options.slack.chat.delete({ channel: channelId, ts });
      } catch (error) {
        if (failureOf(error).kind !== 'refused') throw error;
      }
    }
  }

  #transact<T>(run: (work: Work) => Promise<T>): Promise<T> {
    const { work, committer, clock } = this.#options;
    return committer.run((db) => run({ ...work, db, now: clock.now() }));
  }

  #sleepUntil(wakeAt: number | undefined): void {
    if (!this.#running || this.#kicked || wakeAt === undefined) return;
    const delay = Math.min(Math.max(wakeAt - this.#options.clock.now(), 10), 60_000);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.kick(), delay);
  }

  #databaseRefused(error: unknown): void {
    const { log, clock, health } = this.#options;
    log.error({ err: error }, 'outbox: the database refused; trying again in 5 s');
    if (error instanceof Error) health.failed(error, clock.now());
    this.#sleepUntil(clock.now() + 5000);
  }
}
