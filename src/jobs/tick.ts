import type { Logger } from 'pino';
import { tickAbsences } from '../away/tick.ts';
import { tickBriefs } from '../brief/tick.ts';
import type { Clock } from '../calendar/clock.ts';
import type { Db } from '../db/schema.ts';
import { tickDigests } from '../digest/tick.ts';
import { tickDuplicates } from '../duplicates/tick.ts';
import { tickReleases } from '../gate/tick.ts';
import type { ImportRunner } from '../imports/runner.ts';
import { tickLadders } from '../ladder/tick.ts';
import type { PlaybookError } from '../playbook/parse.ts';
import type { Playbooks } from '../playbook/playbooks.ts';
import { tickPlaybook } from '../playbook/tick.ts';
import { tickWaiting } from '../routing/tick.ts';
import { tickReschedules } from '../touch/tick.ts';
import type { Guard } from '../slack/guard.ts';
import { tickReturns } from '../resolution/tick.ts';
import { tickLateCards, tickNudges } from '../nudge/tick.ts';

export interface TickOptions {
  db: Db;
  playbooks: Playbooks;
  guard: Guard;
  clock: Clock;
  log: Logger;
  imports: ImportRunner;
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
    absences: () => guard.transact(tickAbsences),
    returns: async () => {
      while (await guard.transact((work) => tickReturns(work, log)));
    },
    reschedules: async () => {
      while (await guard.transact((work) => tickReschedules(work, log)));
    },
    waiting: () => guard.transact(tickWaiting),
    ladders: async () => {
      while (await guard.transact((work) => tickLadders(work, log)));
    },
    // What is due as the day begins stands in the brief, and in no nudge beside it.
    briefs: async () => {
      while (await guard.transact((work) => tickBriefs(work, log)));
    },
    // Behind everything that may say what is due: what a ladder asks for, and what a brief has told already.
    nudges: async () => {
      while (await guard.transact((work) => tickNudges(work, log)));
    },
    lateCards: async () => {
      while (await guard.transact(tickLateCards));
    },
    duplicates: async () => {
      while (await guard.transact(tickDuplicates));
    },
    releases: async () => {
      while (await guard.transact(tickReleases));
    },
    digests: () => guard.transact(tickDigests),
    imports: async () => {
      // Started, not waited for: a large file takes longer than a minute.
      options.imports.start();
      await options.imports.tidy();
    },
  };
  for (const [name, run] of Object.entries(parts)) {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, part: name }, 'a part of the tick failed; the next tick tries again');
    }
  }
}
