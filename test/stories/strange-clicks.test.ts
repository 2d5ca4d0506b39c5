import { expect, test } from 'vitest';
import { people, startWorld, textOf, type World } from '../support/world.ts';

/** Slack holds our updates back: what people see stays old for ten minutes. */
function holdUpdates(world: World): void {
  world.sandbox.faults([{ match: { method: 'chat.update' }, do: 'ratelimit', ms: 600_000 }]);
}

/** Does something, and shows that nothing has changed by it. */
async function changesNothing(world: World, act: () => Promise<unknown>): Promise<void> {
  const before = await world.records();
  await act();
  expect(await world.records()).toEqual(before);
}

test.each([
  ['claim', 'This lead is closed'],
  ['resolve', 'This lead is closed'],
])(
  'a click on "%s" on the old card of a closed lead is answered and changes nothing',
  async (action, told) => {
    const world = await startWorld();
    const lead = await world.hubspotLead();
    holdUpdates(world);
    await world.close('alice', lead, 'rejected');
    expect(textOf(world.card(lead))).toContain('Nobody has it yet');
    await changesNothing(world, () => world.click('bob', world.card(lead), action));
    expect(world.lastWhisper('bob')).toContain(told);
    expect(world.sandbox.view(people.bob)).toBeUndefined();
  },
);

test('a touch and a reason on the old card of a closed lead are refused with what to do', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  holdUpdates(world);
  await world.close('alice', lead, 'rejected');
  await changesNothing(world, () => world.click('alice', world.card(lead), 'touch:email'));
  expect(world.lastWhisper('alice')).toContain('Reopen it on its card first');
  await changesNothing(world, () => world.flag('alice', lead, 'too_small'));
  expect(world.lastWhisper('alice')).toContain('Reopen it on its card first');
});

test('a form for a lead that was closed in the meantime is refused and stays open', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'resolve');
  await world.close('mona', lead, 'rejected');
  await changesNothing(world, async () => {
    await world.submit('alice', { close_as: `${lead.id}:rejected` });
    expect(world.refusal('alice')).toContain(
      'This lead is closed. Reopen it on its card first, if there is more to do.',
    );
  });
});

test('a form sent by someone whose lead was taken in the meantime is refused', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('alice', world.card(lead), 'resolve');
  await world.click('bob', world.card(lead), 'claim');
  await changesNothing(world, async () => {
    await world.submit('alice', { close_as: `${lead.id}:rejected` });
    expect(world.refusal('alice')).toContain('Nothing was changed.');
  });
});

test('a button that this version does not know is answered and changes nothing', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  const old = await world.oldMessage('assign_me', String(lead.id));
  await changesNothing(world, () => world.click('alice', old, 'assign_me'));
  expect(world.lastWhisper('alice')).toContain('This button belongs to another version of the app');
  expect(world.lastWhisper('alice')).toContain('nothing was changed');
});

test.each([
  ['touch:smoke_signal', '1'],
  ['touch:constructor', '1'],
  ['claim', 'not a number'],
  ['claim', '-1'],
  ['touch:email', '1e99'],
  ['resolve', ''],
])('a button "%s" with the value "%s" is answered with a number for the admin', async (action, value) => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  expect(lead.id).toBe(1);
  const old = await world.oldMessage(action, value || ' ');
  await changesNothing(world, () => world.click('alice', old, action));
  expect(world.lastWhisper('alice')).toMatch(/nothing was changed\. Please try again;.*`[0-9a-f]{8}`/);
});

test.each([
  'claim',
  'touch:email',
  'resolve',
  'reopen',
  'snooze:1h',
  'touch_undo',
  'flag_undo',
  'told',
  'told_undo',
])('a button "%s" of something that is no longer there says so', async (action) => {
  const world = await startWorld();
  const old = await world.oldMessage(action, '4711');
  await changesNothing(world, () => world.click('alice', old, action));
  expect(world.lastWhisper('alice')).toMatch(/is no longer there\. Nothing was changed\./);
});

test('a snooze of a lead without anything due is refused', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:replied');
  const old = await world.oldMessage('snooze:1h', String(lead.id));
  await changesNothing(world, () => world.click('alice', old, 'snooze:1h'));
  expect(world.lastWhisper('alice')).toContain('There is nothing to put off');
});

test('an unknown snooze says to choose how long', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const old = await world.oldMessage('snooze:for_ever', String(lead.id));
  await changesNothing(world, () => world.click('alice', old, 'snooze:for_ever'));
  expect(world.lastWhisper('alice')).toContain('Choose how long to snooze.');
});
