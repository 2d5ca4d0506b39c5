import { Committer } from '../src/db/committer.ts';
import { join } from 'node:path';
import { pino } from 'pino';
import { ImportRunner } from '../src/imports/runner.ts';
import { tick } from '../src/jobs/tick.ts';
import { DatabaseHealth } from '../src/db/health.ts';
import { Guard } from '../src/slack/guard.ts';
import { compare, timeEach } from './measure.ts';
import { insertOpenLeads, mondayMorning, seedTeam } from './seed.ts';
import { number, type Row, times } from './table.ts';

export interface TickSize {
  few: number;
  many: number;
  rounds: number;
  ticks: number;
}

/** The whole tick: it must cost what is due, not what exists. */
export async function benchTick(folder: string, size: TickSize): Promise<Row[]> {
  const many = await openLeads(join(folder, 'many.db'), size.many);
  const few = await openLeads(join(folder, 'few.db'), size.few);
  const rows: Row[] = [];
  for (const due of [0, 100]) {
    const run = (leads: OpenLeads) => () => ticks(leads, size.ticks, due);
    await run(many)();
    await run(few)();
    const { ratio, ours, against } = await compare(size.rounds, run(many), run(few));
    rows.push({
      what: `tick, ${due} due of ${size.many.toLocaleString('en')} open leads`,
      ratio,
      aim: '≤ 2×',
      met: ratio <= 2,
      ours: times(ours),
      against: `${times(against)} (of ${number(size.few / 1000)},000 open leads)`,
    });
  }
  await Promise.all([many.close(), few.close()]);
  return rows;
}

interface OpenLeads {
  tick(): Promise<void>;
  /** Lets so many leads fall due, from all over the table. */
  letFallDue(leads: number): Promise<void>;
  /** How many leads the tick has left due. */
  stillDue(): Promise<number>;
  close(): Promise<void>;
}

async function ticks(leads: OpenLeads, count: number, due: number): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await leads.letFallDue(due);
    taken.push(...(await timeEach(1, () => leads.tick())));
    if ((await leads.stillDue()) > 0) throw new Error('The tick left due work undone.');
  }
  return taken;
}

async function openLeads(path: string, count: number): Promise<OpenLeads> {
  const { db, work } = await seedTeam(path, mondayMorning);
  insertOpenLeads(path, count, mondayMorning);
  const clock = { now: () => mondayMorning };
  const log = pino({ level: 'silent' });
  const health = new DatabaseHealth();
  const guard = new Guard({
    work,
    committer: new Committer(db),
    clock,
    log,
    health,
    committed: () => undefined,
  });
  const imports = new ImportRunner({ guard, clock, log });
  const options = { db, playbooks: work.playbooks, guard, clock, log, imports };
  let turn = 0;
  return {
    tick: () => tick({ ...options, reportPlaybookMistake: (error) => Promise.reject(error) }),
    letFallDue: async (leads) => {
      if (leads === 0) return;
      turn += 1;
      const step = Math.floor(count / leads);
      const ids = Array.from({ length: leads }, (_, index) => index * step + 1 + (turn % step));
      // A due time of its own each turn: the same one would be the same nudge.
      const at = mondayMorning - turn;
      await db
        .updateTable('lead')
        .set({ nudge_at: at, next_attempt_at: at })
        .where('id', 'in', ids)
        .execute();
    },
    stillDue: async () => {
      const due = await db.selectFrom('lead').select('id').where('nudge_at', '<=', mondayMorning).execute();
      return due.length;
    },
    close: () => db.destroy(),
  };
}
