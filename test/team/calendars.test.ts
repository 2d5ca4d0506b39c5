import { describe, expect, test } from 'vitest';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import {
  addWorkingMinutes,
  nextWorkingMoment,
  workingMinutesBetween,
} from '../../src/calendar/working-time.ts';
import { deputyOf, hoursOf, ownerCalendar } from '../../src/team/calendars.ts';
import type { Absence } from '../../src/team/people/store.ts';
import { someTeam } from '../support/rows.ts';
import { instant } from '../calendar/support.ts';

const [alice, bob, carol] = ['U0ALICE', 'U0BOB', 'U0CAROL'];

/** Alice's, from Wednesday noon up to the end of Friday, 6 November 2026, in Berlin. */
function absence(parts: Partial<Absence> = {}): Absence {
  return {
    id: 1,
    team_id: 'T0ACME',
    user_id: alice,
    why: 'away',
    from_at: instant('2026-11-04T12:00+01:00'),
    until_at: instant('2026-11-07T00:00+01:00'),
    set_by: alice,
    deputy_id: null,
    said: null,
    ended_at: null,
    ...parts,
  };
}

function team(...absences: Absence[]) {
  return someTeam({ reps: [alice, bob, carol], absences });
}

const thursday = instant('2026-11-05T10:00+01:00');
const monday = instant('2026-11-09T09:00+01:00');

describe('the calendar of a lead’s owner', () => {
  test('is their own, the team’s, or the team’s where nobody has it', () => {
    const own = workingCalendar({ zone: 'America/New_York', days: [1], start: '10:00', end: '12:00' });
    const mixed = someTeam({ calendars: new Map([[alice, own]]) });
    expect(ownerCalendar(mixed, alice)).toBe(own);
    expect(ownerCalendar(mixed, bob)).toBe(mixed.calendar);
    expect(ownerCalendar(mixed, null)).toBe(mixed.calendar);
  });

  test('leaves out the time they are away, to the minute, and nobody else’s', () => {
    const away = team(absence());
    expect(nextWorkingMoment(ownerCalendar(away, alice), thursday)).toBe(monday);
    expect(nextWorkingMoment(ownerCalendar(away, bob), thursday)).toBe(thursday);
    const begin = instant('2026-11-04T11:30+01:00');
    expect(addWorkingMinutes(ownerCalendar(away, alice), begin, 60)).toBe(monday + 30 * 60_000);
    expect(workingMinutesBetween(ownerCalendar(away, alice), begin, monday)).toBe(30);
    expect(hoursOf(away, alice)).toBe(away.calendar);
  });

  test('ends an absence that was ended early when it was ended', () => {
    const back = team(absence({ ended_at: instant('2026-11-05T09:00+01:00') }));
    expect(nextWorkingMoment(ownerCalendar(back, alice), thursday)).toBe(thursday);
    const begin = instant('2026-11-04T09:00+01:00');
    expect(workingMinutesBetween(ownerCalendar(back, alice), begin, thursday)).toBe(4 * 60);
  });

  test('knows no end of an absence that has none, until they are back', () => {
    const open = team(absence({ until_at: null }));
    expect(ownerCalendar(open, alice)).toBe(open.calendar);
    const ended = team(absence({ until_at: null, ended_at: monday }));
    expect(nextWorkingMoment(ownerCalendar(ended, alice), thursday)).toBe(monday);
  });

  test('takes a status that ends in ten years for one without an end', () => {
    const odd = team(absence({ why: 'status', until_at: instant('2036-11-07T00:00+01:00') }));
    expect(ownerCalendar(odd, alice)).toBe(odd.calendar);
  });

  test('reaches over two years of absence', () => {
    const long = team(absence({ until_at: instant('2028-11-01T00:00+01:00') }));
    expect(nextWorkingMoment(ownerCalendar(long, alice), thursday)).toBe(instant('2028-11-01T09:00+01:00'));
  });

  test('goes on while a deputy looks after the leads, whatever the status says besides', () => {
    const covered = team(absence({ deputy_id: bob }), absence({ id: 2, why: 'status' }));
    expect(ownerCalendar(covered, alice).away ?? []).toEqual([]);
    const longer = absence({ id: 2, why: 'status', until_at: instant('2026-11-11T00:00+01:00') });
    expect(ownerCalendar(team(absence({ deputy_id: bob }), longer), alice).away).toEqual([
      [instant('2026-11-07T00:00+01:00'), instant('2026-11-11T00:00+01:00')],
    ]);
  });

  test('does not go on while the deputy is away too', () => {
    const friday = instant('2026-11-06T00:00+01:00');
    const both = team(
      absence({ deputy_id: bob }),
      absence({ id: 2, user_id: bob, until_at: friday, deputy_id: carol }),
    );
    expect(ownerCalendar(both, alice).away).toEqual([[instant('2026-11-04T12:00+01:00'), friday]]);
    const open = team(absence({ deputy_id: bob }), absence({ id: 2, user_id: bob, until_at: null }));
    expect(nextWorkingMoment(ownerCalendar(open, alice), thursday)).toBe(monday);
  });

  test.each([
    ['somebody who has left the roster', 'U0GONE'],
    ['themselves', alice],
  ])('does not go on for %s as a deputy', (_, deputy) => {
    const alone = team(absence({ deputy_id: deputy }));
    expect(nextWorkingMoment(ownerCalendar(alone, alice), thursday)).toBe(monday);
  });
});

describe('a deputy', () => {
  const covered = absence({ deputy_id: bob });
  const bobs = absence({ id: 2, user_id: bob, deputy_id: carol });
  test.each<[string, Absence[], number, string | undefined]>([
    ['looks after the leads', [covered], thursday, bob],
    ['not before the absence', [covered], covered.from_at - 1, undefined],
    ['not after it', [covered], covered.until_at ?? 0, undefined],
    ['not once it is ended', [{ ...covered, ended_at: thursday - 1 }], thursday, undefined],
    ['is none who is away too; nor is their deputy', [covered, bobs], thursday, undefined],
    ['is none outside the roster', [absence({ deputy_id: 'U0GONE' })], thursday, undefined],
    ['is none for oneself', [absence({ deputy_id: alice })], thursday, undefined],
    ['is nobody where none is named', [absence()], thursday, undefined],
    ['is named by any of the absences', [absence({ id: 2, why: 'status' }), covered], thursday, bob],
  ])('%s', (_, absences, now, expected) => {
    expect(deputyOf(team(...absences), alice, now)).toBe(expected);
  });

  test('is none of a lead that nobody has', () => {
    expect(deputyOf(team(covered), null, thursday)).toBeUndefined();
  });
});
