import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import type { TouchKind } from '../../src/db/schema.ts';
import { countWith } from '../../src/touch/backdate.ts';
import { type CountedTouch, countOn, countWithout } from '../../src/touch/progress.ts';
import { moment } from '../support/world.ts';

const gap = 240;
const berlin = workingCalendar({
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
});
type Moment = readonly [kind: TouchKind, at: number];

/** The touches as they were told, in whatever order. */
function told(moments: readonly Moment[]): CountedTouch[] {
  let stored: CountedTouch[] = [];
  for (const [kind, at] of moments) {
    const { attempt, others } = countWith(stored, { kind, at }, berlin, gap);
    stored = [...others, { kind, at, attempt }].sort((a, b) => a.at - b.at);
  }
  return stored;
}

function inOrder(moments: readonly Moment[]): CountedTouch[] {
  const sorted = moments.map(([kind, at]) => ({ kind, at })).sort((a, b) => a.at - b.at);
  const numbers = countOn([], sorted, berlin, gap);
  return sorted.map((touch, index) => ({ ...touch, attempt: numbers[index] ?? NaN }));
}

const attempts = (touches: readonly CountedTouch[]): number[] => touches.map(({ attempt }) => attempt);

test.each([
  [
    'one that comes a working half-day before the first moves all others on',
    [
      ['email', moment('2026-11-03', '15:00')],
      ['email', moment('2026-11-04', '15:00')],
      ['voicemail', moment('2026-11-03', '10:00')],
    ],
    [1, 2, 3],
  ],
  [
    'one that joins an attempt changes no other',
    [
      ['email', moment('2026-11-03', '10:00')],
      ['email', moment('2026-11-04', '10:00')],
      ['linkedin', moment('2026-11-03', '11:00')],
    ],
    [1, 1, 2],
  ],
  [
    'over the weekend no working time passes: Friday evening and Monday morning are one attempt',
    [
      ['email', moment('2026-11-09', '10:00')],
      ['voicemail', moment('2026-11-06', '16:00')],
    ],
    [1, 1],
  ],
  [
    'a night in which the clocks are changed is no working time either',
    [
      ['email', moment('2026-10-26', '12:30')],
      ['voicemail', moment('2026-10-23', '16:30')],
    ],
    [1, 2],
  ],
  [
    'a reply that is told late belongs to the attempt that it answered',
    [
      ['email', moment('2026-11-03', '10:00')],
      ['email', moment('2026-11-04', '10:00')],
      ['replied', moment('2026-11-03', '12:00')],
    ],
    [1, 1, 2],
  ],
] as const)('%s', (_what, moments, expected) => {
  expect(attempts(told(moments))).toEqual(expected);
});

const someMoments = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom<TouchKind>('no_answer', 'email', 'met', 'replied'),
      fc.integer({ min: 0, max: 14 * 24 * 4 }),
    ),
    { maxLength: 12, selector: ([, at]) => at },
  )
  // Two weeks around the night in which the clocks go back.
  .map((touches) =>
    touches.map(([kind, quarter]): Moment => [kind, moment('2026-10-19', '00:00') + quarter * 900_000]),
  );

test('in whatever order touches are told, their attempts are those of telling them at once', () => {
  fc.assert(
    fc.property(someMoments, (moments) => {
      expect(told(moments)).toEqual(inOrder(moments));
    }),
  );
});

test('a touch that is moved is counted as if it had always been there', () => {
  fc.assert(
    fc.property(
      someMoments,
      fc.nat(11),
      fc.integer({ min: 0, max: 14 * 24 * 60 }),
      (moments, place, minute) => {
        const stored = inOrder(moments);
        const moved = stored[place];
        const at = moment('2026-10-19', '00:07') + minute * 60_000;
        if (!moved || stored.some((touch) => touch.at === at)) return;
        const left = countWithout(stored, moved, berlin, gap);
        const { attempt, others } = countWith(left, { kind: moved.kind, at }, berlin, gap);
        const rest = stored.filter((touch) => touch !== moved).map((touch): Moment => [touch.kind, touch.at]);
        expect([...others, { kind: moved.kind, at, attempt }].sort((a, b) => a.at - b.at)).toEqual(
          inOrder([...rest, [moved.kind, at]]),
        );
      },
    ),
  );
});
