import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../calendar/clock.ts';
import { recordAudit } from '../db/audit.ts';
import { isDatabaseFailure } from '../db/failure.ts';
import type { DatabaseHealth } from '../db/health.ts';
import type { Committer } from '../db/committer.ts';
import { Refusal } from '../errors.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import type { Work } from '../work.ts';

export interface GuardOptions {
  /** Everything of a unit of work but its transaction and its `now`. */
  work: Omit<Work, 'now' | 'db'>;
  committer: Committer;
  clock: Clock;
  log: Logger;
  health: DatabaseHealth;
  /** Called after every commit: there may be something to send. */
  committed(): void;
  /** Called when the database refused a transaction: what it was to store may be lost. */
  refused?(now: number): void;
}

/** What became of a unit of work: its result, or the sentence for the person. */
export type Guarded<T> = { ok: true; result: T } | { ok: false; sentence: string; reply?: OutgoingMessage };

/**
 * Runs one unit of work for a person: one transaction, one `now`.
 *
 * A `Refusal` and a bug both roll back and become a sentence. When the database itself fails, nothing is promised:
 * the error goes up, nobody acknowledges, and Slack or the person tries again.
 */
export class Guard {
  readonly #options: GuardOptions;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  async run<T>(what: string, unit: (work: Work) => Promise<T>): Promise<Guarded<T>> {
    try {
      return { ok: true, result: await this.transact(unit) };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, sentence: error.message, reply: error.reply };
      if (isDatabaseFailure(error)) throw error;
      const errorId = randomUUID().slice(0, 8);
      this.#options.log.error(
        { err: error, errorId, what },
        'a handler failed; its transaction was rolled back',
      );
      return {
        ok: false,
        sentence: `Something went wrong on our side and nothing was changed. Please try again; if it stays so, give your admin this number: \`${errorId}\`.`,
      };
    }
  }

  /** One transaction with one `now`; errors go up as they are. */
  async transact<T>(unit: (work: Work) => Promise<T>): Promise<T> {
    const { work, committer, clock, health, log } = this.#options;
    const now = clock.now();
    try {
      const result = await committer.run((db) => unit({ ...work, db, now }));
      this.#options.committed();
      if (health.failure) await this.#proveItWorks(now);
      return result;
    } catch (error) {
      if (isDatabaseFailure(error)) {
        health.failed(error, now);
        this.#options.refused?.(now);
        log.error({ err: error }, 'the database refused a transaction; nothing was acknowledged');
      }
      throw error;
    }
  }

  /** Reading also works on a full disk: only a row that can be written says that the trouble is over. */
  async #proveItWorks(now: number): Promise<void> {
    const { work, committer, health } = this.#options;
    try {
      await committer.run((db) =>
        recordAudit({ ...work, db, now }, { actor: 'app', action: 'database.works' }),
      );
      health.worked();
    } catch (error) {
      if (error instanceof Error) health.failed(error, now);
    }
  }
}
