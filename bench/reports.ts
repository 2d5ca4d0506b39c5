import { join } from 'node:path';
import { sql } from 'kysely';
import { renderDigest } from '../src/digest/blocks.ts';
import { digestOf } from '../src/digest/digest.ts';
import { renderStandup } from '../src/standup/blocks.ts';
import { standupOf } from '../src/standup/standup.ts';
import { compare, timeEach } from './measure.ts';
import { insertYear, mondayMorning, seedTeam } from './seed.ts';
import { type Row, times } from './table.ts';

const week = 7 * 24 * 3_600_000;
const aimMs = 200;

/**
 * What a manager and a marketer wait for, on a year of leads with five touches each. The aim is a time; the ratio is
 * against the cheapest query there is.
 */
export async function benchReports(folder: string, size: { leads: number; rounds: number }): Promise<Row[]> {
  const path = join(folder, 'reports.db');
  const { db, team, work } = await seedTeam(path, mondayMorning);
  insertYear(path, size.leads, mondayMorning);
  const unit = { ...work, now: mondayMorning };
  const digest = (from: number) => async () =>
    renderDigest(await digestOf(unit, team, { from, to: mondayMorning }));
  const reports: Record<string, () => Promise<unknown>> = {
    standup: async () => renderStandup(await standupOf(unit, team)),
    'digest of the last week': digest(mondayMorning - week),
    'digest of the whole year': digest(mondayMorning - 53 * week),
  };
  const rows: Row[] = [];
  for (const [name, report] of Object.entries(reports)) {
    const cheapest = (): Promise<unknown> => sql`SELECT 1`.execute(db);
    const { ratio, ours, against } = await compare(
      size.rounds,
      () => timeEach(5, report),
      () => timeEach(5, cheapest),
    );
    rows.push({
      what: `${name}, ${size.leads.toLocaleString('en')} leads`,
      ratio,
      aim: `< ${aimMs} ms`,
      met: ours.p99 < aimMs,
      ours: times(ours),
      against: `${times(against)} (SELECT 1)`,
    });
  }
  await db.destroy();
  return rows;
}
