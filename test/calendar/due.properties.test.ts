import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAfter } from '../../src/calendar/due.ts';
import { clipped, without } from '../../src/calendar/day-window.ts';
import { addSpan } from '../../src/calendar/span.ts';
import { nextWorkingMoment, workingMinutesBetween } from '../../src/calendar/working-time.ts';
import { MINUTE, planned, situations, spans, windows } from './situations.ts';
import { lies, type SlowClock } from './slow-clock.ts';

/** The slow clock sees some weeks; what it does not find lies behind them. */
function expectSame(actual: number, expected: number | undefined, clock: SlowClock): void {
  if (expected === undefined) expect(actual).toBeGreaterThanOrEqual(clock.end);
  else expect(new Date(actual).toISOString()).toBe(new Date(expected).toISOString());
}

test('a span of working time ends where looking at each minute finds it: own hours, holidays, absences, clock changes', () => {
  fc.assert(
    fc.property(situations, spans, ({ cal, from, clock }, span) => {
      const slow =
        span.unit === 'minutes'
          ? clock.addMinutes(cal, from, span.amount)
          : clock.addDays(cal, from, span.amount);
      expectSame(addSpan(cal, from, span), slow, clock);
    }),
    { numRuns: 2000 },
  );
});

test('a planned step is due where looking at each minute finds it, in its part of the day and not too early', () => {
  const later = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined });
  fc.assert(
    fc.property(situations, planned, later, ({ cal, from, clock }, step, minutes) => {
      const notBefore = minutes === undefined ? undefined : from + minutes * MINUTE;
      expectSame(dueAfter(cal, from, step, notBefore), clock.due(cal, from, step, notBefore), clock);
    }),
    { numRuns: 2000 },
  );
});

test('working minutes are counted as looking at each minute counts them', () => {
  fc.assert(
    fc.property(situations, fc.integer({ min: 0, max: 9 * 1440 }), ({ cal, from, clock }, minutes) => {
      const to = from + minutes * MINUTE;
      expect(workingMinutesBetween(cal, from, to)).toBe(clock.minutesBetween(cal, from, to));
    }),
    { numRuns: 1000 },
  );
});

test('outside quiet hours the next moment is the first minute of work that is not quiet', () => {
  fc.assert(
    fc.property(situations, windows, ({ cal, from, clock }, quiet) => {
      const loud = without(cal, quiet);
      if (!loud) return;
      const work = clock.first(from, (moment) => clock.works(cal, moment) && !lies(moment.minute, quiet));
      expectSame(nextWorkingMoment(loud, from), work?.at, clock);
    }),
    { numRuns: 1000 },
  );
});

test('a step in a part of the day is due in it, and later than what it follows', () => {
  fc.assert(
    fc.property(situations, planned, ({ cal, from }, step) => {
      const part = step.window && clipped(cal, step.window);
      if (!part) return;
      const due = dueAfter(cal, from, step);
      expect(nextWorkingMoment(part, due)).toBe(due);
      expect(due).toBeGreaterThan(from);
    }),
    { numRuns: 1000 },
  );
});
