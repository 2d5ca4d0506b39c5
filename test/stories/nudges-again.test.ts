import { expect, test } from 'vitest';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import { asked, nudgedLead, twoLeadsDue } from '../support/nudged.ts';
import { moment, people, startWorld, textOf } from '../support/world.ts';

const hour = 3_600_000;

test('a nudge on which nothing happens for four working hours comes as a direct message, once', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  const nudgedAt = world.now;
  await world.skipTo(nudgedAt + 4 * hour - 60_000);
  expect(asked(world, 'alice')).toEqual([]);
  await world.skipTo(nudgedAt + 4 * hour);
  expect(asked(world, 'alice').map(({ text }) => text)).toEqual(['Third attempt is due: Ada Lovelace']);
  expect(textOf(asked(world, 'alice')[0])).toContain(
    'Second reminder: no touch has been logged since the first.',
  );
  for (const time of ['09:00', '12:00', '16:00']) await world.skipTo(moment('2026-11-06', time));
  await world.skipTo(moment('2026-11-10', '12:00'));
  expect(asked(world, 'alice')).toHaveLength(1);
  expect(world.nudges(lead)).toHaveLength(1);
});

test('then the standup says so, until something happens', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  expect(await world.command('mona', '/standup')).not.toContain('ignored');
  await world.skipTo(world.now + 4 * hour);
  const said = await world.command('mona', '/standup');
  expect(said).toContain('*1 ignored nudge and message*');
  expect(said).toMatch(
    /\*Ada Lovelace\* \(Lovelace Ltd\): attempt 3 since <!date[^>]*>, nudge and message ignored/,
  );
  await world.click('alice', asked(world, 'alice').at(-1) ?? world.card(lead), 'touch:email');
  expect(await world.command('mona', '/standup')).not.toContain('ignored');
});

test('the standup names what nudge and message did not move before leads that are late for longer', async () => {
  const world = await startWorld({ playbookPath: changedPlaybook(withoutLadders) });
  const others = [];
  for (const name of ['One Late', 'Two Late', 'Three Late'])
    others.push(await world.ownedLead('alice', name));
  const lead = await nudgedLead(world);
  await world.skipTo(world.now + 4 * hour);
  const late = await Promise.all([lead, ...others].map(({ id }) => world.lead(id)));
  expect(Math.min(...late.map((each) => each.next_attempt_at ?? Infinity))).not.toBe(
    late[0]?.next_attempt_at,
  );
  const told = await world.command('mona', '/standup');
  expect(told).toContain('*Ada Lovelace*');
  expect(told.indexOf('*Ada Lovelace*')).toBeLessThan(told.indexOf('*One Late*'));
});

test('the direct message and the nudge in the thread are settled by the same touch', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.skipTo(world.now + 4 * hour);
  await world.click('alice', world.nudge(lead), 'touch:email');
  const done = ['Third attempt: done. Thank you.'];
  expect(world.nudges(lead)).toEqual(done);
  expect(asked(world, 'alice').map(({ text }) => text)).toEqual(['Ada Lovelace · third attempt: done.']);
});

test.each(['touch:email', 'snooze:week'])('after %s no message follows', async (action) => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), action);
  await world.skipTo(world.now + 4 * hour);
  expect(asked(world, 'alice')).toEqual([]);
  expect(await world.lead(lead.id)).toMatchObject({ ignored_at: null });
});

test('a touch that is undone leaves the nudge as it was: the message follows later', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'touch:email');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  await world.skipTo(world.now + 60_000);
  const opened = world.now;
  await world.skipTo(opened + 4 * hour - 60_000);
  expect(asked(world, 'alice')).toEqual([]);
  await world.skipTo(opened + 4 * hour);
  expect(asked(world, 'alice')).toHaveLength(1);
});

test('what came as a direct message in the first place is not sent again, but the standup shows it', async () => {
  const world = await startWorld();
  await twoLeadsDue(world);
  await world.skipTo(world.now + 4 * hour);
  expect(asked(world, 'alice')).toHaveLength(1);
  expect(await world.command('mona', '/standup')).toContain('*2 ignored nudge and message*');
});

test('the message follows in the rep’s own hours: what began on Thursday evening comes on Friday', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.db
    .updateTable('nudge')
    .set({ again_at: moment('2026-11-05', '17:00') })
    .where('lead_id', '=', lead.id)
    .execute();
  await world.skipTo(moment('2026-11-05', '17:00'));
  expect(asked(world, 'alice')).toEqual([]);
  await world.skipTo(moment('2026-11-06', '09:00'));
  expect(asked(world, 'alice')).toHaveLength(1);
});

test('a lead with a new owner is asked of them: nobody inherits that it was ignored', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('mona', world.card(lead), 'more', `${lead.id}:hand_on`);
  await world.submit('mona', { to: people.bob });
  await world.skipTo(world.now + 60_000);
  await world.skipTo(world.now + 4 * hour);
  expect(asked(world, 'alice')).toEqual([]);
  expect(asked(world, 'bob').map(({ text }) => text)).toContain('Third attempt is due: Ada Lovelace');
  await world.click('mona', world.card(lead), 'more', `${lead.id}:hand_on`);
  await world.submit('mona', { to: people.carol });
  expect(world.directMessages('bob').join('\n')).toContain(`Ada Lovelace: <@${people.carol}> has it now.`);
});
