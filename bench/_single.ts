import { mkdtempSync, rmSync } from 'node:fs';
import { benchClick } from './click.ts';
import { table } from './table.ts';
const f = mkdtempSync('/tmp/prof/b-');
console.log(
  table(
    await benchClick(f, {
      rounds: Number(process.argv[2] ?? 5),
      single: Number(process.argv[3] ?? 1500),
      crowd: Number(process.argv[4] ?? 20),
    }),
  ),
);
rmSync(f, { recursive: true });
