/** From a start to before an end, in any unit. */
export type Interval = readonly [start: number, end: number];

/** What is in at least one of them, ascending and apart from each other. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const all: Interval[] = [];
  for (const [start, end] of intervals.filter(isLong).sort(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last && start <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], end)];
    else all.push([start, end]);
  }
  return all;
}

/** What is left of the first when the others are taken out. */
export function minus(intervals: readonly Interval[], cuts: readonly Interval[]): Interval[] {
  return cuts.reduce<Interval[]>(
    (rest, [from, to]) =>
      rest.flatMap(([start, end]): Interval[] =>
        [[start, Math.min(end, from)] as const, [Math.max(start, to), end] as const].filter(isLong),
      ),
    [...intervals],
  );
}

/** What is in both. */
export function overlap(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  return intervals.flatMap(([start, end]): Interval[] =>
    others.map(([from, to]) => [Math.max(start, from), Math.min(end, to)] as const).filter(isLong),
  );
}

function isLong([start, end]: Interval): boolean {
  return start < end;
}
