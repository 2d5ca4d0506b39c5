import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Clock } from '../calendar/clock.ts';
import type { Committer } from '../db/committer.ts';
import { isDatabaseFailure } from '../db/failure.ts';
import type { OutboxRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';
import { Gates } from './gate.ts';
import type { DefinedMessage, OutgoingMessage, Rendered } from './message.ts';
import { backOff, type Failure, failureOf } from './outcome.ts';
import { findPosted, openDirectChannel, type Place, type Posted, send } from './slack-port.ts';
import * as store from './store.ts';

/** When to look for a message that may have been sent, after the failure and after each empty look. */
const lookDelays = [15_000, 60_000, 300_000] as const;
/** Commits within this time share one look for what is due; no reader sees the difference. */
const kickMs = 10;
/** How long a message waits for the one whose thread or text it belongs to, before it looks again. */
const slotWaitMs = 1000;

export interface OutboxOptions {
  /** Everything of a unit of work but its `now`. */
  work: Omit<Work, 'now'>;
  committer: Committer;
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
  #draining: Promise<number | undefined> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  /** A drain is about to begin: another commit changes nothing. */
  #kicked = false;
  /** A server that refuses charts and tables once is not offered them again. */
  #classicOnly = false;

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
    clearTimeout(this.#timer);
    await this.#draining?.catch(() => undefined);
  }

  /** Something new may be there: called after every commit. */
  kick(): void {
    if (!this.#running || this.#kicked) return;
    this.#kicked = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#kicked = false;
      this.drain().then(
        (wakeAt) => this.#sleepUntil(wakeAt),
        (error: unknown) => {
          this.#options.log.error({ err: error }, 'outbox: the database refused; trying again in 5 s');
          this.#sleepUntil(this.#options.clock.now() + 5000);
        },
      );
    }, kickMs);
  }

  /**
   * Sends everything that is due and that the rate limits let through.
   * @returns when to come back (UTC milliseconds), or undefined if nothing waits
   */
  drain(): Promise<number | undefined> {
    if (this.#draining) {
      this.#again = true;
      return this.#draining;
    }
    this.#draining = this.#drainAll().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  async #drainAll(): Promise<number | undefined> {
    const { work, clock } = this.#options;
    let gateOpensAt: number | undefined;
    let progress: boolean;
    do {
      this.#again = false;
      gateOpensAt = undefined;
      const now = clock.now();
      await store.expireLeases(work.db, now, now + lookDelays[0]);
      const lanes = await store.dueLanes(work.db, now);
      const ended = await Promise.allSettled(lanes.map((lane) => this.#drainLane(lane)));
      const results = ended.map((result) => {
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      });
      progress = results.some((result) => result.progress);
      for (const { opensAt } of results) {
        if (opensAt !== undefined) gateOpensAt = Math.min(opensAt, gateOpensAt ?? Infinity);
      }
    } while (progress || this.#again);
    const now = clock.now();
    const next = await store.nextAvailable(work.db);
    if (next !== undefined && next > now) return Math.min(next, gateOpensAt ?? Infinity);
    return gateOpensAt ?? next;
  }

  /** Works off one lane in order, until it is empty or its gate closes. */
  async #drainLane(lane: string): Promise<{ progress: boolean; opensAt?: number }> {
    const { work, clock } = this.#options;
    let progress = false;
    for (;;) {
      const now = clock.now();
      const opensAt = this.#gates.opensAt(lane, now);
      if (opensAt > now) return { progress, opensAt };
      const row = await store.headOfLane(work.db, lane, now);
      if (!row) return { progress };
      progress = true;
      if (row.state === 'unknown') await this.#look(row);
      else await this.#deliver(row);
    }
  }

  async #deliver(row: OutboxRow): Promise<void> {
    let direct: string | undefined;
    try {
      direct = await this.#directChannel(row);
    } catch (error) {
      // Opening a direct channel twice changes nothing: whatever went wrong, the message itself was not sent.
      const failure = failureOf(error);
      await this.#settleFailure(row, failure.kind === 'unknown' ? { ...failure, kind: 'not_sent' } : failure);
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
    const { text, blocks, classic } = rendered;
    if (classic && this.#classicOnly) return send(slack, row, place, { text, blocks: classic });
    try {
      return await send(slack, row, place, { text, blocks });
    } catch (error) {
      if (!classic || !(error instanceof WebAPIPlatformError) || error.data.error !== 'invalid_blocks')
        throw error;
      log.warn(
        { outboxId: row.id },
        'outbox: this server refuses charts or tables; plain blocks from now on',
      );
      this.#classicOnly = true;
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
        await store.settle(work.db, row, { state: 'ready', available_at: work.now + slotWaitMs }, work.now);
        return undefined;
      }
      const rendered = place === 'nowhere' ? null : await this.#render(work, row);
      if (place === 'nowhere' || rendered === null) {
        const error = place === 'nowhere' ? 'slot_never_posted' : null;
        await store.settle(work.db, row, { state: 'cancelled', last_error: error }, work.now);
        return undefined;
      }
      return { row: await store.markSending(work.db, row, work.now), rendered, place };
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
    if (!message) return (await store.isSlotPending(work.db, row.team_id, slot)) ? 'later' : 'nowhere';
    if (row.kind === 'update') return message;
    return { channelId: message.channelId, threadTs: message.ts };
  }

  /** The channel of a direct message; undefined when the message names its channel itself. */
  async #directChannel(row: OutboxRow): Promise<string | undefined> {
    const { work, slack } = this.#options;
    const userId = row.user_id;
    if (row.kind !== 'post' || row.channel_id !== null || userId === null) return undefined;
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
    const detail = {
      outboxId: row.id,
      kind: row.kind,
      lane: row.lane,
      tries: row.tries,
      error: failure.error,
    };
    await this.#transact(async (work) => {
      const change = this.#afterFailure(row, failure, work.now);
      const counts = await store.settle(work.db, row, { ...change, last_error: failure.error }, work.now);
      if (!counts) return;
      if (change.state === 'dead') {
        log.error(detail, 'outbox: a message was refused for good');
        await this.#options.onDead(work, row, failure.error);
      } else log.warn(detail, `outbox: ${failure.kind}; the message is ${change.state}`);
    });
  }

  #afterFailure(row: OutboxRow, failure: Failure, now: number): store.Settlement {
    switch (failure.kind) {
      case 'refused':
        return { state: 'dead' };
      case 'not_sent': {
        const at = now + (failure.retryAfterMs ?? backOff(row.tries));
        if (failure.retryAfterMs !== undefined) this.#gates.pause(row.lane, at);
        return { state: 'ready', available_at: at };
      }
      case 'unknown':
        // Replacing a text twice changes nothing, and an ephemeral message can't be looked for: it is sent at most twice.
        if (row.kind === 'post') return { state: 'unknown', available_at: now + lookDelays[0], looks: 0 };
        if ((row.kind === 'ephemeral' || row.kind === 'reply') && row.tries >= 2) return { state: 'dead' };
        return { state: 'ready', available_at: now + backOff(row.tries) };
    }
  }

  /** Looks whether an uncertain message arrived. Keeps the first of several, deletes the rest. */
  async #look(row: OutboxRow): Promise<void> {
    const { work, slack, clock, log } = this.#options;
    const now = clock.now();
    if (row.kind !== 'post') {
      // Only a crash brings these here; see #afterFailure for why sending again is right.
      await store.settle(work.db, row, { state: 'ready', available_at: now }, now);
      return;
    }
    try {
      const place = await this.#placeOf({ ...work, now }, row, await this.#directChannel(row));
      const found = typeof place === 'string' ? [] : await findPosted(slack, row.id, place, row.created_at);
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
}
