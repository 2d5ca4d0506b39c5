import { openDatabase } from '../src/db/open.ts';
import { playQuarter } from '../test/support/quarter/quarter.ts';
import type { Row } from './table.ts';
import { number } from './table.ts';

const aimSeconds = 60;

/**
 * A quarter of a company's life, played at the product's own speed, with a witness who looks whether every promise is
 * kept. The aim is a time; the ratio is against as many bare inserts as people did things, each in a transaction.
 */
export async function benchQuarter(size: { reps: number; leads: number }): Promise<Row[]> {
  const started = performance.now();
  const quarter = await playQuarter({ ...size, days: 92, seed: 6 });
  const ours = performance.now() - started;
  const [broken] = [...quarter.wrong, ...quarter.failures.map((failure) => JSON.stringify(failure))];
  if (broken !== undefined) throw new Error(`A promise was broken in the quarter: ${broken}`);
  const actions = size.leads + Object.values(quarter.done).reduce((sum, times) => sum + times, 0);
  const against = await bareInserts(actions);
  const { nudges, bundles, briefs } = quarter.seen;
  return [
    {
      what: `a quarter: ${size.reps} reps, ${size.leads.toLocaleString('en')} leads, ${actions.toLocaleString('en')} actions`,
      ratio: ours / against,
      aim: `< ${aimSeconds} s`,
      met: ours < aimSeconds * 1000,
      ours: `${number(ours / 1000)} s; ${nudges} nudges, ${bundles} lists, ${briefs} briefs, no promise broken`,
      against: `${number(against / 1000)} s (bare inserts)`,
    },
  ];
}

async function bareInserts(count: number): Promise<number> {
  const db = openDatabase(':memory:');
  const started = performance.now();
  for (let at = 0; at < count; at += 1) {
    await db
      .transaction()
      .execute((work) =>
        work
          .insertInto('audit')
          .values({ team_id: 'T0BENCH', at, actor: 'app', action: 'bench', lead_id: null, detail: '{}' })
          .execute(),
      );
  }
  const taken = performance.now() - started;
  await db.destroy();
  return taken;
}
