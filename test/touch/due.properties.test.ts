import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TouchKind } from '../../src/db/schema.ts';
import { dueAt, isLate, putOffUntil } from '../../src/lead/due.ts';
import { stepAsked, stepDue, stepStands } from '../../src/touch/agreed-step.ts';
import { countOn, progressOf } from '../../src/touch/progress.ts';
import { DAY, planned, situations, spans } from '../calendar/situations.ts';
import {
  expectSame,
  minutes,
  slowCount,
  slowLateFrom,
  slowPutOff,
  slowStanding,
  slowStepAsked,
  slowStepDue,
  slowStepStands,
} from './slow-standing.ts';

const kinds = fc.constantFrom<TouchKind>('no_answer', 'email', 'spoke', 'replied');
const logged = fc.array(fc.record({ kind: kinds, after: fc.integer({ min: 0, max: 1500 }) }), {
  maxLength: 6,
});
const week = 7 * 1440;
/** Minutes; long enough for a weekend, a holiday and an absence on both sides of a clock change. */
const someWhile = fc.integer({ min: 0, max: week });
const agreed = fc.record({
  set: fc.integer({ min: -2000, max: 2000 }),
  ahead: someWhile,
  isAllDay: fc.boolean(),
});

test('what is due, when it is nudged and when it is late, is what looking at each minute finds', () => {
  fc.assert(
    fc.property(
      situations,
      logged,
      fc.array(planned, { minLength: 1, maxLength: 5 }),
      spans,
      fc.integer({ min: 1, max: 300 }),
      fc.record({
        snooze: fc.option(someWhile),
        step: fc.option(agreed, { freq: 1 }),
        later: someWhile,
      }),
      ({ hours, cal, from, clock }, log, cadence, replyWithin, attemptGap, { snooze, step, later }) => {
        let at = from;
        const moments = log.map(({ kind, after }) => ({ kind, at: (at = minutes(at, after)) }));
        const touches = slowCount(clock, hours, moments, attemptGap);
        expect(countOn([], moments, hours, attemptGap)).toEqual(touches.map((touch) => touch.attempt));

        const snoozedUntil = snooze === null ? null : minutes(at, snooze);
        const setAt = minutes(at, step?.set ?? 0);
        if (step) fc.pre(minutes(setAt, step.ahead) - 2 * DAY >= clock.start);
        const input = {
          touches,
          startedAt: from,
          cadence,
          nudgeAttempts: [2, 3],
          replyWithin,
          attemptGap,
          hours,
          calendar: cal,
          snoozedUntil,
          nextStep: step && { at: minutes(setAt, step.ahead), setAt, isAllDay: step.isAllDay },
        };
        const progress = progressOf(input);
        const slow = slowStanding(clock, input);
        expect(progress.attempts).toBe(slow.attempts);
        expect(progress.stepDueAt !== null).toBe(slow.step !== null);
        expectSame(progress.nextAttemptAt, slow.due, clock);
        expectSame(progress.nudgeAt, slow.nudge, clock);

        const lead = {
          next_attempt_at: progress.nextAttemptAt,
          snoozed_until: snoozedUntil,
          replied_at: progress.repliedAt,
          step_due_at: progress.stepDueAt,
          next_step_at: input.nextStep?.at ?? null,
          next_step_all_day: step?.isAllDay ? 1 : 0,
        };
        const now = minutes(at, later);
        const lateFrom = slowLateFrom(clock, slow, snoozedUntil, now);
        if (lateFrom === undefined) return;
        expect(isLate(lead, now)).toBe(lateFrom === now);
        expect(putOffUntil(lead, now)).toBe(slowPutOff(clock, slow, snoozedUntil, now));
        expect(Math.max(now, dueAt(lead, now) ?? NaN)).toBe(lateFrom);
      },
    ),
    { numRuns: 2000 },
  );
});

test('when an agreed step is due, and until when it stands, is what looking at each minute finds', () => {
  fc.assert(
    fc.property(situations, agreed, logged, ({ hours, cal, from, clock }, { set, ahead, isAllDay }, log) => {
      const setAt = minutes(from, set);
      const step = { at: minutes(setAt, ahead), setAt, isAllDay };
      fc.pre(step.at - 2 * DAY >= clock.start);
      const due = slowStepDue(clock, cal, step);
      expectSame(stepAsked(cal, step), slowStepAsked(clock, cal, step), clock);
      expectSame(stepDue(cal, step), due, clock);
      let at = from;
      const moments = log.map(({ kind, after }) => ({ kind, at: (at = minutes(at, after)) }));
      const touches = slowCount(clock, hours, moments, 240);
      expect(stepStands(step, touches, cal.zone)).toBe(slowStepStands(cal.zone, step, touches));
    }),
    { numRuns: 2000 },
  );
});
