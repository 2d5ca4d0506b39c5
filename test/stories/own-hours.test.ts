import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { moment, newYork, people, startWorld, temporaryFile, textOf, type World } from '../support/world.ts';

const inNewYork = (date: string, time: string): number => moment(date, time, newYork);
const day = 86_400_000;

/** Alice works from New York, in a team in Berlin. */
async function aliceInNewYork(world: World): Promise<void> {
  await world.db
    .insertInto('rep')
    .values({ team_id: 'T0ACME', sales_team_id: 1, user_id: people.alice, zone: newYork })
    .execute();
  await world.db.updateTable('sales_team').set({ updated_at: world.now }).execute();
}

function thirdNudges(world: World, lead: LeadRow): string[] {
  return world.nudges(lead).filter((text) => text.startsWith('Third attempt is due'));
}

/** A lead that somebody has tried twice: at 10:05 and a day later at 10:00, on these dates. */
async function triedTwice(world: World, zone: string | undefined, dates: [string, string]): Promise<LeadRow> {
  const lead = await world.ownedLead('alice');
  for (const [index, date] of dates.entries()) {
    await world.skipTo(moment(date, index === 0 ? '10:05' : '10:00', zone));
    await world.click('alice', world.card(lead), 'touch:no_answer');
  }
  return world.lead(lead.id);
}

test('a rep in New York in a team in Berlin is due, nudged and snoozed by her own hours', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '16:30') });
  await aliceInNewYork(world);
  await world.advance('1m');
  const lead = await triedTwice(world, newYork, ['2026-11-03', '2026-11-04']);
  expect(lead).toMatchObject({ attempts: 2, next_attempt_at: inNewYork('2026-11-06', '10:00') });
  await world.skipTo(inNewYork('2026-11-06', '09:59'));
  expect(thirdNudges(world, lead)).toEqual([]);
  await world.skipTo(inNewYork('2026-11-06', '10:01'));
  expect(thirdNudges(world, lead)).toHaveLength(1);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  expect((await world.lead(lead.id)).snoozed_until).toBe(inNewYork('2026-11-09', '09:00'));
});

test('the ladder of a lead goes by the hours of who has it', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '12:00') });
  await aliceInNewYork(world);
  await world.advance('1m');
  const lead = await world.ownedLead('alice');
  expect(lead.next_attempt_at).toBe(inNewYork('2026-11-02', '10:00'));
  expect(lead.ladder_at).toBe(inNewYork('2026-11-02', '11:00'));
});

test('who moves to another zone has other due dates, and so do their ladders; nobody else’s', async () => {
  const world = await startWorld();
  const lead = await triedTwice(world, undefined, ['2026-11-03', '2026-11-04']);
  await world.command('bob', '/leads add');
  const fresh = await world.ownedLead('alice', 'Grace Hopper');
  const other = await world.ownedLead('bob', 'Joan Clarke');
  await aliceInNewYork(world);
  await world.advance('1m');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(inNewYork('2026-11-06', '09:00'));
  expect((await world.lead(fresh.id)).ladder_at).toBe(inNewYork('2026-11-04', '11:00'));
  expect(await world.lead(other.id)).toEqual(other);
});

test('moved working hours move due dates and ladders, and say so on the card', async () => {
  const world = await startWorld();
  const lead = await triedTwice(world, undefined, ['2026-11-03', '2026-11-04']);
  const offered = await world.demoLead('Grace Hopper');
  expect(offered.ladder_at).toBe(moment('2026-11-04', '10:30'));
  const before = textOf(world.card(lead));
  await world.command('mona', '/leads setup');
  await world.submit('mona', { start: '14:00' });
  await world.advance('1m');
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ next_attempt_at: moment('2026-11-06', '14:00'), attempts: 2 });
  expect((await world.lead(offered.id)).ladder_at).toBe(moment('2026-11-04', '14:30'));
  expect(textOf(world.card(lead))).not.toBe(before);
  expect(textOf(world.card(lead))).toContain(String(moment('2026-11-06', '14:00') / 1000));
});

test('a nudge that is out is not sent again when the hours change and the lead is still due', async () => {
  const world = await startWorld();
  const lead = await triedTwice(world, undefined, ['2026-11-03', '2026-11-04']);
  await world.skipTo(moment('2026-11-06', '15:00'));
  await world.db.updateTable('lead').set({ ignored_at: 5 }).where('id', '=', lead.id).execute();
  expect(thirdNudges(world, lead)).toHaveLength(1);
  await world.command('mona', '/leads setup');
  await world.submit('mona', { start: '12:00' });
  await world.advance('2m');
  expect(await world.lead(lead.id)).toMatchObject({
    next_attempt_at: moment('2026-11-06', '12:00'),
    ignored_at: 5,
  });
  expect(thirdNudges(world, lead)).toHaveLength(1);
});

test('a nudge that is out turns quiet while the lead is not due by the new hours, and comes back when it is', async () => {
  const world = await startWorld();
  const lead = await triedTwice(world, undefined, ['2026-11-03', '2026-11-04']);
  await world.skipTo(moment('2026-11-06', '10:01'));
  await world.db.updateTable('lead').set({ ignored_at: world.now }).where('id', '=', lead.id).execute();
  await world.command('mona', '/leads setup');
  await world.submit('mona', { start: '14:00' });
  await world.advance('1m');
  expect(thirdNudges(world, lead)).toEqual([]);
  expect(await world.lead(lead.id)).toMatchObject({ ignored_at: null });
  await world.skipTo(moment('2026-11-06', '14:00'));
  expect(thirdNudges(world, lead)).toHaveLength(1);
});

test('a snooze stays as it is when the hours change', async () => {
  const world = await startWorld();
  const lead = await triedTwice(world, undefined, ['2026-11-03', '2026-11-04']);
  await world.skipTo(moment('2026-11-06', '10:01'));
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  const { snoozed_until: snoozed } = await world.lead(lead.id);
  await world.command('mona', '/leads setup');
  await world.submit('mona', { start: '08:00' });
  await world.advance('1m');
  expect(await world.lead(lead.id)).toMatchObject({ snoozed_until: snoozed, nudge_at: snoozed });
});

test('new holidays in the playbook move due dates; old leads keep their cadence', async () => {
  const playbookPath = temporaryFile('playbook.yml');
  const standard = readFileSync('data/playbook.yml', 'utf8');
  writeFileSync(playbookPath, standard);
  const world = await startWorld({ playbookPath });
  const lead = await triedTwice(world, undefined, ['2026-11-03', '2026-11-04']);
  const changed = standard
    .replace("holidays: ['2026-12-25'", "holidays: ['2026-11-05', '2026-12-25'")
    .replace(
      '{ after: 2d, channel: call, message: second_call }',
      '{ after: 3d, channel: call, message: second_call }',
    );
  expect(changed).not.toBe(standard);
  writeFileSync(playbookPath, changed);
  await world.advance('1m');
  // Two working days later, Thursday aside: not three.
  expect((await world.lead(lead.id)).next_attempt_at).toBe(moment('2026-11-09', '10:00'));
});

test('due dates are counted anew in portions that a restart goes on with', async () => {
  const world = await startWorld({ databasePath: temporaryFile('test.db') });
  const lead = await world.ownedLead('alice');
  await world.advance('1m');
  const { id: _, ...row } = await world.lead(lead.id);
  for (let start = 0; start < 450; start += 50) {
    const rows = Array.from({ length: 50 }, () => ({ ...row, next_attempt_at: row.next_attempt_at ?? 0 }));
    await world.db.insertInto('lead').values(rows).execute();
  }
  await world.goDown();
  await world.comeBack();
  // As if the app had been stopped after the first portion.
  const [, second] = await world.db.selectFrom('lead').select('id').orderBy('id').execute();
  await world.db.updateTable('lead').set({ next_attempt_at: 5 }).execute();
  await world.db
    .updateTable('sales_team')
    .set({ reschedule_after: second?.id ?? 0 })
    .execute();
  await world.app.tick();
  const due = (await world.leads()).map((each) => each.next_attempt_at);
  expect(due.slice(0, 2)).toEqual([5, 5]);
  expect(new Set(due.slice(2))).toEqual(new Set([row.next_attempt_at]));
  const team = await world.db.selectFrom('sales_team').selectAll().executeTakeFirstOrThrow();
  expect(team.reschedule_after).toBeNull();
});

test('the clocks go back: due by New York’s time of day, a week after Berlin’s', async () => {
  const world = await startWorld({ startAt: moment('2026-10-28', '10:00') });
  await aliceInNewYork(world);
  await world.advance('1m');
  const lead = await triedTwice(world, newYork, ['2026-10-29', '2026-10-30']);
  expect(lead.next_attempt_at).toBe(inNewYork('2026-11-03', '10:00'));
  expect((lead.next_attempt_at ?? 0) - (lead.last_touch_at ?? 0)).toBe(4 * day + day / 24);
});
