import { expect, test } from 'vitest';
import { nextInRotation } from '../../src/routing/routing.ts';
import { lastServedAfter } from '../../src/team/team.ts';

test.each([
  ['the one served last stays', ['A', 'B', 'C'], ['C', 'B', 'A'], 'B', 'A'],
  ['the one served last leaves', ['A', 'B', 'C'], ['A', 'C'], 'B', 'C'],
  ['the last of the roster leaves', ['A', 'B', 'C'], ['A', 'B'], 'C', 'A'],
  ['the next one leaves as well', ['A', 'B', 'C', 'D'], ['A', 'D'], 'B', 'D'],
  ['the rest is in another order', ['A', 'B', 'C', 'D'], ['D', 'A', 'C'], 'B', 'C'],
  ['one stays', ['A', 'B'], ['A'], 'B', 'A'],
  ['all are new', ['A', 'B'], ['X', 'Y'], 'B', 'X'],
  ['nobody was served yet', ['A', 'B'], ['X', 'B'], null, 'X'],
  ['the one served last is unknown', ['A', 'B'], ['A', 'B'], 'Z', 'A'],
])('round robin goes on behind the one served last when %s', (_what, before, after, last, next) => {
  expect(nextInRotation(after, lastServedAfter(before, after, last))).toBe(next);
});
