import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minuteOfTime } from '../../src/calendar/civil.ts';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { nextWorkingMoment } from '../../src/calendar/working-time.ts';
import { localTime } from '../../src/calendar/zone.ts';
import type { TouchKind } from '../../src/db/schema.ts';
import {
  type CountedTouch,
  countOn,
  countWithout,
  type ProgressInput,
  progressOf,
} from '../../src/touch/progress.ts';
import { standardPlaybook } from '../support/rows.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Monday, 2 November 2026, 10:00. */
const monday = Date.UTC(2026, 10, 2, 10);
const calendar = workingCalendar({ zone: 'UTC', days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' });

const gap = 240;
const someInput: ProgressInput = {
  touches: [],
  startedAt: monday,
  cadence: standardPlaybook.ranks['A']?.cadence ?? [],
  nudgeAttempts: [3, 4, 6],
  replyWithin: { unit: 'days', amount: 1 },
  attemptGap: gap,
  hours: calendar,
  calendar,
  snoozedUntil: null,
  nextStep: null,
};

/** Logged one after the other. */
function counted(touches: [TouchKind, number][], cal = calendar): CountedTouch[] {
  const stored: CountedTouch[] = [];
  for (const [kind, at] of touches) {
    const [attempt = 0] = countOn(stored, [{ kind, at }], cal, gap);
    stored.push({ kind, at, attempt });
  }
  return stored;
}

function attemptsOf(touches: readonly CountedTouch[]): number[] {
  return touches.map((touch) => touch.attempt);
}

function progress(
  touches: [TouchKind, number][],
  parts: Partial<ProgressInput> = {},
): ReturnType<typeof progressOf> {
  return progressOf({ ...someInput, touches: counted(touches), ...parts });
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

test('a reply belongs to the attempt it answers, and is nudged when our next step is overdue, snoozed or not', () => {
  const touches: [TouchKind, number][] = [
    ['email', monday],
    ['no_answer', monday + day],
    ['replied', monday + day + hour],
  ];
  expect(attemptsOf(counted(touches))).toEqual([1, 2, 2]);
  expect(progress(touches, { snoozedUntil: monday + 9 * day })).toMatchObject({
    attempts: 2,
    repliedAt: monday + day + hour,
    nextAttemptAt: monday + 2 * day + hour,
    nudgeAt: monday + 2 * day + hour,
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
      const attempts = attemptsOf(counted(touches));
      expect(result.attempts).toBeLessThanOrEqual(outreaches);
      expect(attempts).toEqual([...attempts].sort((a, b) => a - b));
      if (result.nudgeAt !== null) {
        expect(nextWorkingMoment(calendar, result.nudgeAt)).toBe(result.nudgeAt);
        if (result.repliedAt === null) expect([3, 4, 6]).toContain(result.attempts + 1);
      }
    }),
  );
});

const someCalendar = fc.constantFrom(
  calendar,
  workingCalendar({ zone: 'UTC', days: [1, 2, 3, 4, 5], start: '13:00', end: '17:00' }),
  workingCalendar({ zone: 'UTC', days: [3], start: '09:00', end: '10:00' }),
  workingCalendar({ zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }),
);

test('counting in steps gives what counting at once gives', () => {
  fc.assert(
    fc.property(someTouches, (touches) => {
      const moments = touches.map(([kind, at]) => ({ kind, at }));
      expect(countOn([], moments, calendar, gap)).toEqual(attemptsOf(counted(touches)));
    }),
  );
});

test('changed working hours change no attempt that is stored, and the next one counts on from there', () => {
  fc.assert(
    fc.property(someTouches, someCalendar, (touches, changed) => {
      const stored = counted(touches);
      const made = progress(touches).attempts;
      expect(progressOf({ ...someInput, touches: stored, calendar: changed }).attempts).toBe(made);
      const later = { kind: 'email' as const, at: (stored.at(-1)?.at ?? monday) + day };
      const [next = NaN] = countOn(stored, [later], changed, gap);
      expect([Math.max(made, 1), made + 1]).toContain(next);
    }),
  );
});

test('three attempts stay three when a team starts to work later in the day', () => {
  const afternoons = workingCalendar({ zone: 'UTC', days: [1, 2, 3, 4, 5], start: '13:00', end: '17:00' });
  const stored = counted([
    ['email', monday],
    ['no_answer', monday + 5 * hour],
    ['voicemail', monday + day + 3 * hour],
  ]);
  expect(attemptsOf(stored)).toEqual([1, 2, 3]);
  expect(progressOf({ ...someInput, touches: stored, calendar: afternoons }).attempts).toBe(3);
});

test('undoing the last touch is as if it had never been logged, whatever the hours are now', () => {
  fc.assert(
    fc.property(someTouches, someCalendar, (touches, changed) => {
      const stored = counted(touches);
      const last = stored.at(-1);
      if (last) expect(countWithout(stored, last, changed, gap)).toEqual(stored.slice(0, -1));
    }),
  );
});

test('undoing a touch leaves the earlier ones as they are; with the hours of then, all are as if never logged', () => {
  fc.assert(
    fc.property(someTouches, fc.nat(14), someCalendar, (touches, place, changed) => {
      const stored = counted(touches);
      const undone = stored[place];
      if (!undone) return;
      const left = touches.filter((_touch, index) => index !== place);
      expect(countWithout(stored, undone, calendar, gap)).toEqual(counted(left));
      const under = countWithout(stored, undone, changed, gap);
      expect(under.slice(0, place)).toEqual(stored.slice(0, place));
      expect(attemptsOf(under)).toEqual([...attemptsOf(under)].sort((a, b) => a - b));
    }),
  );
});

const agreed = (at: number, setAt: number, isAllDay = false): Partial<ProgressInput> => ({
  nextStep: { at, setAt, isAllDay },
});

test.each([
  ['while it is ahead, the lead is due then, and the reply waits no more', [], true],
  ['an outreach before its day leaves it standing', [['email', monday + 2 * day]], true],
  ['an outreach on its day, however early, does it', [['email', monday + 3 * day - 10 * hour]], false],
  ['an outreach after its day does it', [['no_answer', monday + 4 * day]], false],
  ['another reply makes it void', [['replied', monday + day]], false],
  ['a talk before its day makes it void: something new was said', [['spoke', monday + day]], false],
] satisfies [string, [TouchKind, number][], boolean][])('an agreed step: %s', (_what, later, stands) => {
  const at = monday + 3 * day;
  const touches: [TouchKind, number][] = [['email', monday], ['replied', monday + hour], ...later];
  const result = progress(touches, agreed(at, monday + 2 * hour));
  expect(result.stepDueAt).toBe(stands ? at : null);
  if (stands) expect(result).toMatchObject({ nextAttemptAt: at, nudgeAt: at, repliedAt: null });
  else expect(result.nextAttemptAt).not.toBe(at);
});

test('after the step the cadence goes on from the touch that did it', () => {
  const at = monday + 3 * day;
  const touches: [TouchKind, number][] = [
    ['email', monday],
    ['replied', monday + hour],
    ['email', at],
  ];
  const result = progress(touches, agreed(at, monday + 2 * hour));
  expect(result).toMatchObject({ attempts: 2, stepDueAt: null, repliedAt: null });
  expect(result.nextAttemptAt).toBe(at + 5 * day - 1 * day);
});

test('which day the step is done on is decided in the rep’s zone', () => {
  const auckland = workingCalendar({
    zone: 'Pacific/Auckland',
    days: [1, 2, 3, 4, 5],
    start: '09:00',
    end: '17:00',
  });
  // Thursday 10:00 in Auckland is still Wednesday in UTC.
  const at = Date.UTC(2026, 10, 4, 21);
  const steps = { ...agreed(at, monday), calendar: auckland };
  expect(progress([['email', Date.UTC(2026, 10, 4, 10, 59)]], steps).stepDueAt).toBe(at);
  expect(progress([['email', Date.UTC(2026, 10, 4, 11, 0)]], steps).stepDueAt).toBeNull();
});

test.each([
  ['at its time', Date.UTC(2026, 10, 5, 14), Date.UTC(2026, 10, 5, 14)],
  ['before the day’s work: when it begins', Date.UTC(2026, 10, 5, 7), Date.UTC(2026, 10, 5, 9)],
  ['after the day’s work: in its last minute', Date.UTC(2026, 10, 5, 18), Date.UTC(2026, 10, 5, 16, 59)],
  ['on a day off: the next working morning', Date.UTC(2026, 10, 7, 12), Date.UTC(2026, 10, 9, 9)],
])('a step agreed for %s', (_what, at, due) => {
  expect(progress([], agreed(at, monday)).stepDueAt).toBe(due);
});

test('a step agreed in the evening for later that evening is not late at once', () => {
  const evening = Date.UTC(2026, 10, 4, 18);
  expect(progress([], agreed(evening + 2 * hour, evening)).stepDueAt).toBe(Date.UTC(2026, 10, 5, 9));
});

test('a snooze of the step moves its nudge and nothing else', () => {
  const at = monday + 3 * day;
  const result = progress([], { ...agreed(at, monday), snoozedUntil: at + 2 * hour });
  expect(result).toMatchObject({ nextAttemptAt: at, stepDueAt: at, nudgeAt: at + 2 * hour });
});

type Local = [date: string, time: string];
const berlinHours = workingCalendar({
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
  holidays: ['2026-11-06'],
});
const inBerlin = (...[date, time]: readonly [string, string]): number =>
  localTime('Europe/Berlin', { date, minuteOfDay: minuteOfTime(time) });

test.each([
  [
    'asked for in the morning, late after work',
    ['2026-11-05', '09:00'],
    ['2026-11-05', '09:00'],
    ['2026-11-05', '17:00'],
  ],
  [
    'on a day off since: on the next one',
    ['2026-11-06', '09:00'],
    ['2026-11-09', '09:00'],
    ['2026-11-09', '17:00'],
  ],
  [
    'behind the change to summer time',
    ['2027-03-29', '09:00'],
    ['2027-03-29', '09:00'],
    ['2027-03-29', '17:00'],
  ],
  [
    'behind the change to winter time',
    ['2026-10-26', '09:00'],
    ['2026-10-26', '09:00'],
    ['2026-10-26', '17:00'],
  ],
] satisfies [string, Local, Local, Local][])('a step without a time is %s', (_what, at, asked, due) => {
  const step = { ...agreed(inBerlin(...at), inBerlin('2026-10-20', '10:00'), true), calendar: berlinHours };
  const result = progress([], step);
  expect(result).toMatchObject({
    nudgeAt: inBerlin(...asked),
    stepDueAt: inBerlin(...due),
    nextAttemptAt: inBerlin(...due),
  });
});

test('a step without a time that is put off is asked for when the rep said', () => {
  const until = inBerlin('2026-11-05', '11:00');
  const step = { ...agreed(inBerlin('2026-11-05', '09:00'), monday, true), calendar: berlinHours };
  expect(progress([], { ...step, snoozedUntil: until })).toMatchObject({
    nudgeAt: until,
    stepDueAt: inBerlin('2026-11-05', '17:00'),
  });
});
