import type { Logger } from 'pino';
import type { Clock } from '../calendar/clock.ts';
import type { Guard } from '../slack/guard.ts';
import type { SlackReader } from '../slack/listener.ts';
import { takeUserChange } from './changed-user.ts';
import { peopleToKnow } from './store.ts';

export interface RosterCheckOptions {
  reader: Pick<SlackReader, 'person'>;
  guard: Pick<Guard, 'transact'>;
  clock: Clock;
  log: Logger;
}

/** Slack tells every change when it happens; this is for those that nobody heard. */
const everyMs = 6 * 3_600_000;
const retryMs = 600_000;

/**
 * Asks Slack about everybody whose presence matters: at the start, because accounts are deactivated and statuses set
 * while the app is down; when somebody joins a roster, of whom nothing is known yet; and now and then.
 */
export class RosterCheck {
  readonly #options: RosterCheckOptions;
  #dueAt = -Infinity;
  #running: Promise<void> | undefined;

  constructor(options: RosterCheckOptions) {
    this.#options = options;
  }

  /** Looks as soon as the transaction that asks for it is over. */
  soon(): void {
    this.#dueAt = -Infinity;
    void (this.#running ?? Promise.resolve()).then(() => this.run());
  }

  /** Looks if it is time to. Never throws. */
  async run(): Promise<void> {
    if (this.#options.clock.now() < this.#dueAt) return;
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** Resolves when nothing is being looked at. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #look(): Promise<void> {
    const { reader, guard, clock, log } = this.#options;
    this.#dueAt = clock.now() + everyMs;
    try {
      for (const userId of await guard.transact(peopleToKnow)) {
        const change = await reader.person(userId);
        if (change) await guard.transact((work) => takeUserChange(work, change));
      }
    } catch (error) {
      this.#dueAt = clock.now() + retryMs;
      log.warn(
        { err: error },
        'Slack could not be asked who of the roster is there; asking again in a while',
      );
    }
  }
}
