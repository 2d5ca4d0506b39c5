import { expect, test } from 'vitest';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import { actionIds, moment, people, startWorld } from '../support/world.ts';

test('a rep who asks for more first sees the leads they hold that have not had their touches', async () => {
  const world = await startWorld({ playbookPath: changedPlaybook(withoutLadders) });
  await world.ownedLead('alice', 'Ada Lovelace');
  const stopped = await world.ownedLead('alice', 'Charles Babbage');
  await world.click('alice', world.card(stopped), 'touch:email');
  await world.skipTo(moment('2026-11-05', '11:00'));
  const told = await world.command('alice', '/leads more');
  expect(told).toContain('2 of your 2 open leads have not had their touches');
  expect(told).toContain('1 late after one or two attempts, 1 not touched yet');
  expect(told).toContain('*By rank:* A 2');
  expect(actionIds(world.whisper('alice')).filter((id) => id === 'touch:voicemail')).toHaveLength(2);
  expect(world.directMessages('mona').join()).not.toContain('out of leads');
});

test('who is really out of leads sees what is on offer, and the managers hear of it once a day', async () => {
  const world = await startWorld({ playbookPath: changedPlaybook(withoutLadders) });
  const lead = await world.ownedLead('alice', 'Ada Lovelace');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.demoLead('Charles Babbage');
  const told = await world.command('alice', '/leads more');
  expect(told).toContain('You are really out of leads: the one you hold has had what was due by now');
  expect(told).toContain('*Few people tried* at 1 account');
  const offer = world.whisper('alice');
  await world.command('alice', '/leads more');
  const outOf = (): string[] =>
    world.directMessages('mona').filter((text) => text.includes('is out of leads'));
  expect(outOf()).toHaveLength(1);
  await world.click('alice', offer, 'claim');
  expect((await world.newestLead()).owner_id).toBe(people.alice);
  const claimed = await world.newestLead();
  await world.click('alice', world.card(claimed), 'touch:email');
  await world.skipTo(moment('2026-11-03', '09:30'));
  for (const each of [lead, claimed]) await world.click('alice', world.card(each), 'touch:voicemail');
  await world.command('alice', '/leads more');
  expect(outOf()).toHaveLength(2);
});

test('with nothing on offer it says where new leads appear; outsiders are told how to get in', async () => {
  const world = await startWorld();
  expect(await world.command('alice', '/leads more')).toContain('Nothing is on offer right now.');
  expect(await world.command('max', '/leads more')).toContain('You are in no roster');
});
