import { expect, test } from 'vitest';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { type OwnersAbsence, planLadder } from '../../src/ladder/plan.ts';
import { isPastClaiming, ladderOf, stepsAhead } from '../../src/lead/ladder.ts';
import { leadRow, standardPlaybook } from '../support/rows.ts';
import { moment } from '../support/world.ts';

const calendar = workingCalendar({
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  start: '09:00',
  end: '17:00',
});
/** Monday, 10:00 in Berlin. */
const start = moment('2026-11-02', '10:00');
const hour = 3_600_000;

function climber(state: 'offered' | 'owned', parts: Partial<LeadRow> = {}): LeadRow {
  return leadRow({
    state,
    owner_id: state === 'offered' ? null : 'U0ALICE',
    attempts: 0,
    first_touch_at: null,
    last_touch_at: null,
    last_touch_kind: null,
    cadence_started_at: start,
    ladder_from: start,
    ladder_step: 0,
    ...parts,
  });
}

function plan(lead: LeadRow, now: number, absence?: OwnersAbsence) {
  return planLadder(lead, standardPlaybook, calendar, now, absence);
}

/** Climbs as the tick does, from one moment to the next, and says what happened when. */
function climb(lead: LeadRow, moments: readonly number[], absence?: OwnersAbsence): string[] {
  const done: string[] = [];
  for (const now of moments) {
    const step = plan(lead, now, absence);
    if (step.do === 'wait') continue;
    lead = { ...lead, ladder_step: step.behind, ladder_from: step.from };
    done.push(`${step.step} ${new Date(now + hour).toISOString().slice(5, 16)}`);
  }
  return done;
}

/** Every minute of some days, in UTC. */
function minutes(from: number, days: number): number[] {
  return Array.from({ length: days * 24 * 60 }, (_, minute) => from + minute * 60_000);
}

test('one step at a time, each once', () => {
  const lead = climber('owned');
  expect(plan(lead, start + 2 * hour - 1)).toEqual({ do: 'wait', until: start + 2 * hour });
  expect(plan(lead, start + 2 * hour)).toMatchObject({ do: 'climb', step: 'nudge', behind: 1 });
  const nudged = { ...lead, ladder_step: 1 };
  expect(plan(nudged, start + 2 * hour)).toEqual({ do: 'wait', until: start + 4 * hour });
  expect(plan(nudged, start + 4 * hour)).toMatchObject({ step: 'tellManager', behind: 2 });
  expect(plan({ ...lead, ladder_step: 3 }, start + 90 * hour)).toEqual({ do: 'wait', until: null });
});

test.each([
  ['owned', ['nudge', 'tellManager', 'reassign']],
  ['offered', ['remind', 'assign', 'tellManager']],
] as const)(
  'after days of downtime a lead that is %s climbs from the first step it missed, the rest at its distance',
  (state, steps) => {
    const back = moment('2026-11-05', '11:00');
    const done = climb(climber(state), minutes(back, 3));
    const at =
      state === 'owned'
        ? ['11-05T11:00', '11-05T13:00', '11-06T09:00']
        : ['11-05T11:00', '11-05T11:30', '11-05T12:30'];
    expect(done).toEqual(steps.map((step, place) => `${step} ${at[place] ?? ''}`));
  },
);

test('downtime between two steps leaves their distance as it is', () => {
  const nudged = climber('owned', { ladder_step: 1 });
  const back = moment('2026-11-02', '16:30');
  expect(climb(nudged, minutes(back, 2))[0]).toBe('tellManager 11-02T16:30');
});

test('a tick that is a few minutes late moves nothing', () => {
  expect(plan(climber('owned'), start + 2 * hour + 9 * 60_000)).toMatchObject({ step: 'nudge', from: start });
});

test('outside working time nothing happens, however late it is', () => {
  const nextMorning = moment('2026-11-03', '09:00');
  expect(plan(climber('owned'), moment('2026-11-02', '20:00'))).toEqual({ do: 'wait', until: nextMorning });
});

const forLong = { until: moment('2026-11-13', '00:00'), isAway: true };

test('an owner who is away for long loses the lead at the first step that is due, and not before', () => {
  const lead = climber('owned');
  expect(plan(lead, start + hour, forLong)).toMatchObject({ do: 'wait' });
  expect(plan(lead, start + 2 * hour, forLong)).toMatchObject({ do: 'climb', step: 'reassign', behind: 3 });
  const forEver = { until: Infinity, isAway: true };
  expect(plan(lead, start + 2 * hour, forEver)).toMatchObject({ step: 'reassign' });
});

test.each([
  ['away for 40 minutes', { until: start + 2.5 * hour, isAway: true }, start + 2.5 * hour],
  ['away today', { until: moment('2026-11-03', '00:00'), isAway: true }, moment('2026-11-03', '09:00')],
  [
    'on a holiday, however many follow',
    { until: moment('2026-11-12', '00:00'), isAway: false },
    moment('2026-11-03', '09:00'),
  ],
])('an owner who is %s keeps the lead, and the ladder waits', (_, absence, until) => {
  expect(plan(climber('owned'), start + 2 * hour, absence)).toEqual({ do: 'wait', until });
});

test('where the rank takes no lead away, the managers are told about an owner who is away', () => {
  const lead = climber('owned', { rank: 'C' });
  const absence = { until: Infinity, isAway: true };
  expect(plan(lead, moment('2026-11-04', '10:00'), absence)).toMatchObject({ step: 'tellManager' });
});

test('a lead that waited before anybody could claim it is none that the ladder could not give away', () => {
  const waits = climber('offered', { waits_for: 'everybody is full' });
  expect(isPastClaiming(waits)).toBe(false);
  const told = climb(waits, minutes(start, 2));
  expect(told).toEqual(['tellManager 11-02T12:00']);
  expect(isPastClaiming({ ladder_step: 1 })).toBe(false);
  expect(isPastClaiming({ ladder_step: 2 })).toBe(true);
});

test('of a lead that waits because no rep can take it, only the managers hear', () => {
  const steps = stepsAhead(
    climber('offered', { waits_for: 'Everybody is away.' }),
    standardPlaybook,
    calendar,
  );
  expect(steps).toEqual([{ step: 'tellManager', at: start + 2 * hour, behind: 1 }]);
});

test('nobody is nudged before the first touch is due', () => {
  const lead = climber('owned', { cadence_started_at: start + 4 * hour });
  expect(stepsAhead(lead, standardPlaybook, calendar)[0]).toMatchObject({
    step: 'nudge',
    at: start + 5 * hour,
  });
});

test.each(['held', 'working', 'resolved'] as const)('a %s lead is on no ladder', (state) => {
  const lead = leadRow({ state, ladder_from: start, ladder_step: 1 });
  expect(ladderOf(lead, standardPlaybook, calendar, start)).toMatchObject({
    ladder_at: null,
    ladder_step: 1,
  });
});

test('rank D has no ladder: nobody is chased about a list', () => {
  expect(ladderOf(climber('offered', { rank: 'D' }), standardPlaybook, calendar, start).ladder_at).toBeNull();
});
