import { expect, test } from 'vitest';
import { actionIds, botUserId, channels, people, startWorld, textOf, type World } from '../support/world.ts';

const newcomers = { unset: true };
const demo = 'New lead: Ada Lovelace, ada@analytical.example, Analytical Engines, demo request';

/** The app is invited and has greeted; nobody has answered yet. */
async function greeted(): Promise<World> {
  const world = await startWorld(newcomers);
  world.invite();
  world.sandbox.invite({ channel: channels.marketing, user: botUserId });
  await world.settle();
  return world;
}

async function openSetup(world: World, person: 'mona' | 'bob' = 'mona'): Promise<void> {
  await world.click(person, world.lastMessage('leads', /Set up this channel/), 'team_setup');
}

test('an invited app greets once and offers the setup', async () => {
  const world = await greeted();
  expect(world.posts('leads').filter((post) => actionIds(post).includes('team_setup'))).toHaveLength(1);
});

test('somebody else who joins the channel is not greeted', async () => {
  const world = await greeted();
  world.sandbox.leave({ channel: channels.leads, user: people.bob });
  world.sandbox.invite({ channel: channels.leads, user: people.bob });
  await world.settle();
  expect(world.posts('leads').filter((post) => actionIds(post).includes('team_setup'))).toHaveLength(1);
});

test('before the setup no post becomes a lead', async () => {
  const world = await greeted();
  world.sandbox.postMessage({ channel: channels.leads, user: people.max, text: demo });
  await world.settle();
  expect(await world.leads()).toEqual([]);
});

test('the form starts with the playbook’s hours and the asker as manager', async () => {
  const world = await greeted();
  await openSetup(world);
  const form = JSON.stringify(world.sandbox.view(people.mona)?.blocks);
  expect(form).toContain(`"initial_users":["${people.mona}"]`);
  expect(form).toContain('"initial_time":"09:00"');
  expect(form).toContain('"initial_time":"17:00"');
});

test('a saved setup is told to the channel and to marketing, and leads become cards at once', async () => {
  const world = await greeted();
  await openSetup(world);
  expect(await world.submitSetup()).toMatchObject({ ok: true });
  await world.settle();
  const done = textOf(world.lastMessage('leads', /This channel is set up/));
  for (const rep of [people.alice, people.bob, people.carol]) expect(done).toContain(`<@${rep}>`);
  expect(done).toContain(`Managers: <@${people.mona}>`);
  expect(done).toContain('09:00 to 17:00, Mon Tue Wed Thu Fri, Europe/Berlin');
  expect(world.posts('marketing').map((post) => post.text)).toContainEqual(
    expect.stringContaining('the weekly lead digest of Inbound comes here'),
  );
  const lead = await world.hubspotLead();
  expect(actionIds(world.card(lead))).toContain('claim');
});

test('the example in the greeting after setup works when it is pasted', async () => {
  const world = await startWorld();
  const shown = /`(New lead: .*?)`/.exec(textOf(world.lastMessage('leads', /This channel is set up/)))?.[1];
  world.sandbox.postMessage({ channel: channels.leads, user: people.mona, text: shown ?? '' });
  await world.settle();
  expect(await world.newestLead()).toMatchObject({ name: 'Ada Lovelace', rank: 'A' });
});

test('a form without reps shows the error under its field and saves nothing', async () => {
  const world = await greeted();
  await openSetup(world);
  const outcome = await world.submitSetup({ reps: [] });
  expect(Object.keys(outcome.errors ?? {})).toEqual(['reps']);
  expect((await world.records())['sales_team']).toEqual([]);
});

test('a day that ends before it starts is an error under "The day ends"', async () => {
  const world = await greeted();
  await openSetup(world);
  const outcome = await world.submitSetup({ start: '17:00', end: '09:00' });
  expect(outcome.errors).toEqual({ end: 'The day has to end after it starts.' });
  expect((await world.records())['sales_team']).toEqual([]);
});

test('a form that was refused can be corrected and sent again', async () => {
  const world = await greeted();
  await openSetup(world);
  await world.submitSetup({ start: '17:00', end: '09:00' });
  expect(await world.submitSetup({ start: '09:00', end: '17:00' })).toMatchObject({ ok: true });
});

test('after the setup a rep can’t open the form and is told who can', async () => {
  const world = await startWorld();
  const told = await world.command('bob', '/leads setup');
  expect(told).toContain(`Only the team's managers can change its setup: <@${people.mona}>.`);
  expect(world.sandbox.view(people.bob)).toBeUndefined();
});

test('the greeting’s button refuses a rep after the setup as well', async () => {
  const world = await startWorld();
  await world.click('bob', world.lastMessage('leads', /Set up this channel/), 'team_setup');
  expect(world.lastWhisper('bob')).toContain("Only the team's managers can change its setup");
});

test('a form sent by someone who lost the race for the first setup changes nothing', async () => {
  const world = await greeted();
  await openSetup(world, 'bob');
  await openSetup(world);
  await world.submitSetup();
  const before = await world.records();
  await world.submit('bob', {
    reps: [people.bob],
    managers: [people.bob],
    marketing: channels.marketing,
    zone: 'Europe/Berlin',
  });
  expect(world.refusal('bob')).toContain("Only the team's managers can change its setup");
  expect(await world.records()).toEqual(before);
});

test('changing the setup keeps the leads, their reps and their due dates', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  const before = await world.leads();
  await world.command('mona', '/leads setup');
  const change = { name: 'Outbound', reps: [people.bob, people.carol], mode: 'round_robin' };
  expect(await world.submit('mona', change)).toMatchObject({ ok: true });
  expect(await world.leads()).toEqual(before);
  expect(world.lastMessage('leads', /changed the setup/).text).toBe(
    `<@${people.mona}> changed the setup: name Outbound (was Inbound), new leads go round robin (was: reps claim new leads), no longer reps: <@${people.alice}>.`,
  );
  expect((await world.demoLead('Ben Two')).owner_id).toBe(people.bob);
});

test('the form opens with what is set up now', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.command('mona', '/leads setup');
  const form = JSON.stringify(world.sandbox.view(people.mona)?.blocks);
  expect(form).toContain('"initial_value":"Inbound"');
  expect(form).toContain(`"initial_users":["${people.alice}","${people.bob}","${people.carol}"]`);
  expect(form).toContain(`"initial_conversation":"${channels.marketing}"`);
  expect(form).toMatch(/"initial_option":\{[^}]*\{[^}]*"Round robin"/);
  expect(form).toMatch(/"initial_option":\{[^}]*\{[^}]*Berlin/);
});

test('the weekly digest’s channel hears of it once, however often the setup is saved', async () => {
  const world = await startWorld();
  await world.command('mona', '/leads setup');
  await world.submit('mona', {});
  const hellos = world.posts('marketing').filter((post) => /digest of Inbound comes here/.test(post.text));
  expect(hellos).toHaveLength(1);
});

test('managers are told when the app can’t post in the marketing channel', async () => {
  const world = await startWorld(newcomers);
  world.invite();
  await world.settle();
  await openSetup(world);
  await world.submitSetup();
  await world.settle();
  await world.settle();
  expect(world.directMessages('mona')).toHaveLength(1);
  expect(world.directMessages('mona')[0]).toContain(`I could not post in <#${channels.marketing}>.`);
  expect(world.directMessages('mona')[0]).toContain('/invite @Sixth Touch');
});

test('the app greets neither a channel that is set up nor the marketing channel again', async () => {
  const world = await startWorld();
  const greetings = (): number =>
    [...world.posts('leads'), ...world.posts('marketing')].filter((post) =>
      textOf(post).includes('Set up this channel'),
    ).length;
  const before = greetings();
  for (const channel of [channels.leads, channels.marketing]) {
    world.sandbox.leave({ channel, user: botUserId });
    world.sandbox.invite({ channel, user: botUserId });
  }
  await world.settle();
  expect(greetings()).toBe(before);
});

test('a rep who is taken off the roster can still finish the leads they hold', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('carol');
  await openSetup(world);
  await world.submitSetup({ reps: [people.alice, people.bob] });
  await world.settle();
  // The card is open to claim by now; her nudges are not.
  await world.click('carol', await world.oldMessage('touch:email', String(lead.id)), 'touch:email');
  expect((await world.lead(lead.id)).attempts).toBe(1);
});

test('a setup saved without a change is told to nobody', async () => {
  const world = await startWorld();
  const before = { posts: world.posts('leads').length, records: await world.records() };
  await world.command('mona', '/leads setup');
  expect(await world.submit('mona', {})).toMatchObject({ ok: true });
  expect(world.posts('leads')).toHaveLength(before.posts);
  expect(await world.records()).toEqual(before.records);
});

test('in a channel without a team the form says so, and where the person’s own team is', async () => {
  const world = await startWorld();
  await world.command('bob', '/leads setup', 'sales');
  const form = JSON.stringify(world.sandbox.view(people.bob)?.blocks);
  expect(form).toContain(`<#${channels.sales}> has no team yet. Leads posted there will get cards.`);
  expect(form).toContain(`Your team is Inbound (<#${channels.leads}>); to change it, type`);
});

test('the form of a team names its channel', async () => {
  const world = await startWorld();
  await world.command('mona', '/leads setup');
  expect(JSON.stringify(world.sandbox.view(people.mona)?.blocks)).toContain(`Setup of <#${channels.leads}>`);
});

test('the marketing channel of a team can’t be set up for leads by mistake', async () => {
  const world = await startWorld();
  expect(await world.command('mona', '/leads setup', 'marketing')).toContain(
    `<#${channels.marketing}> gets Inbound's digest. Type \`/leads setup\` in the channel where leads arrive.`,
  );
  expect(world.sandbox.view(people.mona)).toBeUndefined();
});

test('a direct message can’t be set up', async () => {
  const world = await startWorld();
  const direct = botUserId;
  await world.sandbox.command({ channel: direct, user: people.mona, command: '/leads', text: 'setup' });
  await world.settle();
  expect(world.sandbox.view(people.mona)).toBeUndefined();
  expect(world.directMessages('mona').at(-1)).toContain('This is a direct message.');
});

test('the marketing channel may be private', async () => {
  const world = await startWorld();
  await world.command('mona', '/leads setup');
  const marketing = world.sandbox
    .view(people.mona)
    ?.blocks.find((block) => (block as { block_id?: string }).block_id === 'marketing');
  expect(marketing).toMatchObject({
    element: { type: 'conversations_select', filter: { include: ['public', 'private'] } },
  });
});

test('round robin goes on behind the one served last, also when they have left the roster', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  expect((await world.demoLead('Ann One')).owner_id).toBe(people.alice);
  expect((await world.demoLead('Ben Two')).owner_id).toBe(people.bob);
  await world.command('mona', '/leads setup');
  await world.submit('mona', { reps: [people.alice, people.carol] });
  expect((await world.demoLead('Cid Three')).owner_id).toBe(people.carol);
});
