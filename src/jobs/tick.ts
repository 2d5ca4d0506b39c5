import type { Logger } from 'pino';
import type { Clock } from '../calendar/clock.ts';
import type { Db } from '../db/schema.ts';
import { tickDigests } from '../digest/tick.ts';
import type { PlaybookError } from '../playbook/parse.ts';
import type { Playbooks } from '../playbook/playbooks.ts';
import { tickPlaybook } from '../playbook/tick.ts';
import type { Guard } from '../slack/guard.ts';
import { tickNudges } from '../touch/tick.ts';

export interface TickOptions {
  db: Db;
  playbooks: Playbooks;
  guard: Guard;
  clock: Clock;
  log: Logger;
  reportPlaybookMistake(error: PlaybookError): Promise<void>;
}

/**
 * One turn of everything that falls due with time. The database says what is due, so a tick that was missed, or ran
 * twice, changes nothing. One part that fails does not keep the others from running.
 */
export async function tick(options: TickOptions): Promise<void> {
  const { db, playbooks, guard, clock, log } = options;
  const parts: Record<string, () => Promise<void>> = {
    playbook: () =>
      tickPlaybook(db, playbooks, clock.now(), log, (error) => options.reportPlaybookMistake(error)),
    nudges: async () => {
      while (await guard.transact(tickNudges));
    },
    digests: () => guard.transact(tickDigests),
  };
  for (const [name, run] of Object.entries(parts)) {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, part: name }, 'a part of the tick failed; the next tick tries again');
    }
  }
}
