import { expect, test } from 'vitest';
import { awaitView } from '../../src/demo/await-view.ts';
import { actionIds, people, type PersonName, startWorld, textOf, type World } from '../support/world.ts';
import type { Message } from '../../src/sandbox/index.ts';

async function shown(world: World, person: PersonName): Promise<string> {
  await awaitView(world.sandbox, people[person]);
  return textOf({ ts: '', blocks: world.sandbox.view(people[person])?.blocks } as Message);
}

test('`/leads find` shows the one lead that fits, with its buttons, and its story tells everything', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.flag('bob', lead, 'too_small');
  const told = await world.command('alice', '/leads find lovel');
  expect(told).toContain('*Ada Lovelace*');
  const found = world.whisper('alice');
  expect(actionIds(found)).toContain('touch:voicemail');
  await world.click('alice', found, 'story');
  const story = await shown(world, 'alice');
  expect(story).toContain('Came as a post');
  expect(story).toContain(`<@${people.alice}> claimed it.`);
  expect(story).toContain('emailed');
  expect(story).toContain('company too small');
});

test('several leads that fit are listed, each with its story; colleagues read along without buttons to log', async () => {
  const world = await startWorld();
  await world.ownedLead('alice', 'Ada Lovelace');
  await world.ownedLead('bob', 'Ada Byron');
  expect(await world.command('carol', '/leads find ada')).toContain('*2 leads found*');
  expect(actionIds(world.whisper('carol'))).toEqual(['story', 'story']);
  await world.command('carol', '/leads find Byron');
  expect(actionIds(world.whisper('carol'))).toEqual(['story']);
});

test('a lead is found by its number and by its company, and nothing found says what to type', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  expect(await world.command('alice', `/leads find ${lead.id}`)).toContain('Ada Lovelace');
  expect(await world.command('alice', `/leads find ${lead.account ?? ''}`)).toContain('Ada Lovelace');
  expect(await world.command('alice', '/leads find Zuse')).toContain('No lead of your teams fits “Zuse”.');
  expect(await world.command('alice', '/leads find')).toContain('Type `/leads find`');
  expect(await world.command('max', '/leads find Ada')).toContain('You are in no team’s roster here.');
});

test('the card’s menu opens the story, for people of the team alone', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('carol', world.card(lead), 'more', `${lead.id}:story`);
  expect(await shown(world, 'carol')).toContain('Came as a post');
  await world.click('max', world.card(lead), 'more', `${lead.id}:story`);
  expect(world.lastWhisper('max')).toContain('roster');
});

test('a blind lead gives its name to managers alone, until it is claimed', async () => {
  const world = await startWorld();
  await world.db
    .updateTable('sales_team')
    .set({ blind_claim: 1, updated_at: world.now + 1 })
    .execute();
  const lead = await world.hubspotLead();
  expect(await world.command('alice', '/leads find Lovelace')).toContain('No lead of your teams fits');
  const masked = await world.command('alice', `/leads find ${lead.id}`);
  expect(masked).toContain('*A lead on offer*');
  expect(masked).not.toContain('Lovelace');
  expect(await world.command('mona', '/leads find Lovelace')).toContain('Ada Lovelace');
  await world.click('mona', world.whisper('mona'), 'story');
  expect(await shown(world, 'mona')).toContain('Came as a post');
});

test('a lead that is gone says so', async () => {
  const world = await startWorld();
  const old = await world.oldMessage('story', '999');
  await world.click('alice', old, 'story');
  expect(world.lastWhisper('alice')).toContain('no longer there');
});
