import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readRows } from '../../src/imports/read-rows.ts';

const megabyte = 1_000_000;

/** Reads all of it. @returns how many rows there are, and how often others got their turn meanwhile */
async function read(text: string): Promise<{ rows: number; turns: number }> {
  let [rows, turns, isDone] = [0, 0, false];
  const others = (async () => {
    for (; !isDone; turns += 1) await setImmediate();
  })();
  for await (const _row of readRows(Buffer.from(text), { encoding: 'utf-8', delimiter: ',' })) rows += 1;
  isDone = true;
  await others;
  return { rows, turns };
}

test.each([
  ['rows', 'Ada,ada@x.example\n'.repeat(megabyte / 20), 50_000],
  ['nothing but line ends', '\n'.repeat(megabyte), 0],
  ['nothing but empty cells', `${','.repeat(399)}\n`.repeat(megabyte / 400), 0],
  ['a few long rows', `${'x'.repeat(199_999)}\n`.repeat(5), 5],
])(
  'a megabyte of %s is read in small parts, others get their turn between them',
  async (_what, text, rows) => {
    const found = await read(text);
    expect(found.rows).toBe(rows);
    expect(found.turns).toBeGreaterThan(20);
  },
);
