import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTurn, type Turner } from '../../src/routing/rotation.ts';

const runs = { numRuns: 4000 };

/** What the database keeps of a rep: everything that outlives a restart. */
type Stored = Map<string, Turner>;

function roster(weights: readonly number[]): Stored {
  return new Map(
    weights.map((weight, place) => {
      const userId = `U${place}`;
      return [userId, { userId, weight, owed: 0, servedAt: null }];
    }),
  );
}

/** One turn, as routing takes it: read, choose, write. */
function take(stored: Stored, available: readonly string[], at: number): string {
  const { userId, owed } = nextTurn(available.flatMap((id) => stored.get(id) ?? []));
  for (const [id, account] of owed) stored.set(id, { ...known(stored, id), owed: account });
  stored.set(userId, { ...known(stored, userId), servedAt: at });
  return userId;
}

function known(stored: Stored, id: string): Turner {
  const rep = stored.get(id);
  if (!rep) throw new Error(`${id} is not in the roster`);
  return rep;
}

/** A restart: only what can be written down is left. */
function restarted(stored: Stored): Stored {
  return new Map(JSON.parse(JSON.stringify([...stored])) as [string, Turner][]);
}

/** The reference: how many turns a rep had, against the plain share, in whole numbers. No account is looked at. */
class Count {
  readonly turns = new Map<string, number>();
  readonly weights: ReadonlyMap<string, number>;
  total = 0;

  constructor(weights: ReadonlyMap<string, number>) {
    this.weights = weights;
  }

  add(userId: string): void {
    this.turns.set(userId, (this.turns.get(userId) ?? 0) + 1);
    this.total += 1;
  }

  /** The largest distance from the share, in turns. */
  get worst(): number {
    const sum = [...this.weights.values()].reduce((all, weight) => all + weight, 0);
    const off = [...this.weights].map(([id, weight]) =>
      Math.abs((this.turns.get(id) ?? 0) * sum - weight * this.total),
    );
    return Math.max(...off) / sum;
  }
}

const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 12 });

/** What happens one after the other: a lead, somebody comes or goes (away, full, without the tag), a weight, a restart. */
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('lead' as const), leads: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('toggle' as const), place: fc.nat(11) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('weight' as const),
      place: fc.nat(11),
      to: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);
const history = fc.array(event, { maxLength: 60 });

/** Plays a history; `served` sees each turn with who was available then. */
function play(
  given: readonly number[],
  events: readonly (typeof event extends fc.Arbitrary<infer Event> ? Event : never)[],
  served: (userId: string, stored: Stored, available: readonly string[]) => void,
): void {
  let stored = roster(given);
  const ids = [...stored.keys()];
  const here = new Set(ids);
  let now = 0;
  for (const happened of events) {
    const id = 'place' in happened ? (ids[happened.place % ids.length] ?? '') : '';
    if (happened.kind === 'toggle') {
      if (!here.delete(id)) here.add(id);
    } else if (happened.kind === 'weight') {
      stored.set(id, { ...known(stored, id), weight: happened.to });
    } else if (happened.kind === 'restart') {
      stored = restarted(stored);
    } else if (here.size > 0) {
      for (let lead = 0; lead < happened.leads; lead += 1) {
        const available = ids.filter((entry) => here.has(entry));
        served(take(stored, available, (now += 1)), stored, available);
      }
    }
  }
}

describe('while the same reps are available', () => {
  test('nobody is ever a whole turn away from their share, however the weights are, across restarts', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 150 }), (given, turns) => {
        let stored = roster(given);
        const count = new Count(new Map([...stored].map(([id, { weight }]) => [id, weight])));
        for (let turn = 1; turn <= turns; turn += 1) {
          if (turn % 10 === 0) stored = restarted(stored);
          count.add(take(stored, [...stored.keys()], turn));
          expect(count.worst).toBeLessThan(1);
        }
      }),
      runs,
    );
  });

  test('also with weights where the largest account first, without a look ahead, is off by more', () => {
    const given = [377, 1, 19, 66, 1, 4, 4, 327, 1, 1];
    const stored = roster(given);
    const count = new Count(new Map([...stored].map(([id, { weight }]) => [id, weight])));
    for (let turn = 1; turn <= 801; turn += 1) {
      count.add(take(stored, [...stored.keys()], turn));
      expect(count.worst).toBeLessThan(1);
    }
    expect(count.worst).toBe(0);
  });

  test('after as many turns as the weights sum up to, everybody had exactly theirs', () => {
    fc.assert(
      fc.property(weights, (given) => {
        const stored = roster(given);
        const count = new Count(new Map([...stored].map(([id, { weight }]) => [id, weight])));
        const sum = given.reduce((all, weight) => all + weight, 0);
        for (let turn = 1; turn <= sum; turn += 1) count.add(take(stored, [...stored.keys()], turn));
        expect(count.worst).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('equal weights are the plain rotation: roster order, again and again', () => {
    const stored = roster([1, 1, 1]);
    const order = [1, 2, 3, 4, 5, 6].map((at) => take(stored, ['U0', 'U1', 'U2'], at));
    expect(order).toEqual(['U0', 'U1', 'U2', 'U0', 'U1', 'U2']);
  });

  test('turns of a heavy weight are spread, not in one piece', () => {
    const stored = roster([3, 1, 1]);
    const order = [1, 2, 3, 4, 5].map((at) => take(stored, ['U0', 'U1', 'U2'], at));
    expect(order).toEqual(['U0', 'U1', 'U0', 'U2', 'U0']);
  });
});

describe('whoever comes and goes, whatever changes', () => {
  test('no account leaves the space between minus one and one, and those of the available cancel out', () => {
    fc.assert(
      fc.property(weights, history, (given, events) => {
        play(given, events, (_, stored, available) => {
          const accounts = available.map((id) => known(stored, id).owed);
          for (const account of accounts) expect(Math.abs(account)).toBeLessThan(1);
          expect(accounts.reduce((all, account) => all + account, 0)).toBeCloseTo(0, 6);
        });
      }),
      runs,
    );
  });

  test('in any stretch with the same reps nobody is two turns away from their share', () => {
    fc.assert(
      fc.property(weights, history, (given, events) => {
        let stretch = { key: '', count: new Count(new Map()) };
        play(given, events, (userId, stored, available) => {
          const now = new Map(available.map((id) => [id, known(stored, id).weight]));
          const key = JSON.stringify([...now]);
          if (key !== stretch.key) stretch = { key, count: new Count(now) };
          stretch.count.add(userId);
          expect(stretch.count.worst).toBeLessThan(2);
        });
      }),
      runs,
    );
  });

  test('two reps of the same weight who are always available together never differ by more than one turn', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 20 }), history, (others, weight, events) => {
        const turns = [0, 0];
        // The twins stand at the end, where no event reaches them.
        const all = [...others, weight, weight];
        const twins = [`U${others.length}`, `U${others.length + 1}`];
        let stored = roster(all);
        const ids = [...stored.keys()];
        const away = new Set<string>();
        let now = 0;
        for (const happened of events) {
          const id = 'place' in happened ? `U${happened.place % others.length}` : '';
          if (happened.kind === 'toggle' && !away.delete(id)) away.add(id);
          if (happened.kind === 'weight') stored.set(id, { ...known(stored, id), weight: happened.to });
          if (happened.kind === 'restart') stored = restarted(stored);
          for (let lead = 0; lead < ('leads' in happened ? happened.leads : 0); lead += 1) {
            const userId = take(
              stored,
              ids.filter((entry) => !away.has(entry)),
              (now += 1),
            );
            const twin = twins.indexOf(userId);
            if (twin !== -1) turns[twin] = (turns[twin] ?? 0) + 1;
            expect(Math.abs((turns[0] ?? 0) - (turns[1] ?? 0))).toBeLessThanOrEqual(1);
          }
        }
      }),
      runs,
    );
  });

  test('who comes back after long is not given what arrived meanwhile', () => {
    const stored = roster([1, 1, 1]);
    for (let at = 1; at <= 100; at += 1) take(stored, ['U1', 'U2'], at);
    const order = [101, 102, 103, 104, 105, 106].map((at) => take(stored, ['U0', 'U1', 'U2'], at));
    expect(order.filter((id) => id === 'U0')).toHaveLength(2);
  });

  test('weights hold also where every second lead is for others', () => {
    const stored = roster([3, 1, 1]);
    const turns = new Map<string, number>();
    for (let at = 1; at <= 400; at += 1) {
      const userId = take(stored, at % 2 === 0 ? ['U0', 'U1'] : ['U0', 'U2'], at);
      turns.set(userId, (turns.get(userId) ?? 0) + 1);
    }
    expect(turns.get('U0')).toBeGreaterThanOrEqual(298);
    expect(turns.get('U0')).toBeLessThanOrEqual(302);
  });

  test('an account from before there were weights is no obstacle', () => {
    const { userId } = nextTurn([
      { userId: 'last', weight: 1, owed: -1, servedAt: null },
      { userId: 'next', weight: 1, owed: 0, servedAt: null },
    ]);
    expect(userId).toBe('next');
  });
});
