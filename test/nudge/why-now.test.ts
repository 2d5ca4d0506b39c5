import { expect, test } from 'vitest';
import { shareFrom, whyNow } from '../../src/nudge/why-now.ts';

const thirty = [
  { attempt: 0, answers: 2 },
  { attempt: 1, answers: 8 },
  { attempt: 2, answers: 10 },
  { attempt: 3, answers: 7 },
  { attempt: 4, answers: 3 },
];

test('the share of an attempt counts what came on it or later, of all first answers', () => {
  expect(shareFrom(3, thirty)).toBe(10 / 30);
  expect(shareFrom(1, thirty)).toBe(28 / 30);
  expect(shareFrom(6, thirty)).toBe(0);
});

test('with fewer than thirty answers there is no share', () => {
  expect(shareFrom(3, [{ attempt: 3, answers: 29 }])).toBeUndefined();
});

test.each([
  [3, thirty, '33% of this team’s replies came on attempt 3 or later.'],
  [4, thirty, '10% of this team’s replies came on attempt 4 or later.'],
  [3, [], 'Replies usually come on the third or fourth attempt, and most people have stopped by now.'],
  [5, thirty, 'Six attempts over several channels are what it takes to be heard; you are nearly there.'],
  [1, thirty, 'Nobody has written or called yet, and the first answer counts most while they still wait.'],
  [6, [], 'This is the last planned attempt: most people never get one, and some answer exactly this one.'],
])('why attempt %i now', (attempt, answers, expected) => {
  expect(whyNow(attempt, 6, answers)).toBe(expected);
});

test('the last planned attempt is called so beside the team’s own numbers', () => {
  expect(whyNow(4, 4, thirty)).toBe(
    '10% of this team’s replies came on attempt 4 or later. This is the last planned attempt.',
  );
});
