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
import type { Found, Work } from '../work.ts';
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

interface Part {
  name: string;
  run(work: Work, log: Logger): Promise<Found>;
}

/** In this order: each may make something due for those behind it. */
const parts: readonly Part[] = [
  { name: 'absences', run: tickAbsences },
  { name: 'returns', run: tickReturns },
  { name: 'reschedules', run: tickReschedules },
  { name: 'waiting', run: tickWaiting },
  { name: 'ladders', run: tickLadders },
  // What is due as the day begins stands in the brief, and in no nudge beside it.
  { name: 'briefs', run: tickBriefs },
  // Behind everything that may say what is due: what a ladder asks for, and what a brief has told already.
  { name: 'nudges', run: tickNudges },
  { name: 'lateCards', run: tickLateCards },
  { name: 'duplicates', run: tickDuplicates },
  { name: 'releases', run: tickReleases },
  { name: 'digests', run: tickDigests },
];

/**
 * One turn of everything that falls due with time. The database says what is due, so a tick that was missed, or ran
 * twice, changes nothing. One part that fails does not keep the others from running.
 */
export async function tick(options: TickOptions): Promise<void> {
  const { db, playbooks, guard, clock, log, imports } = options;
  const alone = async (part: string, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      failed(log, part, error);
    }
  };
  await alone('playbook', () =>
    tickPlaybook(db, playbooks, clock.now(), log, (error) => options.reportPlaybookMistake(error)),
  );
  await runParts(guard, log);
  // Started, not waited for: a large file takes longer than a minute.
  imports.start();
  await alone('imports', () => imports.tidy());
}

/** Parts with nothing to do share a transaction; what one has done is committed before the next begins. */
async function runParts(guard: Guard, log: Logger): Promise<void> {
  let done = 0;
  while (done < parts.length) {
    let at = done;
    try {
      done = await guard.transact(async (work) => {
        for (at = done; at < parts.length; at += 1) {
          const due = await parts[at]?.run(work, log);
          if (due === 'more') return at;
          if (due === 'something') return at + 1;
        }
        return at;
      });
    } catch (error) {
      failed(log, parts[at]?.name, error);
      done = at + 1;
    }
  }
}

function failed(log: Logger, part: string | undefined, error: unknown): void {
  log.error({ err: error, part }, 'a part of the tick failed; the next tick tries again');
}
