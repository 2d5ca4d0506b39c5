import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TouchKind } from '../../src/db/schema.ts';
import { type CountedTouch, countOn, progressOf } from '../../src/touch/progress.ts';
import { MINUTE, planned, situations, spans } from '../calendar/situations.ts';
import type { SlowClock } from '../calendar/slow-clock.ts';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';

const kinds = fc.constantFrom<TouchKind>('no_answer', 'email', 'spoke', 'replied');
const logged = fc.array(fc.record({ kind: kinds, after: fc.integer({ min: 0, max: 1500 }) }), {
  maxLength: 6,
});

/** The attempts of touches, by looking at each minute. */
function slowCount(
  clock: SlowClock,
  hours: WorkingCalendar,
  touches: readonly { kind: TouchKind; at: number }[],
  gap: number,
): CountedTouch[] {
  let attempt = 0;
  let begun = 0;
  return touches.map((touch) => {
    if (touch.kind !== 'replied' && (attempt === 0 || clock.minutesBetween(hours, begun, touch.at) >= gap)) {
      attempt += 1;
      begun = touch.at;
    }
    return { ...touch, attempt };
  });
}

test('what is due, and when it is nudged, is what looking at each minute finds', () => {
  fc.assert(
    fc.property(
      situations,
      logged,
      fc.array(planned, { minLength: 1, maxLength: 5 }),
      spans,
      fc.integer({ min: 1, max: 300 }),
      fc.option(fc.integer({ min: 0, max: 4000 })),
      ({ hours, cal, from, clock }, log, cadence, replyWithin, attemptGap, snooze) => {
        let at = from;
        const moments = log.map(({ kind, after }) => ({ kind, at: (at += after * MINUTE) }));
        const touches = slowCount(clock, hours, moments, attemptGap);
        expect(countOn([], moments, hours, attemptGap)).toEqual(touches.map((touch) => touch.attempt));

        const snoozedUntil = snooze === null ? null : at + snooze * MINUTE;
        const progress = progressOf({
          touches,
          startedAt: from,
          cadence,
          nudgeAttempts: [2, 3],
          replyWithin,
          attemptGap,
          hours,
          calendar: cal,
          snoozedUntil,
          nextStep: null,
        });

        const outreach = touches.filter((touch) => touch.kind !== 'replied');
        const attempts = outreach.at(-1)?.attempt ?? 0;
        const last = touches.at(-1);
        const answered = last?.kind === 'spoke' || last?.kind === 'replied' ? last : undefined;
        const step = cadence[attempts];
        const begun = outreach.find((touch) => touch.attempt === attempts);
        const apart = begun && clock.addMinutes(hours, begun.at, attemptGap);
        const due = answered
          ? clock.due(cal, answered.at, { after: replyWithin })
          : step && clock.due(cal, outreach.at(-1)?.at ?? from, step, begun ? (apart ?? clock.end) : from);
        if (!answered && !step) {
          expect(progress.nextAttemptAt).toBeNull();
          return;
        }
        // Behind the weeks that the slow clock sees.
        if (due === undefined) {
          expect(progress.nextAttemptAt).toBeGreaterThanOrEqual(clock.end);
          return;
        }
        expect(progress).toMatchObject({ attempts, nextAttemptAt: due });
        const isNudged = answered !== undefined || snooze !== null || attempts === 1 || attempts === 2;
        const wanted = Math.max(due, answered ? 0 : (snoozedUntil ?? 0));
        const nudge = clock.first(wanted, (moment) => clock.works(cal, moment))?.at;
        if (!isNudged) expect(progress.nudgeAt).toBeNull();
        else if (nudge !== undefined) expect(progress.nudgeAt).toBe(nudge);
        else expect(progress.nudgeAt).toBeGreaterThanOrEqual(clock.end);
      },
    ),
    { numRuns: 2000 },
  );
});
