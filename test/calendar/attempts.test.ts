import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countAttempts } from '../../src/calendar/attempts.ts';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { slowWorkingMinutesBetween } from './reference.ts';
import { instant } from './support.ts';

const berlin = workingCalendar({
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
  holidays: ['2026-04-03', '2026-04-06'],
});
const GAP = 240;

describe('attempts', () => {
  test.each<[string, string[], number[]]>([
    ['are none without a touch', [], []],
    ['begin with the first touch', ['2026-03-24T10:00+01:00'], [1]],
    [
      'are one for six clicks in a row',
      ['10:00', '10:01', '10:01', '10:02', '10:03', '10:04'].map((time) => `2026-03-24T${time}+01:00`),
      [1, 1, 1, 1, 1, 1],
    ],
    ['are one a minute before the gap ends', ['2026-03-24T10:00+01:00', '2026-03-24T13:59+01:00'], [1, 1]],
    ['are two when the gap has passed', ['2026-03-24T10:00+01:00', '2026-03-24T14:00+01:00'], [1, 2]],
    [
      'are measured from their first touch, so that a slow drip is not one for ever',
      ['09:00', '11:00', '13:00', '15:00', '16:59'].map((time) => `2026-03-24T${time}+01:00`),
      [1, 1, 2, 2, 2],
    ],
    ['do not grow over night', ['2026-03-24T16:00+01:00', '2026-03-25T09:30+01:00'], [1, 1]],
    ['do not grow over a weekend', ['2026-03-27T15:00+01:00', '2026-03-30T10:59+02:00'], [1, 1]],
    ['go on after a weekend', ['2026-03-27T15:00+01:00', '2026-03-30T11:00+02:00'], [1, 2]],
    ['do not grow over Easter', ['2026-04-02T16:00+02:00', '2026-04-07T11:59+02:00'], [1, 1]],
    ['are one for all touches of a weekend', ['2026-03-28T10:00+01:00', '2026-03-29T22:00+02:00'], [1, 1]],
    [
      'may be six',
      ['24', '25', '26', '27', '30', '31'].map((day) => `2026-03-${day}T12:00Z`),
      [1, 2, 3, 4, 5, 6],
    ],
  ])('%s', (_, touches, expected) => {
    expect(countAttempts(touches.map(instant), berlin, GAP)).toEqual(expected);
  });

  test('are one per touch without a gap', () => {
    const at = instant('2026-03-28T10:00+01:00');
    expect(countAttempts([at, at, at + 1], berlin, 0)).toEqual([1, 2, 3]);
  });

  const steps = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 14 });
  const from = instant('2026-03-26T00:00Z');
  const touchesOf = (minutes: number[]): number[] => {
    let at = from;
    return minutes.map((step) => (at += step * 60_000));
  };

  test('never decrease and never skip a number', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 480 }), (minutes, gap) => {
        const attempts = countAttempts(touchesOf(minutes), berlin, gap);
        expect(attempts).toHaveLength(minutes.length);
        let before = 0;
        for (const attempt of attempts) {
          expect([before, before + 1]).toContain(attempt);
          before = Math.max(attempt, 1);
        }
        expect(attempts[0] ?? 1).toBe(1);
      }),
    );
  });

  test('have first touches the whole gap apart, and no later touch that far from its own', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 480 }), (minutes, gap) => {
        const touches = touchesOf(minutes);
        const attempts = countAttempts(touches, berlin, gap);
        const first = new Map<number, number>();
        touches.forEach((touch, index) => {
          const attempt = attempts[index] ?? NaN;
          const own = first.get(attempt);
          const previous = first.get(attempt - 1);
          if (own !== undefined) {
            expect(slowWorkingMinutesBetween(berlin, own, touch)).toBeLessThan(gap);
            return;
          }
          first.set(attempt, touch);
          if (previous !== undefined) {
            expect(slowWorkingMinutesBetween(berlin, previous, touch)).toBeGreaterThanOrEqual(gap);
          }
        });
      }),
    );
  });
});
