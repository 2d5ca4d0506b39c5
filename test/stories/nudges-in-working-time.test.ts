import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { berlin, moment, newYork, startWorld, temporaryFile, type World } from '../support/world.ts';

/** A lead with two attempts behind it, the second at this time; its third is due two working days later. */
async function triedTwice(world: World, first: number, second: number): Promise<LeadRow> {
  const lead = await world.ownedLead('alice');
  for (const at of [first, second]) {
    await world.skipTo(at);
    await world.click('alice', world.card(lead), 'touch:no_answer');
  }
  const after = await world.lead(lead.id);
  expect(after.attempts).toBe(2);
  return after;
}

async function nudgedBetween(world: World, lead: LeadRow, before: number, at: number): Promise<void> {
  await world.skipTo(before);
  expect(world.nudges(lead), `not yet at ${new Date(before).toISOString()}`).toEqual([]);
  await world.skipTo(at);
  expect(world.nudges(lead), `by ${new Date(at).toISOString()}`).toHaveLength(1);
}

test('a weekend does not count: tried on Thursday, due on Monday', async () => {
  const world = await startWorld({ startAt: moment('2026-11-04', '10:00') });
  const lead = await triedTwice(world, moment('2026-11-04', '10:05'), moment('2026-11-05', '14:00'));
  await nudgedBetween(world, lead, moment('2026-11-09', '13:59'), moment('2026-11-09', '14:01'));
});

test('tried late on Wednesday evening: nobody is nudged on Friday evening, but in working hours', async () => {
  const world = await startWorld({ startAt: moment('2026-11-03', '10:00') });
  const lead = await triedTwice(world, moment('2026-11-03', '10:05'), moment('2026-11-04', '20:00'));
  const due = lead.nudge_at ?? NaN;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: berlin, weekday: 'short', hour: '2-digit' });
  expect(clock.format(due)).toMatch(/^(Mon|Tue|Wed|Thu|Fri),? (09|1[0-6])$/);
  await nudgedBetween(world, lead, due - 1, due);
});

test('a nudge that downtime pushed past Friday evening waits until Monday at nine', async () => {
  const world = await startWorld({
    startAt: moment('2026-11-03', '10:00'),
    databasePath: temporaryFile('test.db'),
  });
  const lead = await triedTwice(world, moment('2026-11-03', '10:05'), moment('2026-11-04', '16:30'));
  await world.goDown();
  world.sandbox.clock.set(moment('2026-11-06', '18:00'));
  await world.comeBack();
  await nudgedBetween(world, lead, moment('2026-11-09', '08:59'), moment('2026-11-09', '09:00'));
});

test('an hour’s snooze late on Friday ends on Monday', async () => {
  const world = await startWorld({ startAt: moment('2026-11-03', '10:00') });
  const lead = await triedTwice(world, moment('2026-11-03', '10:05'), moment('2026-11-04', '16:30'));
  await world.skipTo(moment('2026-11-06', '16:45'));
  await world.click('alice', world.nudge(lead), 'snooze:1h');
  await world.skipTo(moment('2026-11-09', '09:44'));
  expect(world.nudges(lead)).toHaveLength(1);
  await world.skipTo(moment('2026-11-09', '09:46'));
  expect(world.nudges(lead)).toHaveLength(2);
});

test('a holiday of the playbook is no working day', async () => {
  const world = await startWorld({ startAt: moment('2026-12-22', '10:00') });
  const lead = await triedTwice(world, moment('2026-12-22', '10:05'), moment('2026-12-23', '10:00'));
  // Christmas Day is a Friday in 2026; Thursday and Monday are the two working days.
  await nudgedBetween(world, lead, moment('2026-12-28', '09:59'), moment('2026-12-28', '10:01'));
});

test('across the end of summer time in Berlin the nudge keeps the time of day', async () => {
  const world = await startWorld({ startAt: moment('2026-10-22', '10:00') });
  const lead = await triedTwice(world, moment('2026-10-22', '10:05'), moment('2026-10-23', '10:00'));
  expect(moment('2026-10-27', '10:00') - moment('2026-10-23', '10:00')).toBe(4 * 86_400_000 + 3_600_000);
  await nudgedBetween(world, lead, moment('2026-10-27', '09:59'), moment('2026-10-27', '10:01'));
});

test('across the end of daylight saving time in New York the nudge keeps the time of day', async () => {
  const at = (date: string, time: string): number => moment(date, time, newYork);
  const world = await startWorld({ zone: newYork, startAt: at('2026-10-29', '10:00') });
  const lead = await triedTwice(world, at('2026-10-29', '10:05'), at('2026-10-30', '10:00'));
  expect(at('2026-11-03', '10:00') - at('2026-10-30', '10:00')).toBe(4 * 86_400_000 + 3_600_000);
  await nudgedBetween(world, lead, at('2026-11-03', '09:59'), at('2026-11-03', '10:01'));
});

test('a team’s working hours are its own: changed hours move a nudge that waits', async () => {
  const world = await startWorld({ startAt: moment('2026-11-03', '10:00') });
  const lead = await triedTwice(world, moment('2026-11-03', '10:05'), moment('2026-11-04', '10:00'));
  await world.command('mona', '/leads setup');
  expect(await world.submit('mona', { start: '13:00' })).toMatchObject({ ok: true });
  await nudgedBetween(world, lead, moment('2026-11-06', '12:59'), moment('2026-11-06', '13:00'));
});
