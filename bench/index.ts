import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchClick } from './click.ts';
import { benchImport } from './import.ts';
import { benchIntake } from './intake.ts';
import { benchMemory } from './memory.ts';
import { benchQuarter } from './quarter.ts';
import { benchReports } from './reports.ts';
import { type Row, table } from './table.ts';
import { benchTick } from './tick.ts';

/**
 * `npm run bench` prints one table: what the app costs, against something simple that is measured in turns with it on
 * the same machine. `-- --quick` takes smaller sizes; names of parts (`-- click tick`) run only these.
 */
const quick = process.argv.includes('--quick');
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const parts: Record<string, (folder: string) => Promise<Row[]>> = {
  click: (folder) =>
    benchClick(
      folder,
      quick ? { rounds: 3, single: 60, crowd: 300 } : { rounds: 5, single: 400, crowd: 1500 },
    ),
  intake: (folder) => benchIntake(folder, quick ? { rounds: 3, leads: 150 } : { rounds: 7, leads: 800 }),
  import: (folder) => benchImport(folder, { rows: quick ? 5000 : 50_000 }),
  tick: (folder) =>
    benchTick(folder, { few: 10_000, many: quick ? 100_000 : 1_000_000, rounds: quick ? 3 : 7, ticks: 15 }),
  reports: (folder) =>
    benchReports(folder, quick ? { leads: 10_000, rounds: 3 } : { leads: 100_000, rounds: 7 }),
  quarter: () => benchQuarter(quick ? { reps: 5, leads: 300 } : { reps: 20, leads: 5000 }),
  memory: (folder) => benchMemory(folder, quick ? { rounds: 1, clicks: 300 } : { rounds: 3, clicks: 2000 }),
};

const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(
    `No part is called ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.\n`,
  );
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'sixth-touch-bench-'));
const rows: Row[] = [];
try {
  for (const [name, run] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    process.stderr.write(`measuring: ${name}\n`);
    rows.push(...(await run(folder)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(
  `${table(rows)}\n\nNode ${process.versions.node}, ${cpus().length} cores. Ratios are ours divided by the comparison's, medians of rounds in turns.${quick ? ' Quick sizes.' : ''}\n`,
);
