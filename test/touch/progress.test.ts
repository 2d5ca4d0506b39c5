import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { nextWorkingMoment } from '../../src/calendar/working-time.ts';
import type { TouchKind } from '../../src/db/schema.ts';
import { type ProgressInput, progressOf } from '../../src/touch/progress.ts';
import { standardPlaybook } from '../support/rows.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Monday, 2 November 2026, 10:00. */
const monday = Date.UTC(2026, 10, 2, 10);
const calendar = workingCalendar({ zone: 'UTC', days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' });

function progress(
  touches: [TouchKind, number][],
  parts: Partial<ProgressInput> = {},
): ReturnType<typeof progressOf> {
  return progressOf({
    touches: touches.map(([kind, at]) => ({ kind, at })),
    startedAt: monday,
    cadence: standardPlaybook.ranks['A']?.cadence ?? [],
    attemptGapMinutes: 240,
    nudgeAttempts: [3, 4, 6],
    replyWithin: { unit: 'days', amount: 1 },
    calendar,
    snoozedUntil: null,
    ...parts,
  });
}

test('without a touch the first attempt counts from when the rep got the lead', () => {
  expect(progress([])).toMatchObject({
    attempts: 0,
    nextAttemptAt: monday + hour,
    nudgeAt: null,
    firstTouchAt: null,
  });
});

test('each later attempt counts from the last outreach, so lateness shifts and never bursts', () => {
  expect(progress([['email', monday + 3 * day]]).nextAttemptAt).toBe(monday + 4 * day);
});

test('a nudge is wanted for the third attempt at its due time', () => {
  const due = progress([
    ['email', monday],
    ['no_answer', monday + day],
  ]);
  expect(due).toMatchObject({ attempts: 2, nextAttemptAt: monday + 3 * day, nudgeAt: monday + 3 * day });
});

test('a snooze moves the nudge and not the due date', () => {
  const touches: [TouchKind, number][] = [
    ['email', monday],
    ['no_answer', monday + day],
  ];
  const snoozed = progress(touches, { snoozedUntil: monday + 4 * day });
  expect(snoozed).toMatchObject({ nextAttemptAt: monday + 3 * day, nudgeAt: monday + 4 * day });
});

test('a reply belongs to the attempt it answers, and stops the nudges', () => {
  const replied = progress([
    ['email', monday],
    ['no_answer', monday + day],
    ['replied', monday + day + hour],
  ]);
  expect(replied).toMatchObject({
    attempts: 2,
    attemptOfTouch: [1, 2, 2],
    repliedAt: monday + day + hour,
    nextAttemptAt: monday + 2 * day + hour,
    nudgeAt: null,
  });
});

test('after the last planned attempt nothing is due', () => {
  const cadence = (standardPlaybook.ranks['A']?.cadence ?? []).slice(0, 1);
  expect(progress([['email', monday]], { cadence })).toMatchObject({
    attempts: 1,
    nextAttemptAt: null,
    nudgeAt: null,
  });
});

test('a lead whose rank the playbook no longer plans for has nothing due', () => {
  expect(progress([], { cadence: [] }).nextAttemptAt).toBeNull();
});

const someTouches = fc
  .array(
    fc.record({
      kind: fc.constantFrom<TouchKind>('no_answer', 'voicemail', 'email', 'linkedin', 'replied'),
      after: fc.integer({ min: 0, max: 3 * day }),
    }),
    { maxLength: 15 },
  )
  .map((steps) => {
    let at = monday;
    return steps.map(({ kind, after }): [TouchKind, number] => [kind, (at += after)]);
  });

test('attempts never go back, never outnumber the outreaches, and the nudge lies in working time', () => {
  fc.assert(
    fc.property(someTouches, (touches) => {
      const result = progress(touches);
      const outreaches = touches.filter(([kind]) => kind !== 'replied').length;
      expect(result.attempts).toBeLessThanOrEqual(outreaches);
      expect(result.attemptOfTouch).toEqual([...result.attemptOfTouch].sort((a, b) => a - b));
      if (result.nudgeAt !== null) {
        expect(nextWorkingMoment(calendar, result.nudgeAt)).toBe(result.nudgeAt);
        expect([3, 4, 6]).toContain(result.attempts + 1);
      }
    }),
  );
});

test('undoing the last touch is as if it had never been logged', () => {
  fc.assert(
    fc.property(someTouches, (touches) => {
      const all = progress(touches).attemptOfTouch;
      expect(progress(touches.slice(0, -1)).attemptOfTouch).toEqual(all.slice(0, -1));
    }),
  );
});
