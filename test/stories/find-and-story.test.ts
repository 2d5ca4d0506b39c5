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

test('a lead is found by its phone number, and by people who were added to it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.db.updateTable('lead').set({ phone: '+4930123456789' }).execute();
  await world.db
    .insertInto('person')
    .values({
      ...{ team_id: 'T0ACME', sales_team_id: 1, lead_id: lead.id, name: 'Charles Babbage', name_key: null },
      ...{ email: null, email_key: null, phone: null, title: null, added_by: people.alice, at: world.now },
    })
    .execute();
  for (const typed of ['030 123456789', '0049 30 1234-56789', '4930123456789', 'babbage'])
    expect(await world.command('alice', `/leads find ${typed}`)).toContain('Ada Lovelace');
  expect(await world.command('alice', '/leads find +49 40 123456')).toContain('No lead of your teams fits');
});

test('a list that is held is found by managers alone', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.db
    .insertInto('lead_import')
    .values({
      ...{ id: 1, team_id: 'T0ACME', sales_team_id: 1, user_id: people.max, file_name: 'Fair.csv' },
      ...{ content_hash: 'hash', format: '{}', state: 'done', rows: 1, next_row: 1, added: 1, held: 1 },
      ...{ known: 0, bad: 0, release_by: null, created_at: world.now, finished_at: world.now },
    })
    .execute();
  await world.db.updateTable('lead').set({ state: 'held', held_reasons: '[]', import_id: 1 }).execute();
  expect(await world.command('alice', '/leads find Lovelace')).toContain('No lead of your teams fits');
  expect(await world.command('alice', `/leads find ${lead.id}`)).toContain('No lead of your teams fits');
  expect(await world.command('mona', '/leads find Lovelace')).toContain('Held: marketing looks at it first');
});

test('the card’s menu opens the story, for people of the team alone', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('carol', world.card(lead), 'more', `${lead.id}:story`);
  expect(await shown(world, 'carol')).toContain('Came as a post');
  await world.click('max', world.card(lead), 'more', `${lead.id}:story`);
  expect(world.lastWhisper('max')).toContain('roster');
});

test('who may not see blind leads reads that those on offer were not searched', async () => {
  const world = await startWorld();
  expect(await world.command('alice', '/leads find Lovelace')).not.toContain('not searched');
  await world.db
    .updateTable('sales_team')
    .set({ blind_claim: 1, updated_at: world.now + 1 })
    .execute();
  await world.demoLead('Ada Lovelace');
  expect(await world.command('alice', '/leads find Lovelace')).toMatch(/No lead .* not searched\. Type/);
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
