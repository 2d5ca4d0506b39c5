import { expect, test } from 'vitest';
import { actionIds, people, startWorld, temporaryFile, textOf } from '../support/world.ts';

test('a claimed lead shows its rep, its dots and when the first touch is due', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const card = textOf(world.card(lead));
  expect(lead).toMatchObject({ owner_id: people.alice, state: 'owned' });
  expect(card).toContain(`<@${people.alice}>`);
  expect(card).toContain('○○○○○○ 0 of 6');
  expect(card).toMatch(/Next due: attempt 1, <!date\^/);
  expect(actionIds(world.card(lead))).toContain('touch:no_answer');
  expect(world.lastWhisper('alice')).toMatch(
    /\*Ada Lovelace\* \(Lovelace Ltd\) is yours\. First touch due <!date\^/,
  );
});

test('of two clicks at once the first wins, and the other is told who has the lead', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  const card = world.card(lead);
  await Promise.all([world.clickOnly('bob', card, 'claim'), world.clickOnly('carol', card, 'claim')]);
  await world.settle();
  const { owner_id: owner } = await world.lead(lead.id);
  const loser = owner === people.bob ? 'carol' : 'bob';
  expect([people.bob, people.carol]).toContain(owner);
  expect(world.lastWhisper(loser)).toContain(`<@${owner}> was faster and has this lead.`);
  expect(await world.db.selectFrom('assignment').selectAll().execute()).toHaveLength(1);
});

test('a second click on Claim by the owner says that the lead is theirs already', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  const card = world.card(lead);
  await Promise.all([world.clickOnly('bob', card, 'claim'), world.clickOnly('bob', card, 'claim')]);
  await world.settle();
  expect(world.lastWhisper('bob')).toContain('You have this lead already.');
});

test('somebody outside the roster is told what to do, and the lead stays on offer', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('max', world.card(lead), 'claim');
  expect(world.lastWhisper('max')).toContain("You are not in Inbound's roster.");
  expect(world.lastWhisper('max')).toContain('`/leads setup`');
  expect((await world.lead(lead.id)).owner_id).toBeNull();
});

test('a manager may claim as well', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('mona');
  expect(lead.owner_id).toBe(people.mona);
});

test('round robin gives each new lead to the next rep, and begins again behind the last', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  for (const name of ['Ann One', 'Ben Two', 'Cid Three', 'Dan Four']) await world.demoLead(name);
  const { alice, bob, carol } = people;
  expect((await world.leads()).map((lead) => lead.owner_id)).toEqual([alice, bob, carol, alice]);
});

test('a lead that round robin gave away has a due first touch and no Claim button', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const lead = await world.demoLead('Ann One');
  expect(lead).toMatchObject({ state: 'owned', owner_id: people.alice });
  expect(lead.next_attempt_at).not.toBeNull();
  expect(actionIds(world.card(lead))).not.toContain('claim');
});

test('a lead that arrives twice is given once, and round robin does not skip a rep for it', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.demoLead('Ann One');
  await world.demoLead('Ann One');
  const next = await world.demoLead('Ben Two');
  expect(next.owner_id).toBe(people.bob);
});

test('round robin goes on where it stopped after a restart', async () => {
  const world = await startWorld({ mode: 'round_robin', databasePath: temporaryFile('test.db') });
  await world.demoLead('Ann One');
  await world.goDown();
  await world.comeBack();
  expect((await world.demoLead('Ben Two')).owner_id).toBe(people.bob);
});

test('round robin goes on with the roster when the rep served last has left it', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.demoLead('Ann One');
  await world.demoLead('Ben Two');
  await world.command('mona', '/leads setup');
  const { alice, carol } = people;
  expect(await world.submit('mona', { reps: [alice, carol] })).toMatchObject({ ok: true });
  const owners = [await world.demoLead('Cid Three'), await world.demoLead('Dan Four')];
  expect(owners.map((lead) => lead.owner_id).sort()).toEqual([alice, carol].sort());
});

test('a lead whose owner has left the roster says so on its card and can be claimed', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('carol');
  await world.click('carol', world.card(lead), 'touch:email');
  await world.command('mona', '/leads setup');
  await world.submit('mona', { reps: [people.alice, people.bob] });
  await world.flag('alice', lead, 'too_small');
  const card = world.card(lead);
  expect(textOf(card)).toContain(`<@${people.carol}> has left the roster`);
  await world.click('bob', card, 'claim');
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.bob, state: 'working', attempts: 1 });
  expect(world.lastWhisper('bob')).toMatch(/is yours\. Attempt 2 is due <!date\^/);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(world.lastWhisper('alice')).toContain(`is <@${people.bob}>'s lead. Nothing was logged.`);
});
