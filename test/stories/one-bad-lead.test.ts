import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { memoryLog } from '../support/memory-log.ts';
import { asked, twoLeadsDue } from '../support/nudged.ts';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import { moment, people, startWorld, textOf, type World } from '../support/world.ts';

async function playbookOf(world: World, leadId: number, version: number): Promise<void> {
  await world.db.updateTable('lead').set({ playbook_version: version }).where('id', '=', leadId).execute();
}

test('a lead that can’t be nudged is tried again in an hour, and all the others are nudged meanwhile', async () => {
  const memory = memoryLog();
  const world = await startWorld({ log: memory.log });
  const [bad, good] = await twoLeadsDue(world);
  for (const { id } of [bad, good])
    await world.db
      .updateTable('lead')
      .set({ nudge_at: moment('2026-11-05', '12:00'), next_attempt_at: moment('2026-11-05', '12:00') })
      .where('id', '=', id)
      .execute();
  await playbookOf(world, bad.id, 999);
  await world.skipTo(moment('2026-11-05', '12:00'));
  expect(world.nudges(good)).toHaveLength(1);
  expect(memory.errors()).toContainEqual(
    expect.objectContaining({ msg: 'a nudge failed; it is tried again in an hour', lead: bad.id }),
  );
  await playbookOf(world, bad.id, bad.playbook_version);
  await world.skipTo(moment('2026-11-05', '13:00'));
  expect(textOf(world.nudge(bad))).toContain('Third attempt is due');
  expect(asked(world, 'alice').length).toBeGreaterThan(0);
});

test.each([
  [
    'a rep whose quiet hours are damaged',
    async (world: World) => {
      await world.db
        .updateTable('preference')
        .set({ quiet_from: 'noon', quiet_to: '13:00' })
        .where('user_id', '=', people.alice)
        .execute();
    },
  ],
  [
    'a team whose time zone nobody knows any more',
    async (world: World, bad: LeadRow) => {
      const { id: _, ...team } = await world.db
        .selectFrom('sales_team')
        .selectAll()
        .executeTakeFirstOrThrow();
      const { id } = await world.db
        .insertInto('sales_team')
        .values({ ...team, name: 'Lost', zone: 'Europe/Atlantis' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await world.db.updateTable('lead').set({ sales_team_id: id }).where('id', '=', bad.id).execute();
    },
  ],
])('%s is tried again in an hour, and everybody else is nudged meanwhile', async (_what, damage) => {
  const memory = memoryLog();
  const world = await startWorld({ log: memory.log });
  const [bad, good] = [await world.ownedLead('alice'), await world.ownedLead('bob', 'Alan Turing')];
  await world.skipTo(moment('2026-11-02', '10:30'));
  for (const { id } of [bad, good])
    await world.db
      .updateTable('lead')
      .set({ nudge_at: moment('2026-11-02', '11:00'), next_attempt_at: moment('2026-11-02', '11:00') })
      .where('id', '=', id)
      .execute();
  await damage(world, bad);
  await world.skipTo(moment('2026-11-02', '11:00'));
  expect(world.nudges(good)).toHaveLength(1);
  expect((await world.lead(bad.id)).nudge_at).toBe(moment('2026-11-02', '12:00'));
});

test('a nurtured lead that can’t come back is tried again in an hour, and all the others come back meanwhile', async () => {
  const memory = memoryLog();
  const world = await startWorld({ log: memory.log });
  const [bad, good] = [await world.ownedLead('alice'), await world.ownedLead('bob', 'Alan Turing')];
  await world.close('alice', bad, 'nurture');
  await world.close('bob', good, 'nurture');
  await playbookOf(world, bad.id, 999);
  await world.skipTo(moment('2027-02-01', '09:00'));
  expect((await world.lead(good.id)).state).toBe('owned');
  expect(await world.lead(bad.id)).toMatchObject({
    state: 'resolved',
    return_at: moment('2027-02-01', '10:00'),
  });
  expect(memory.errors()).toContainEqual(expect.objectContaining({ lead: bad.id }));
  await playbookOf(world, bad.id, bad.playbook_version);
  await world.skipTo(moment('2027-02-01', '10:00'));
  expect((await world.lead(bad.id)).state).toBe('owned');
});

test('a lead that can’t be counted anew keeps its due date, and all the others get their new one', async () => {
  const memory = memoryLog();
  const world = await startWorld({ log: memory.log });
  const bad = await world.ownedLead('alice');
  const good = await world.ownedLead('alice', 'Alan Turing');
  await playbookOf(world, bad.id, 999);
  await world.db
    .updateTable('sales_team')
    .set({ day_start: '13:00', updated_at: world.now + 1 })
    .execute();
  await world.skipTo(moment('2026-11-02', '10:05'));
  expect((await world.lead(bad.id)).next_attempt_at).toBe(bad.next_attempt_at);
  expect((await world.lead(good.id)).next_attempt_at).toBe(moment('2026-11-02', '14:00'));
  expect(memory.errors()).toContainEqual(expect.objectContaining({ lead: bad.id }));
});

test('a person whose brief fails is tried again in an hour, and all the others get theirs', async () => {
  const memory = memoryLog();
  const world = await startWorld({
    log: memory.log,
    briefs: true,
    playbookPath: changedPlaybook(withoutLadders),
  });
  const bad = await world.ownedLead('alice');
  await world.ownedLead('bob', 'Alan Turing');
  await playbookOf(world, bad.id, 999);
  await world.db
    .updateTable('lead')
    .set({ nudge_at: moment('2026-11-03', '09:00') })
    .where('id', '=', bad.id)
    .execute();
  await world.skipTo(moment('2026-11-03', '08:59'));
  await world.skipTo(moment('2026-11-03', '09:00'));
  expect(world.directMessages('bob').join('\n')).toContain('for today');
  expect(memory.errors().map(({ msg }) => msg)).toContain(
    'a morning brief failed; it is tried again in an hour',
  );
  await playbookOf(world, bad.id, bad.playbook_version);
  await world.skipTo(moment('2026-11-03', '10:00'));
  expect(world.directMessages('alice').join('\n')).toContain('for today');
});
