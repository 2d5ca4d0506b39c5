import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../calendar/clock.ts';
import { failureOf } from '../outbox/outcome.ts';
import type { Guard } from '../slack/guard.ts';
import { allTeams, channelsOf } from '../team/store.ts';
import type { Work } from '../work.ts';
import { newestPostBefore, setUpAt } from './store.ts';
import { takePost } from './take-post.ts';

interface HistoryPage {
  messages?: object[];
  response_metadata?: { next_cursor?: string };
}

/** The one method of the Slack client that is needed here. */
export interface HistoryReader {
  conversations: {
    history(page: { channel: string; oldest: string; limit: number; cursor?: string }): Promise<HistoryPage>;
  };
}

export interface CatchUpOptions {
  /** A client without retries of its own. */
  slack: HistoryReader;
  guard: Pick<Guard, 'transact'>;
  clock: Clock;
  log: Logger;
  /** Waits real milliseconds, as long as Slack asks. */
  wait?: (ms: number) => Promise<unknown>;
}

const pageSize = 200;
/** 10,000 posts a channel: a month of a busy one. */
const mostPages = 50;
const mostWaits = 3;
/** Slack does not promise to deliver in order. A post that was seen is known again, so looking twice is harmless. */
const overlapMs = 300_000;

/**
 * Takes in, oldest first, what was posted in the lead channels while nobody listened. The same post twice changes
 * nothing. Never throws: the log has the channels that could not be read.
 * @param since UTC milliseconds: what we took in before it came without a gap, so each channel is read from the last
 *   of those posts on, or from when it was set up
 * @returns how many posts became leads or joined one, and whether every channel was read to its end
 */
export async function catchUp(
  options: CatchUpOptions,
  since: number,
): Promise<{ taken: number; complete: boolean }> {
  const { guard, log } = options;
  let taken = 0;
  let complete = true;
  try {
    for (const { channelId, oldest } of await guard.transact((work) => gaps(work, since))) {
      try {
        for (const message of await postsSince(options, channelId, oldest)) {
          const outcome = await guard.transact((work) =>
            takePost(work, { ...message, channel: channelId }, log),
          );
          if (outcome === 'lead' || outcome === 'signal') taken += 1;
        }
      } catch (error) {
        // A channel that Slack will not show us is not shown later either, until somebody invites the app again.
        complete &&= failureOf(error).kind === 'refused';
        log.error({ err: error, channel: channelId, oldest }, 'a lead channel could not be caught up with');
      }
    }
  } catch (error) {
    complete = false;
    log.error({ err: error }, 'the lead channels could not be caught up with');
  }
  if (taken > 0) log.info({ taken }, 'posts that came while nobody listened were taken in');
  return { taken, complete };
}

/** Remembers since when posts may have been missed, until a catch-up has read everything since. */
export class CatchUp {
  readonly #options: CatchUpOptions;
  #since: number | undefined;
  #running: Promise<number> | undefined;

  /** Nobody listened before the app started. */
  constructor(options: CatchUpOptions) {
    this.#options = options;
    this.#since = options.clock.now();
  }

  /** From now on posts may be missed: the connection or the database is gone. @param since UTC milliseconds */
  missed(since = this.#options.clock.now()): void {
    this.#since = Math.min(this.#since ?? since, since);
  }

  /**
   * Reads what may have been missed; nothing to do costs nothing, and what failed is tried again by the next call.
   * Never throws. @returns how many posts became leads or joined one
   */
  run(): Promise<number> {
    this.#running ??= this.#read().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #read(): Promise<number> {
    const since = this.#since;
    if (since === undefined) return 0;
    this.#since = undefined;
    const { taken, complete } = await catchUp(this.#options, since);
    if (!complete) this.missed(since);
    return taken;
  }
}

async function gaps(work: Work, since: number): Promise<{ channelId: string; oldest: string }[]> {
  const found: { channelId: string; oldest: string }[] = [];
  for (const team of await allTeams(work)) {
    const setUp = await setUpAt(work, team.id);
    for (const channelId of await channelsOf(work.db, work.workspace.teamId, team.id)) {
      const newest = await newestPostBefore(work, channelId, since);
      const from = Math.max(setUp, newest === undefined ? 0 : Number(newest) * 1000 - overlapMs);
      found.push({ channelId, oldest: (from / 1000).toFixed(6) });
    }
  }
  return found;
}

/** Slack gives the newest page first. */
async function postsSince(options: CatchUpOptions, channelId: string, oldest: string): Promise<object[]> {
  const found: object[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await patiently(options, () =>
      options.slack.conversations.history({
        channel: channelId,
        oldest,
        limit: pageSize,
        ...(cursor !== undefined && { cursor }),
      }),
    );
    found.push(...(answer.messages ?? []));
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return found.reverse();
  }
  options.log.error(
    { channel: channelId, oldest, read: found.length },
    'a lead channel has more posts than are caught up with; the oldest were left out',
  );
  return found.reverse();
}

async function patiently<T>(options: CatchUpOptions, call: () => Promise<T>): Promise<T> {
  const { wait = setTimeout } = options;
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error);
      const askedToWait = failure.kind === 'not_sent' ? failure.retryAfterMs : undefined;
      if (askedToWait === undefined || waits === mostWaits) throw error;
      await wait(askedToWait);
    }
  }
}
