import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { channels, people, startWorld, temporaryFile, textOf, type World } from '../support/world.ts';

function cards(world: World): string[] {
  return world
    .posts('leads')
    .map((message) => message.text)
    .filter((text) => text.startsWith('Lead:'));
}

/** The playbook that comes with the app, with one more rule before all others. */
function playbookWith(rule: string): string {
  const path = temporaryFile('playbook.yml');
  const text = readFileSync('data/playbook.yml', 'utf8');
  writeFileSync(path, text.replace('rankRules:\n', `rankRules:\n  - ${rule}\n`));
  return path;
}

test('typed by hand, posted by an app and posted by a colleague, a lead has one card', async () => {
  const world = await startWorld();
  await world.sandbox.shortcut({ user: people.alice, callbackId: 'add_lead' });
  await world.submit('alice', { name: 'Ada Lovelace', email: 'ADA@analytical.example' });
  await world.hubspotLead({ Email: 'ada+demo@analytical.example' });
  await world.typedLead('A. Lovelace, Ada@Analytical.example, Engines');
  expect(await world.leads()).toHaveLength(1);
  expect(cards(world)).toHaveLength(1);
  const lead = await world.newestLead();
  expect(world.thread(lead).map((message) => message.text)).toEqual([
    'Ada Lovelace came in again.',
    'Ada Lovelace came in again.',
  ]);
});

test('who read a newsletter and then asks for a demo is somebody who asked for a demo from now on', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ Form: 'Spring newsletter' });
  await world.click('alice', world.card(lead), 'claim');
  const before = await world.lead(lead.id);
  await world.hubspotLead({ Form: 'Demo request' });
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ rank: 'A', rank_reason: 'asked for a demo', owner_id: people.alice });
  expect(after.next_attempt_at).toBeLessThan(before.next_attempt_at ?? 0);
  expect(textOf(world.card(lead))).toContain('*A* · asked for a demo');
  expect(textOf(world.thread(lead).at(-1))).toMatch(
    /<@U0ALICE> \*Ada Lovelace\* came in again via HubSpot: Demo request.*Now rank \*A\* \(was C\): asked for a demo\. A new cadence begins: attempt 1 is due <!date/,
  );
});

test('a better rank is not late at once: its cadence begins now, and the touches stay in the story', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ Form: 'Spring newsletter' });
  await world.click('alice', world.card(lead), 'claim');
  await world.click('alice', world.card(lead), 'touch:voicemail');
  await world.skipTo(world.now + 9 * 86_400_000);
  await world.hubspotLead({ Form: 'Demo request' });
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({
    rank: 'A',
    state: 'owned',
    attempts: 0,
    cadence_epoch: 2,
    last_touch_at: null,
  });
  expect(after.next_attempt_at).toBeGreaterThanOrEqual(world.now - 60_000);
  expect(await world.db.selectFrom('touch').selectAll().execute()).toHaveLength(1);
});

test('a reply that waits for an answer goes before a better rank’s new cadence', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ Form: 'Spring newsletter' });
  await world.click('alice', world.card(lead), 'claim');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.hubspotLead({ Form: 'Demo request' });
  expect(await world.lead(lead.id)).toMatchObject({ rank: 'A', attempts: 1, cadence_epoch: 1 });
});

test('what they write the second time is quoted in the thread, and what they answer', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ Message: 'tips, please', 'Team size': '3' });
  await world.hubspotLead({ Message: 'we are ready now', 'Team size': '12' });
  const said = textOf(world.thread(lead).at(-1));
  expect(said).toContain('>we are ready now');
  expect(said).toContain('>Team size: 12');
  await world.hubspotLead({ Message: 'tips, please', 'Team size': '3' });
  expect(textOf(world.thread(lead).at(-1))).not.toMatch(/^>/m);
});

test('who brings their own lead again is not called', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.typedLead(`Ada Lovelace, ${lead.email ?? ''}`, 'alice');
  const said = textOf(world.thread(lead).at(-1));
  expect(said).toContain('came in again');
  expect(said).not.toContain('<@U0ALICE> *Ada');
});

test('a closed lead that asks for a demo has its rank once it is opened again, and a new cadence', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ Form: 'Spring newsletter' });
  await world.click('alice', world.card(lead), 'claim');
  await world.close('alice', lead, 'rejected');
  await world.hubspotLead({ Form: 'Demo request', Message: 'now', Phone: '+49 30 901820' });
  expect(await world.lead(lead.id)).toMatchObject({
    ...{ state: 'resolved', resolution: 'rejected', next_attempt_at: null, nudge_at: null },
    ...{ rank: 'A', rank_reason: 'asked for a demo', message: 'now', phone: '+4930901820' },
  });
  const told = world.thread(lead).at(-1);
  expect(textOf(told)).toContain('Now rank *A* (was C): asked for a demo. This lead is closed. Reopen it?');
  await world.click('alice', told as never, 'reopen');
  expect(await world.lead(lead.id)).toMatchObject({ state: 'owned', rank: 'A', cadence_epoch: 2 });
});

test('a worse signal is told in the thread and changes nothing else', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const before = await world.lead(lead.id);
  await world.demoLead('Ada Lovelace');
  await world.hubspotLead({ Form: 'Spring newsletter', Email: lead.email ?? '' });
  expect(await world.lead(lead.id)).toEqual(before);
  expect(textOf(world.thread(lead).at(-1))).toContain('came in again via HubSpot: Spring newsletter');
  expect(textOf(world.thread(lead).at(-1))).not.toContain('Now rank');
});

test('a phone number that was missing is on the card once somebody leaves it', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  expect(textOf(world.card(lead))).not.toContain('tel:');
  await world.hubspotLead({ Phone: '+49 30 901820', Form: 'Spring newsletter' });
  expect(textOf(world.card(lead))).toContain('<tel:+4930901820|+4930901820>');
});

test('a lead of a list that marketing has not looked at yet goes to the reps once it asks for a demo', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ Form: 'Purchased list' });
  expect(lead.state).toBe('held');
  expect(cards(world)).toEqual([]);
  await world.hubspotLead({ Form: 'Demo request' });
  expect(await world.lead(lead.id)).toMatchObject({ state: 'offered', rank: 'A' });
  expect(cards(world)).toHaveLength(1);
});

test('a closed lead that comes in again is reopened with the button in its thread', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.close('alice', lead, 'rejected');
  await world.demoLead('Ada Lovelace');
  const told = world.thread(lead).at(-1);
  expect(textOf(told)).toContain('This lead is closed. Reopen it?');
  if (told) await world.click('alice', told, 'reopen');
  expect(await world.lead(lead.id)).toMatchObject({
    state: 'owned',
    owner_id: people.alice,
    resolution: null,
  });
  expect(cards(world)).toHaveLength(1);
  expect(await world.leads()).toHaveLength(1);
});

test('the same name at the same company makes no second card until a manager has said so', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.hubspotLead({ Email: 'countess@analytical.example' });
  expect(await world.leads()).toHaveLength(1);
  expect(cards(world)).toHaveLength(1);
  expect(await world.lead(lead.id)).toEqual(lead);
});

test('the channels of two teams do not mix', async () => {
  const world = await startWorld();
  const row = await world.db.selectFrom('sales_team').selectAll().executeTakeFirstOrThrow();
  await world.db
    .insertInto('sales_team')
    .values({ ...row, id: 2, name: 'Outbound' })
    .execute();
  await world.db
    .insertInto('lead_channel')
    .values({ team_id: row.team_id, sales_team_id: 2, channel_id: channels.sales })
    .execute();
  world.sandbox.invite({ channel: channels.sales, user: 'U0SIXTH' });
  await world.settle();
  await world.hubspotLead();
  const text = 'New lead: Ada Lovelace, ada@analytical.example, Analytical Engines, demo request';
  world.sandbox.postMessage({ channel: channels.sales, user: people.max, text });
  await world.settle();
  expect((await world.leads()).map((lead) => [lead.sales_team_id, lead.channel_id])).toEqual([
    [1, channels.leads],
    [2, channels.sales],
  ]);
});

test('the card says whom the campaign addressed and whom the rep sells to', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ 'Job title': 'Founder and CEO' });
  expect(lead).toMatchObject({ marketing_persona: 'Founder', sales_persona: 'Decision maker' });
  expect(textOf(world.card(lead))).toMatch(/asked for a demo · Founder, decision maker ·/);
});

test('an answer in the form tells the persona too, and stands on the card', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ 'Who decides?': 'I recommend, my boss signs' });
  expect(lead).toMatchObject({ marketing_persona: null, sales_persona: 'Adviser' });
  expect(textOf(world.card(lead))).toContain('Who decides?: I recommend, my boss signs');
});

test.each([
  ['the form', '{ rank: A, reason: wants a plan, form: [plan] }', { Form: 'Choose a plan' }, 'wants a plan'],
  [
    'the page',
    '{ rank: A, reason: was on our prices, page: [prices] }',
    { Form: 'Chat', Page: 'Prices' },
    'was on our prices',
  ],
  [
    'the campaign',
    '{ rank: A, reason: came in autumn, campaign: [autumn] }',
    { Form: 'Chat', Campaign: 'Autumn-2026' },
    'came in autumn',
  ],
  ['the way it came', '{ rank: A, reason: was posted, way: [post] }', { Form: 'Chat' }, 'was posted'],
])('a rule of the playbook may look at %s, and the card says so', async (_, rule, fields, reason) => {
  const world = await startWorld({ playbookPath: playbookWith(rule) });
  const lead = await world.hubspotLead(fields);
  expect(lead).toMatchObject({ rank: 'A', rank_reason: reason });
  expect(textOf(world.card(lead))).toContain(`*A* · ${reason}`);
});
