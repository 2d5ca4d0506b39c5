import type { Spread } from './measure.ts';

/** One line of the table. */
export interface Row {
  what: string;
  /** Ours divided by the comparison's: it depends little on the machine. */
  ratio: number;
  /** In words, as `≤ 2.5×`. */
  aim: string;
  met: boolean;
  ours: string;
  against: string;
}

/** Both times of a spread, in milliseconds. */
export function times({ p50, p99 }: Spread): string {
  return `p50 ${number(p50)}  p99 ${number(p99)} ms`;
}

/** Three significant digits, without an exponent. */
export function number(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** The rows as an aligned text table. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['measure', 'ratio', 'aim', 'met', 'Sixth Touch', 'compared with'],
    ...rows.map((row) => [
      row.what,
      `${number(row.ratio)}×`,
      row.aim,
      row.met ? 'yes' : 'NO',
      row.ours,
      row.against,
    ]),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].map((line) => line?.trimEnd()).join('\n');
}
