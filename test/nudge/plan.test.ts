import { expect, test } from 'vitest';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import { type DueNudge, notBefore, planNudges, type Recipient } from '../../src/nudge/plan.ts';
import { askedOf, sendingHours } from '../../src/nudge/recipients.ts';
import { leadRow, someTeam } from '../support/rows.ts';
import { berlin, moment, newYork } from '../support/world.ts';

const week = { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' };
const inBerlin = workingCalendar({ zone: berlin, ...week, holidays: ['2026-12-25'] });
const tuesday = moment('2026-11-03', '11:00');

let ids = 0;
function due(
  userId: string,
  more: Partial<Recipient> & { isRepeat?: boolean; repliedAt?: number } = {},
): Omit<DueNudge, 'from'> {
  const { isRepeat = false, repliedAt = null, ...to } = more;
  const lead = leadRow({
    id: (ids += 1),
    owner_id: userId,
    replied_at: repliedAt,
    next_attempt_at: tuesday - ids,
  });
  return { lead, to: { userId, hours: inBerlin, nudgeIn: 'thread', ...to }, isRepeat };
}

/** What is sent, and what waits until when. */
function planned(nudges: readonly Omit<DueNudge, 'from'>[], now = tuesday) {
  const plan = planNudges(
    nudges.map((nudge) => ({ ...nudge, from: notBefore(nudge.to, now) })),
    now,
  );
  return {
    threads: plan.threads.map(({ lead }) => lead.id),
    directs: plan.directs.map(({ userId, nudges: some }) => [userId, some.map(({ lead }) => lead.id)]),
    waits: plan.waits.map(({ from }) => from),
  };
}

test('one thing that is due for a person comes into the lead’s thread', () => {
  const [alices, bobs] = [due('alice'), due('bob')];
  expect(planned([alices, bobs])).toEqual({
    threads: [alices.lead.id, bobs.lead.id],
    directs: [],
    waits: [],
  });
});

test('what is due together for one person is one direct message, the longest overdue first', () => {
  const [late, later, bobs] = [due('alice'), due('alice'), due('bob')];
  expect(planned([late, bobs, later])).toEqual({
    threads: [bobs.lead.id],
    directs: [['alice', [later.lead.id, late.lead.id]]],
    waits: [],
  });
});

test('of what is due together a waiting reply comes first', () => {
  const [reply, attempt] = [due('alice', { repliedAt: tuesday }), due('alice')];
  expect(planned([attempt, reply]).directs).toEqual([['alice', [reply.lead.id, attempt.lead.id]]]);
});

test('who prefers direct messages gets a single one as such', () => {
  const one = due('alice', { nudgeIn: 'direct' });
  expect(planned([one])).toEqual({ threads: [], directs: [['alice', [one.lead.id]]], waits: [] });
});

test('what is asked for once more comes as a direct message, with whatever else is due', () => {
  const [again, fresh] = [due('alice', { isRepeat: true }), due('alice')];
  expect(planned([again]).directs).toEqual([['alice', [again.lead.id]]]);
  expect(planned([again, fresh]).directs).toEqual([['alice', [fresh.lead.id, again.lead.id]]]);
});

const night = { from: '16:00', to: '10:00' };
const noon = { from: '12:00', to: '13:30' };
const allDay = { from: '08:00', to: '18:00' };

test.each([
  ['on Friday evening', '2026-11-06', '18:00', null, '2026-11-09', '09:00'],
  ['on Saturday', '2026-11-07', '12:00', null, '2026-11-09', '09:00'],
  ['on a holiday', '2026-12-25', '11:00', null, '2026-12-28', '09:00'],
  ['before the clocks go back', '2026-10-23', '17:30', null, '2026-10-26', '09:00'],
  ['in quiet hours over the end of the day', '2026-11-03', '16:30', night, '2026-11-04', '10:00'],
  ['in the morning of such quiet hours', '2026-11-04', '09:15', night, '2026-11-04', '10:00'],
  ['in quiet hours at noon', '2026-11-03', '12:30', noon, '2026-11-03', '13:30'],
  ['in quiet hours over a weekend', '2026-11-06', '16:00', night, '2026-11-09', '10:00'],
])('%s it waits for the next moment at which they may be told', (_when, date, time, quiet, then, at) => {
  const hours = sendingHours(inBerlin, quiet);
  expect(planned([due('alice', { hours })], moment(date, time))).toEqual({
    threads: [],
    directs: [],
    waits: [moment(then, at)],
  });
});

test('quiet hours for the whole of the working day are no quiet hours: nothing would ever come', () => {
  expect(planned([due('alice', { hours: sendingHours(inBerlin, allDay) })]).threads).toHaveLength(1);
});

test('quiet hours that begin and end at the same time are none', () => {
  const same = { from: '11:00', to: '11:00' };
  expect(planned([due('alice', { hours: sendingHours(inBerlin, same) })]).threads).toHaveLength(1);
});

test('each person’s own hours count', () => {
  const hours: WorkingCalendar = workingCalendar({ zone: newYork, ...week });
  expect(planned([due('alice'), due('bob', { hours })])).toMatchObject({
    threads: [ids - 1],
    waits: [moment('2026-11-03', '09:00', newYork)],
  });
});

test('who is away is told when they are back, and looked for daily where nobody knows when', () => {
  const until = moment('2026-11-06', '18:00');
  expect(planned([due('alice', { away: { until } }), due('bob', { away: { until: null } })])).toEqual({
    threads: [],
    directs: [],
    waits: [moment('2026-11-09', '09:00'), moment('2026-11-04', '09:00')],
  });
});

test('while the owner is away their deputy is asked, in the deputy’s hours', () => {
  const absence = {
    id: 1,
    team_id: 'T0ACME',
    user_id: 'U0ALICE',
    why: 'away' as const,
    from_at: tuesday - 1,
    until_at: tuesday + 1,
    set_by: 'U0ALICE',
    deputy_id: 'U0BOB',
    said: null,
    ended_at: null,
  };
  const calendars = new Map([['U0BOB', workingCalendar({ zone: newYork, ...week })]]);
  const team = someTeam({ absences: [absence], calendars });
  expect(askedOf(team, 'U0ALICE', tuesday)).toMatchObject({
    userId: 'U0BOB',
    deputyFor: 'U0ALICE',
    calendar: { zone: newYork },
  });
  expect(askedOf(team, 'U0ALICE', tuesday + 1)).toMatchObject({ userId: 'U0ALICE', deputyFor: null });
  const alone = someTeam({ absences: [{ ...absence, deputy_id: null }] });
  expect(askedOf(alone, 'U0ALICE', tuesday)).toMatchObject({
    userId: 'U0ALICE',
    away: { until: tuesday + 1 },
  });
});
