import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextInRotation } from '../../src/routing/routing.ts';

test('the rotation begins with the first rep of the roster', () => {
  expect(nextInRotation(['a', 'b', 'c'], null)).toBe('a');
});

test('behind the last rep comes the first', () => {
  expect(nextInRotation(['a', 'b', 'c'], 'c')).toBe('a');
});

test('a rep served last who has left the roster is no obstacle', () => {
  expect(nextInRotation(['a', 'b'], 'gone')).toBe('a');
});

test('an empty roster gives nobody a lead', () => {
  expect(nextInRotation([], 'a')).toBeUndefined();
});

test('over any number of leads no rep gets two more than another', () => {
  const roster = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(roster, fc.nat(200), (reps, leads) => {
      const counts = new Map(reps.map((rep) => [rep, 0]));
      let last: string | null = null;
      for (let lead = 0; lead < leads; lead += 1) {
        last = nextInRotation(reps, last) ?? null;
        counts.set(last ?? '', (counts.get(last ?? '') ?? 0) + 1);
      }
      expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
      expect(counts.size).toBe(reps.length);
    }),
  );
});
