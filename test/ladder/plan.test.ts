import { expect, test } from 'vitest';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { planLadder } from '../../src/ladder/plan.ts';
import { ladderOf, stepsAhead } from '../../src/lead/ladder.ts';
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

function plan(lead: LeadRow, now: number, ownerIsAway = false) {
  return planLadder(lead, standardPlaybook, calendar, now, ownerIsAway);
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
  ['owned', '2026-11-02', '15:00', 'tellManager', 2],
  ['owned', '2026-11-04', '12:00', 'reassign', 3],
  ['offered', '2026-11-02', '10:45', 'remind', 1],
] as const)(
  'of %s steps missed until %s %s only the latest happens: %s',
  (state, date, time, step, behind) => {
    expect(plan(climber(state), moment(date, time))).toEqual({
      do: 'climb',
      step,
      behind,
      otherwise: undefined,
    });
  },
);

test('giving the lead to a rep is not passed over; the managers hear of it only if nobody could take it', () => {
  expect(plan(climber('offered'), moment('2026-11-03', '12:00'))).toMatchObject({
    step: 'assign',
    behind: 2,
    otherwise: { step: 'tellManager', behind: 3 },
  });
});

test('outside working time nothing happens, however late it is', () => {
  const nextMorning = moment('2026-11-03', '09:00');
  expect(plan(climber('owned'), moment('2026-11-02', '20:00'))).toEqual({ do: 'wait', until: nextMorning });
});

test('an owner who is away loses the lead at the first step that is due, and not before', () => {
  const lead = climber('owned');
  expect(plan(lead, start + hour, true)).toMatchObject({ do: 'wait' });
  expect(plan(lead, start + 2 * hour, true)).toMatchObject({ do: 'climb', step: 'reassign', behind: 3 });
});

test('where the rank takes no lead away, the managers are told about an owner who is away', () => {
  const lead = climber('owned', { rank: 'C' });
  expect(plan(lead, moment('2026-11-04', '10:00'), true)).toMatchObject({ step: 'tellManager' });
});

test('of a lead that waits because no rep can take it, only the managers hear', () => {
  const steps = stepsAhead(
    climber('offered', { waits_for: 'Everybody is away.' }),
    standardPlaybook,
    calendar,
  );
  expect(steps).toEqual([{ step: 'tellManager', at: start + 2 * hour, behind: 3 }]);
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
