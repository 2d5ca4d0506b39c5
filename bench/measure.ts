/** Milliseconds. */
export interface Spread {
  p50: number;
  p99: number;
}

export interface Comparison {
  /** The median over the rounds of ours divided by the other's. */
  ratio: number;
  ours: Spread;
  against: Spread;
}

/** How long each of some runs took, in milliseconds. */
export async function timeEach(runs: number, run: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    const start = performance.now();
    await run(index);
    taken.push(performance.now() - start);
  }
  return taken;
}

/**
 * Measures two things in turns, so that whatever else the machine does meets both. Each call is one round and returns
 * its times; who begins changes with every round.
 */
export async function compare(
  rounds: number,
  ours: () => Promise<number[]>,
  against: () => Promise<number[]>,
): Promise<Comparison> {
  const seen: { ours: Spread; against: Spread }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const first = spread(await ours());
      seen.push({ ours: first, against: spread(await against()) });
    } else {
      const first = spread(await against());
      seen.push({ ours: spread(await ours()), against: first });
    }
  }
  return {
    ratio: median(seen.map((round) => round.ours.p50 / round.against.p50)),
    ours: medianSpread(seen.map((round) => round.ours)),
    against: medianSpread(seen.map((round) => round.against)),
  };
}

export function spread(taken: readonly number[]): Spread {
  return { p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) };
}

/** The median of each of the two times, over rounds. */
export function medianSpread(rounds: readonly Spread[]): Spread {
  return { p50: median(rounds.map((round) => round.p50)), p99: median(rounds.map((round) => round.p99)) };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}
