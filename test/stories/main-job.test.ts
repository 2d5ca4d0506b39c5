import { expect, test } from 'vitest';
import { actionIds, startWorld, textOf } from '../support/world.ts';

const day = 86_400_000;

test('a HubSpot post becomes a card that names the lead, its rank and why, and links the post', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  const card = world.card(lead);
  expect(textOf(card)).toContain('Ada Lovelace');
  expect(textOf(card)).toContain('*A* · asked for a demo');
  expect(textOf(card)).toMatch(/acme-sales.*\/archives\/C0LEADS\/p\d+\|original post/);
  expect(actionIds(card)).toEqual(['claim', 'flag', 'resolve', 'more']);
});

test('claim, three touches, and the nudges for attempts 3 and 4 come in the thread', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('alice', world.card(lead), 'claim');
  expect(textOf(world.card(lead))).toContain('<@U0ALICE>');
  await world.click('alice', world.card(lead), 'touch:no_answer');
  expect(textOf(world.card(lead))).toContain('●○○○○○');
  await world.skipTo(world.now + day);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(world.thread(lead)).toHaveLength(0);
  await world.skipTo(world.now + 3 * day);
  expect(world.thread(lead).map((m) => m.text)).toEqual(['Third attempt is due: Ada Lovelace']);
});
