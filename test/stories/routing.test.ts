import { readFileSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { moment, people, startWorld, temporaryFile, textOf, type World } from '../support/world.ts';

const { alice, bob, carol } = people;

/** What a manager sets in the form of a rep. */
async function settings(world: World, userId: string, values: Record<string, unknown>): Promise<void> {
  await world.db
    .insertInto('rep')
    .values({ sales_team_id: 1, user_id: userId, team_id: 'T0ACME', ...values })
    .onConflict((conflict) => conflict.columns(['sales_team_id', 'user_id']).doUpdateSet(values))
    .execute();
  // As saving the form does: the team is loaded anew.
  await world.db
    .updateTable('sales_team')
    .set({ updated_at: sql`updated_at + 1` })
    .execute();
}

function playbookWith(rules: string): string {
  const path = temporaryFile('playbook.yml');
  writeFileSync(
    path,
    `${readFileSync('data/playbook.yml', 'utf8').replace(/^routingRules:.*$/m, '')}\nrouting${rules}`,
  );
  return path;
}

async function owners(world: World): Promise<(string | null)[]> {
  return (await world.leads()).map((lead) => lead.owner_id);
}

test('round robin follows the weights, also across a restart', async () => {
  const world = await startWorld({ mode: 'round_robin', databasePath: temporaryFile('test.db') });
  await settings(world, alice, { weight: 2 });
  for (const name of ['Ann One', 'Ben Two']) await world.demoLead(name);
  await world.goDown();
  await world.comeBack();
  for (const name of ['Cid Three', 'Dan Four']) await world.demoLead(name);
  expect((await owners(world)).sort()).toEqual([alice, alice, bob, carol].sort());
});

test('a colleague of somebody’s prospect goes to the same rep, and the thread says so', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const first = await world.demoLead('Grace Hopper');
  const second = await world.hubspotLead({
    'First Name': 'Ada',
    Email: 'ada@hopper.example',
    Company: 'Hopper',
  });
  expect([first.owner_id, second.owner_id]).toEqual([alice, alice]);
  expect(world.thread(second).map(textOf).join('\n')).toContain(
    `For <@${alice}>: same account as *Grace Hopper*.`,
  );
  expect((await world.demoLead('Cid Three')).owner_id).toBe(bob);
});

test('who has closed the account’s lead is asked no more', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const first = await world.demoLead('Grace Hopper');
  await world.close('alice', first, 'rejected');
  const second = await world.hubspotLead({
    'First Name': 'Ada',
    Email: 'ada@hopper.example',
    Company: 'Hopper',
  });
  expect(second.owner_id).toBe(bob);
});

test('who is away gets no lead, and the thread says why the next one does', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.command('alice', '/leads away until friday');
  const lead = await world.demoLead('Ann One');
  expect(lead.owner_id).toBe(bob);
  expect(world.thread(lead).map(textOf).join('\n')).toMatch(
    new RegExp(`<@${bob}>’s turn: who comes before is away until`),
  );
  expect((await world.demoLead('Ben Two')).owner_id).toBe(carol);
});

test('when everybody is full the lead waits and says so; the first who has room gets it at once', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  for (const id of [alice, bob, carol]) await settings(world, id, { most_open: 1 });
  const [first] = [
    await world.demoLead('Ann One'),
    await world.demoLead('Ben Two'),
    await world.demoLead('Cid Three'),
  ];
  const [early, late] = [await world.demoLead('Dan Four'), await world.demoLead('Eve Five')];
  expect(early).toMatchObject({ state: 'offered', owner_id: null, waits_for: 'everybody is full' });
  expect(textOf(world.card(early))).toContain('Waits: everybody is full');
  expect(world.directMessages('mona').filter((text) => text.includes('everybody is full'))).toHaveLength(1);
  await world.close('alice', first, 'rejected');
  expect(await world.lead(early.id)).toMatchObject({ owner_id: alice, waits_for: null, state: 'owned' });
  expect(textOf(world.card(early))).toContain(`<@${alice}>`);
  expect(world.thread(early).map(textOf).join('\n')).toContain(`For <@${alice}>: it waited`);
  expect((await world.lead(late.id)).owner_id).toBeNull();
});

test('of what waits the best rank goes first, then what came first', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  for (const id of [alice, bob, carol]) await settings(world, id, { most_open: 0 });
  const newsletter = await world.hubspotLead({ Form: 'Newsletter' });
  const early = await world.demoLead('Ann One');
  const late = await world.demoLead('Ben Two');
  expect(newsletter.rank > early.rank).toBe(true);
  await settings(world, bob, { most_open: 2 });
  await world.advance('1m');
  expect(await owners(world)).toEqual([null, bob, bob]);
  expect([early.id < late.id, (await world.lead(newsletter.id)).waits_for]).toEqual([
    true,
    'everybody is full',
  ]);
});

test('a day’s limit is over when the rep’s own next working day begins', async () => {
  const world = await startWorld({ mode: 'round_robin', startAt: moment('2026-11-02', '20:00') });
  for (const id of [alice, bob]) await settings(world, id, { most_open: 0 });
  await settings(world, carol, { most_new_a_day: 1, zone: 'America/New_York' });
  await world.demoLead('Ann One');
  const second = await world.demoLead('Ben Two');
  expect(second.waits_for).toBe('everybody is full');
  await world.skipTo(moment('2026-11-03', '14:59'));
  expect((await world.lead(second.id)).owner_id).toBeNull();
  await world.skipTo(moment('2026-11-03', '15:00'));
  expect((await world.lead(second.id)).owner_id).toBe(carol);
});

test('over a weekend nobody gets more than a day’s limit, and what waits flows on Monday morning', async () => {
  const world = await startWorld({ mode: 'round_robin', startAt: moment('2026-11-06', '10:00') });
  for (const id of [alice, bob]) await settings(world, id, { most_open: 0 });
  await settings(world, carol, { most_new_a_day: 2 });
  await world.demoLead('Ann One');
  await world.skipTo(moment('2026-11-07', '10:00'));
  expect((await world.demoLead('Ben Two')).owner_id).toBe(carol);
  const waiting = [await world.demoLead('Cid Three'), await world.demoLead('Dan Four')];
  for (const night of ['2026-11-08', '2026-11-09']) await world.skipTo(moment(night, '00:01'));
  expect(await owners(world)).toEqual([carol, carol, null, null]);
  await world.skipTo(moment('2026-11-09', '09:00'));
  // The lead of the Saturday counts towards Monday.
  expect(await owners(world)).toEqual([carol, carol, carol, null]);
  expect(waiting[1]?.waits_for).toBe('everybody is full');
});

test('a rule of the playbook sends leads of a country to the reps with its tag', async () => {
  const world = await startWorld({
    mode: 'round_robin',
    playbookPath: playbookWith('Rules:\n  - { country: [DE], tag: german }\n'),
  });
  await settings(world, carol, { tags: '["german"]' });
  expect((await world.demoLead('Ann One')).owner_id).toBe(alice);
  const german = await world.hubspotLead({ Email: 'ada@analytical.de', Country: 'Germany' });
  expect(german).toMatchObject({ country: 'DE', owner_id: carol });
});

test('a lead that every rep has let go says so, and the managers hear that it is theirs to give', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.command('mona', '/leads setup');
  await world.submitSetup({ mode: 'round_robin', reps: [alice] });
  await world.settle();
  const lead = await world.demoLead('Ann One');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  expect(textOf(world.card(lead))).toContain(
    'Waits: every rep has had it and let it go. Claim it, or hand it on',
  );
  expect(textOf(world.card(lead))).not.toContain('by itself');
  expect(world.directMessages('mona').at(-1)).toContain('I give it to none of them again.');
});

const forGermans = playbookRule('{ country: [DE], tag: german }');
function playbookRule(rule: string): string {
  return `Rules:\n  - ${rule}\n`;
}

test('a rule stays when its only rep gives the lead back: nobody else is given it', async () => {
  const world = await startWorld({ mode: 'round_robin', playbookPath: playbookWith(forGermans) });
  await settings(world, carol, { tags: '["german"]' });
  const lead = await world.hubspotLead({ Email: 'ada@analytical.de', Country: 'Germany' });
  expect(lead.owner_id).toBe(carol);
  await world.click('carol', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('carol', { reason: 'too_much' });
  expect(await world.lead(lead.id)).toMatchObject({
    owner_id: null,
    waits_for: 'every rep with the tag german has had it and let it go',
  });
  expect(await world.command('bob', `/leads why ${lead.id}`)).toMatch(/gave this lead back: too much to do/);
});

test('a rule comes before who knows the account', async () => {
  const world = await startWorld({ mode: 'round_robin', playbookPath: playbookWith(forGermans) });
  await settings(world, carol, { tags: '["german"]' });
  expect((await world.demoLead('Grace Hopper')).owner_id).toBe(alice);
  const lead = await world.hubspotLead({
    'First Name': 'Ada',
    Email: 'ada@hopper.example',
    Company: 'Hopper',
    Country: 'Germany',
  });
  expect(lead.owner_id).toBe(carol);
});

test('where reps claim, a rule says who may: others read who it is for, managers may', async () => {
  const world = await startWorld({ playbookPath: playbookWith(forGermans) });
  await settings(world, carol, { tags: '["german"]' });
  const lead = await world.hubspotLead({ Email: 'ada@analytical.de', Country: 'Germany' });
  await world.click('bob', world.card(lead), 'claim');
  expect((await world.lead(lead.id)).owner_id).toBeNull();
  expect(world.lastWhisper('bob')).toContain(
    `This lead is for reps with the tag german (rule for country DE): <@${carol}>.`,
  );
  await world.click('carol', world.card(lead), 'claim');
  expect((await world.lead(lead.id)).owner_id).toBe(carol);
  const other = await world.hubspotLead({
    'First Name': 'Grace',
    Email: 'grace@hopper.de',
    Company: 'Hopper',
    Country: 'Germany',
  });
  await world.click('mona', world.card(other), 'claim');
  expect((await world.lead(other.id)).owner_id).toBe(people.mona);
});

test('a rule whose tag nobody has keeps nobody from claiming', async () => {
  const world = await startWorld({ playbookPath: playbookWith(forGermans) });
  const lead = await world.hubspotLead({ Email: 'ada@analytical.de', Country: 'Germany' });
  await world.click('bob', world.card(lead), 'claim');
  expect((await world.lead(lead.id)).owner_id).toBe(bob);
});

test('least loaded: the next lead goes to who has the fewest, and capacity that a hand-over frees is used at once', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.command('mona', '/leads setup');
  await world.submit('mona', { mode: 'least_loaded' });
  const [first, second, third] = [
    await world.demoLead('Ann One'),
    await world.demoLead('Ben Two'),
    await world.demoLead('Cid Three'),
  ];
  expect([first.owner_id, second.owner_id, third.owner_id]).toEqual([alice, bob, carol]);
  await world.close('bob', second, 'rejected');
  expect((await world.demoLead('Dan Four')).owner_id).toBe(bob);
  for (const id of [alice, bob, carol]) await settings(world, id, { most_open: 1 });
  const waiting = await world.demoLead('Eve Five');
  expect(waiting.owner_id).toBeNull();
  await world.click('mona', world.card(first), 'more', `${first.id}:hand_on`);
  await world.submit('mona', { to: carol, reason: '' });
  expect((await world.lead(waiting.id)).owner_id).toBe(alice);
});

test('who had the person before gets them again, also when that lead is closed', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.demoLead('Ann One');
  const before = await world.demoLead('Grace Hopper');
  expect(before.owner_id).toBe(bob);
  await world.close('bob', before, 'rejected');
  // Another address of the same person's: a manager has not said that it is one lead.
  const again = await world.hubspotLead({
    'First Name': 'Grace',
    'Last Name': 'Hopper',
    Email: 'g.hopper@hopper.example',
    Company: 'Hopper',
  });
  expect(again.owner_id ?? (await world.newestLead()).owner_id).toBe(bob);
});

test('a lead that comes again with a better rank goes the way of that rank', async () => {
  const world = await startWorld();
  await world.db
    .updateTable('sales_team')
    .set({ rank_modes: '{"A":"round_robin"}', updated_at: world.now + 1 })
    .execute();
  const first = await world.hubspotLead({ Form: 'Newsletter' });
  expect(first.owner_id).toBeNull();
  await world.hubspotLead({ Form: 'Demo request' });
  expect(await world.lead(first.id)).toMatchObject({ rank: 'A', owner_id: alice });
});

test('managers hear of every new reason for which leads wait', async () => {
  const world = await startWorld({ mode: 'round_robin', playbookPath: playbookWith(forGermans) });
  await settings(world, carol, { tags: '["german"]' });
  await world.command('carol', '/leads away 2 weeks');
  await world.hubspotLead({ Email: 'ada@analytical.de', Country: 'Germany' });
  for (const id of [alice, bob]) await settings(world, id, { most_open: 0 });
  for (const name of ['Ann One', 'Ben Two']) await world.demoLead(name);
  const told = world.directMessages('mona').filter((text) => /for a rep/.test(text));
  expect(told).toHaveLength(2);
  expect(told[0]).toContain('• 1 in <#C0LEADS>: everybody with the tag german is away until Sun 15 Nov.');
  expect(told[1]).toContain('*2 leads of Inbound wait for a rep.*');
  expect(told[1]).toContain('• 2 in <#C0LEADS>: everybody is away (1) or full (2).');
});

test('each rank may have a mode of its own, and the channel reads what was changed', async () => {
  const world = await startWorld();
  await world.command('mona', '/leads setup');
  await world.sandbox.interact({
    user: people.mona,
    viewId: viewId(world),
    action: { action_id: 'routing' },
  });
  await world.settle();
  expect(await world.submit('mona', { mode_A: 'round_robin', options: ['same_account'] })).toMatchObject({
    ok: true,
  });
  expect(textOf(world.lastMessage('leads', /changed the routing/))).toContain(
    'rank A: new leads go round robin',
  );
  expect((await world.demoLead('Ann One')).owner_id).toBe(alice);
  expect((await world.hubspotLead({ Form: 'Newsletter' })).owner_id).toBeNull();
});

test('a dry run shows whom the next ten leads would go to, and changes nothing', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await settings(world, bob, { most_open: 1 });
  await world.command('mona', '/leads setup');
  await world.sandbox.interact({
    user: people.mona,
    viewId: viewId(world),
    action: { action_id: 'routing' },
  });
  await world.settle();
  const before = [await world.records(), await world.db.selectFrom('rep').selectAll().execute()];
  await world.sandbox.interact({
    user: people.mona,
    viewId: viewId(world),
    action: { action_id: 'dry_run' },
  });
  await world.settle();
  const shown = JSON.stringify(world.sandbox.view(people.mona)?.blocks);
  expect(shown).toContain(`1. <@${alice}>\\n2. <@${bob}>\\n3. <@${carol}>\\n4. <@${alice}>\\n5. <@${carol}>`);
  expect(shown).toContain('*Round robin* (ranks A, B, C, D)');
  expect(shown).toContain('*Reps claim leads* (no rank goes this way now)');
  expect(shown).toContain('All ten are on offer');
  expect([await world.records(), await world.db.selectFrom('rep').selectAll().execute()]).toEqual(before);
  const next = [];
  for (const name of ['Ann One', 'Ben Two', 'Cid Three', 'Dan Four', 'Eve Five'])
    next.push((await world.demoLead(name)).owner_id);
  expect(next).toEqual([alice, bob, carol, alice, carol]);
});

test('a dry run goes by what is chosen in the form, and says that it is not saved', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.command('mona', '/leads setup');
  const click = (action_id: string, values = {}) =>
    world.sandbox.interact({ user: people.mona, viewId: viewId(world), action: { action_id }, values });
  await click('routing');
  await world.settle();
  await click('dry_run', { mode_A: 'claim' });
  await world.settle();
  const shown = JSON.stringify(world.sandbox.view(people.mona)?.blocks);
  expect(shown).toContain('*Reps claim leads* (rank A)');
  expect(shown).toContain('*Round robin* (ranks B, C, D)');
  expect(shown).toContain('It is not saved yet');
  expect((await world.demoLead('Ann One')).owner_id).toBe(alice);
});

test('leads that wait flow when a manager lets reps claim', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  for (const id of [alice, bob, carol]) await settings(world, id, { most_open: 0 });
  const lead = await world.demoLead('Ann One');
  await world.command('mona', '/leads setup');
  await world.submit('mona', { mode: 'claim' });
  await world.advance('1m');
  expect(await world.lead(lead.id)).toMatchObject({ state: 'offered', owner_id: null, waits_for: null });
  await world.click('mona', world.card(lead), 'claim');
  expect((await world.lead(lead.id)).owner_id).toBe(people.mona);
});

test('only managers get to the routing form', async () => {
  const world = await startWorld();
  const before = await world.records();
  const old = await world.oldMessage('routing');
  await world.click('bob', old, 'routing');
  expect(world.lastWhisper('bob')).toContain(
    `Only the team's managers can change its routing: <@${people.mona}>.`,
  );
  expect(await world.records()).toEqual(before);
});

function viewId(world: World): string {
  const view = world.sandbox.view(people.mona);
  if (!view) throw new Error('Mona sees no form.');
  return view.id;
}
