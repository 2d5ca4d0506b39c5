import { expect, test } from 'vitest';
import {
  actionIds,
  botUserId,
  moment,
  newYork,
  people,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';
import type { Message } from '../../src/sandbox/index.ts';

/** Round robin through Alice, Bob and Carol, on Monday, 2 November 2026, 10:00. */
const inTurn = { mode: 'round_robin' } as const;

/** The next leads come in; who gets them. */
async function owners(world: World, count: number): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let lead = 0; lead < count; lead += 1) {
    const letter = String.fromCharCode(65 + (await world.leads()).length);
    found.push((await world.demoLead(`Ada Number${letter}`)).owner_id);
  }
  return found;
}

/** The newest direct message of the app to a person, with its buttons. */
function notice(world: World, person: keyof typeof people): Message {
  const found = world.sandbox.directMessages(people[person]).at(-1);
  if (!found) throw new Error(`${person} has no direct message.`);
  return { ...found, channel: botUserId };
}

async function setStatus(
  world: World,
  person: keyof typeof people,
  status: { text?: string; emoji?: string; expiration?: number } = {},
): Promise<void> {
  world.sandbox.setStatus({ user: people[person], ...status });
  await world.settle();
}

async function deactivate(world: World, person: keyof typeof people, deleted = true): Promise<void> {
  world.sandbox.deactivate({ user: people[person], deleted });
  await world.settle();
}

test('nobody who is away gets a lead, until the working day after', async () => {
  const world = await startWorld(inTurn);
  const answer = await world.command('bob', '/leads away until friday');
  expect(answer).toContain('You are away until Friday.');
  expect(answer).toContain('New leads come again on Mon 9 Nov');
  expect(await owners(world, 4)).not.toContain(people.bob);
  await world.skipTo(moment('2026-11-06', '23:58'));
  expect(await owners(world, 3)).not.toContain(people.bob);
  await world.skipTo(moment('2026-11-09', '09:00'));
  expect(await owners(world, 3)).toContain(people.bob);
});

test('who is away until Friday gets no lead on the weekend either, as the answer promised', async () => {
  const world = await startWorld(inTurn);
  await world.command('bob', '/leads away until friday');
  await world.skipTo(moment('2026-11-07', '10:00'));
  expect(await owners(world, 3)).not.toContain(people.bob);
  await world.skipTo(moment('2026-11-09', '00:01'));
  expect(await owners(world, 3)).toContain(people.bob);
});

test('a rep gets no lead on a day that is off for them while the team works', async () => {
  const world = await startWorld({ ...inTurn, startAt: moment('2026-11-05', '10:00') });
  await world.db
    .insertInto('rep')
    .values({ sales_team_id: 1, user_id: people.bob, team_id: 'T0ACME', working_days: '[1,2,3]' })
    .execute();
  await world.db.updateTable('sales_team').set({ updated_at: world.now }).execute();
  expect(await owners(world, 4)).not.toContain(people.bob);
  const told = await world.command('alice', `/leads why 1`);
  expect(told).toContain(`<@${people.bob}> (off until Sunday)`);
  await world.skipTo(moment('2026-11-07', '10:00'));
  expect(await owners(world, 3)).toContain(people.bob);
});

test('who is back earlier gets leads again at once', async () => {
  const world = await startWorld(inTurn);
  await world.command('bob', '/leads away');
  expect(await owners(world, 3)).not.toContain(people.bob);
  expect(await world.command('bob', '/leads back')).toContain('You are back');
  expect(await owners(world, 3)).toContain(people.bob);
});

test('leads wait while everybody is away, and flow when the first is back', async () => {
  const world = await startWorld(inTurn);
  for (const rep of ['alice', 'bob', 'carol'] as const) await world.command(rep, '/leads away 2 weeks');
  const lead = await world.demoLead('Waiting Person');
  expect(lead.owner_id).toBeNull();
  expect(lead.waits_for).not.toBeNull();
  await world.command('carol', '/leads back');
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.carol, waits_for: null });
});

test('leads that wait flow by themselves when the first working day after an absence begins', async () => {
  const world = await startWorld(inTurn);
  for (const rep of ['alice', 'bob'] as const) await world.command(rep, '/leads away');
  await world.command('carol', '/leads away tomorrow');
  const lead = await world.demoLead('Waiting Person');
  expect(lead.owner_id).toBeNull();
  await world.skipTo(moment('2026-11-04', '00:01'));
  expect((await world.lead(lead.id)).owner_id).toBeNull();
  await world.skipTo(moment('2026-11-04', '09:00'));
  expect((await world.lead(lead.id)).owner_id).toBe(people.carol);
});

test('the day ends in the person’s own zone', async () => {
  const world = await startWorld({ ...inTurn, zone: newYork });
  await world.command('bob', '/leads away today');
  await world.skipTo(moment('2026-11-03', '05:00', 'Europe/Berlin'));
  expect(await owners(world, 3)).not.toContain(people.bob);
  await world.skipTo(moment('2026-11-03', '00:01', newYork));
  expect(await owners(world, 3)).toContain(people.bob);
});

test('away over the night when the clocks change, a rep is back at local midnight', async () => {
  const world = await startWorld({ ...inTurn, startAt: moment('2026-10-23', '10:00') });
  await world.command('bob', '/leads away until sunday');
  await world.skipTo(moment('2026-10-25', '23:30'));
  expect(await owners(world, 3)).not.toContain(people.bob);
  await world.skipTo(moment('2026-10-26', '00:00'));
  expect(await owners(world, 3)).toContain(people.bob);
});

test('somebody who is away may claim a lead all the same', async () => {
  const world = await startWorld();
  await world.command('bob', '/leads away until friday');
  const lead = await world.hubspotLead();
  await world.click('bob', world.card(lead), 'claim');
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
});

test('the answer says what becomes of the open leads, and the manager is asked once', async () => {
  const world = await startWorld();
  await world.ownedLead('bob', 'Ada Lovelace');
  await world.ownedLead('bob', 'Grace Hopper');
  const answer = await world.command('bob', '/leads away until friday');
  expect(answer).toContain(`Your 2 open leads stay where they are; <@${people.mona}> can hand them on.`);
  await world.command('bob', '/leads away until wednesday');
  const asked = world.directMessages('mona').filter((text) => text.includes('They hold 2 open leads'));
  expect(asked).toHaveLength(1);
});

test('nobody is asked about leads of somebody who is back tomorrow', async () => {
  const world = await startWorld();
  await world.ownedLead('bob');
  const answer = await world.command('bob', '/leads away today');
  expect(answer).toContain('Your 1 open lead stays where it is.');
  expect(world.directMessages('mona').join()).not.toContain('open lead');
});

test('one click of the manager hands the leads on, and attempts and touches go along', async () => {
  const world = await startWorld(inTurn);
  await owners(world, 6);
  const held = (await world.leads()).filter((lead) => lead.owner_id === people.bob);
  const [first] = held;
  if (!first) throw new Error('unreachable');
  await world.click('bob', world.card(first), 'touch:email');
  await world.command('bob', '/leads away until friday');
  await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  const after = await world.leads();
  expect(after.every((lead) => lead.owner_id !== null && lead.owner_id !== people.bob)).toBe(true);
  expect(await world.lead(first.id)).toMatchObject({ attempts: 1, state: 'working' });
  const said = textOf(notice(world, 'mona'));
  expect(said).toContain('You handed the leads on');
  expect(actionIds(notice(world, 'mona'))).toEqual([]);
});

test('also where reps claim, leads that are handed on are given to reps in turn, never put on offer', async () => {
  const world = await startWorld();
  const begun = await world.ownedLead('bob', 'Ada Lovelace');
  await world.click('bob', world.card(begun), 'touch:no_answer');
  for (const name of ['Ben Two', 'Cid Three', 'Dan Four']) await world.ownedLead('bob', name);
  await world.command('bob', '/leads away until friday');
  expect(textOf(notice(world, 'mona'))).toContain('also where reps claim new leads');
  await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  const { alice, carol } = people;
  expect((await world.leads()).map((lead) => lead.owner_id).sort()).toEqual([alice, alice, carol, carol]);
  expect(await world.lead(begun.id)).toMatchObject({ attempts: 1, state: 'working' });
});

test('where reps claim, a lead of who is gone waits for whoever has room next, when nobody has', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('bob', 'Ada Lovelace');
  for (const rep of ['alice', 'carol'] as const) await world.command(rep, '/leads away');
  await deactivate(world, 'bob');
  await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  expect((await world.lead(lead.id)).waits_for).not.toBeNull();
  await world.command('carol', '/leads back');
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.carol, waits_for: null });
});

test('who gave a lead away by being away may get it again, and the story names everybody properly', async () => {
  const world = await startWorld(inTurn);
  const lead = await world.demoLead('Ada Lovelace');
  for (const rep of ['alice', 'bob', 'carol'] as const) {
    await world.command(rep, '/leads away until friday');
    await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  }
  // The last one keeps it: nobody else is there.
  expect((await world.lead(lead.id)).owner_id).toBe(people.carol);
  const said = world.thread(lead).map(textOf).join('\n');
  expect(said).toContain(`<@${people.mona}> handed this lead on, because <@${people.alice}> is away.`);
  expect(said).not.toContain('&lt;@');
  await world.command('alice', '/leads back');
  await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  expect((await world.lead(lead.id)).owner_id).toBe(people.alice);
});

test('leads that a manager leaves stay with their rep', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('bob');
  await world.command('bob', '/leads away until friday');
  await world.click('mona', notice(world, 'mona'), 'absence:leave');
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  expect(textOf(notice(world, 'mona'))).toContain('left the leads where they are');
});

test('a rep who has come back keeps the leads, and the question to the manager is settled by it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('bob');
  await world.command('bob', '/leads away until friday');
  const asked = notice(world, 'mona');
  expect(actionIds(asked)).not.toEqual([]);
  await world.command('bob', '/leads back');
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  expect(textOf(notice(world, 'mona'))).toContain(`<@${people.bob}> is back, and keeps the leads they have.`);
  expect(textOf(notice(world, 'mona'))).not.toContain('is away');
  expect(actionIds(notice(world, 'mona'))).toEqual([]);
});

test('what was decided still stands in the manager’s message when the rep is back', async () => {
  const world = await startWorld();
  await world.ownedLead('bob');
  await world.command('bob', '/leads away until friday');
  await world.click('mona', notice(world, 'mona'), 'absence:leave');
  await world.command('bob', '/leads back');
  expect(textOf(notice(world, 'mona'))).toContain('left the leads where they are');
});

test('a question to the manager is settled when the absence is over by itself', async () => {
  const world = await startWorld();
  await world.ownedLead('bob');
  await world.command('bob', '/leads away until wednesday');
  await world.skipTo(moment('2026-11-05', '00:01'));
  expect(textOf(notice(world, 'mona'))).toContain('is back, and keeps');
});

test('leads that nobody has room for stay with the rep who is away, and can be handed on later', async () => {
  const world = await startWorld(inTurn);
  await owners(world, 6);
  const held = (await world.leads()).filter((lead) => lead.owner_id === people.bob);
  const row = { sales_team_id: 1, team_id: 'T0ACME' };
  await world.db
    .insertInto('rep')
    .values([
      { ...row, user_id: people.alice, most_open: 3 },
      { ...row, user_id: people.carol, most_open: 2 },
    ])
    .onConflict((conflict) =>
      conflict
        .columns(['sales_team_id', 'user_id'])
        .doUpdateSet((eb) => ({ most_open: eb.ref('excluded.most_open') })),
    )
    .execute();
  await world.command('bob', '/leads away until friday');
  expect(textOf(notice(world, 'mona'))).toContain('What nobody has room for stays with');
  await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  const said = textOf(notice(world, 'mona'));
  expect(said).toContain(`<@${people.alice}> has 1 more lead`);
  expect(said).toContain(`1 lead stays with <@${people.bob}>: nobody has room.`);
  expect(said).toMatch(new RegExp(`• \\*.+: <@${people.alice}> {2}<https`));
  const now = await Promise.all(held.map(({ id }) => world.lead(id)));
  expect(now.map((lead) => lead.owner_id).sort()).toEqual([people.alice, people.bob].sort());
  await world.db.updateTable('rep').set({ most_open: 9 }).execute();
  await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  expect((await world.leads()).map((lead) => lead.owner_id)).not.toContain(people.bob);
});

test('who is set away or back by a manager is told', async () => {
  const world = await startWorld(inTurn);
  await world.command('mona', `/leads away <@${people.bob}|bob> until friday`);
  expect(world.directMessages('bob').join('\n')).toContain(`<@${people.mona}> set you away until Friday`);
  await world.command('mona', `/leads back <@${people.bob}|bob>`);
  expect(world.directMessages('bob').join('\n')).toContain(`<@${people.mona}> said that you are back`);
});

test('a manager who names somebody of no team of theirs reads just that', async () => {
  const world = await startWorld();
  expect(await world.command('mona', `/leads away <@${people.max}|max>`)).toContain(
    `<@${people.max}> is no rep of your teams.`,
  );
});

test('who moves the end of an absence reads what it was before', async () => {
  const world = await startWorld();
  await world.command('bob', '/leads away until friday');
  expect(await world.command('bob', '/leads away')).toContain(
    'You are away until you type `/leads back`, no longer until Friday.',
  );
});

test('a manager may say that a rep is away or back; another rep may not', async () => {
  const world = await startWorld(inTurn);
  expect(await world.command('mona', `/leads away <@${people.bob}|bob> until friday`)).toContain(
    `<@${people.bob}> is away until Friday.`,
  );
  expect(await owners(world, 3)).not.toContain(people.bob);
  const refused = await world.command('alice', `/leads back <@${people.bob}|bob>`);
  expect(refused).toContain('Only managers may say');
  await world.command('mona', `/leads back <@${people.bob}|bob>`);
  expect(await owners(world, 3)).toContain(people.bob);
});

test.each([
  ['bob', '/leads away until yesterday', /That is past\. Write a day/],
  ['bob', '/leads away 2026-11-01', /2026-11-01 is past/],
  ['bob', '/leads back now', /Type `\/leads back` alone/],
  ['bob', '/leads back', /You are not away/],
  ['max', '/leads away until friday', /is in no roster/],
  ['mona', '/leads away', /is in no roster/],
] as const)(
  '%s reads a clear sentence after “%s”, and nothing is changed',
  async (person, typed, sentence) => {
    const world = await startWorld();
    expect(await world.command(person, typed)).toMatch(sentence);
    expect(await world.db.selectFrom('absence').selectAll().execute()).toEqual([]);
  },
);

test('a Slack status of absence counts until it expires', async () => {
  const world = await startWorld(inTurn);
  const expiration = moment('2026-11-04', '12:00') / 1000;
  await setStatus(world, 'bob', { emoji: ':palm_tree:', text: 'Vacationing', expiration });
  expect(await owners(world, 4)).not.toContain(people.bob);
  await world.skipTo(moment('2026-11-04', '12:00'));
  expect(await owners(world, 3)).toContain(people.bob);
});

test('a status of absence that is cleared lets leads come again', async () => {
  const world = await startWorld(inTurn);
  await setStatus(world, 'bob', { text: 'Out of office' });
  expect(await owners(world, 3)).not.toContain(people.bob);
  await setStatus(world, 'bob', { emoji: ':calendar:', text: 'In a meeting' });
  expect(await owners(world, 3)).toContain(people.bob);
});

test('“I am back” outweighs a status as long as that says the same', async () => {
  const world = await startWorld(inTurn);
  const vacation = { emoji: ':palm_tree:', text: 'Vacationing' };
  const isAway = async () =>
    (await world.db.selectFrom('absence').select('id').where('ended_at', 'is', null).execute()).length > 0;
  await setStatus(world, 'bob', vacation);
  await world.command('bob', '/leads back');
  await setStatus(world, 'bob', vacation);
  expect(await isAway()).toBe(false);
  await setStatus(world, 'bob', { emoji: ':mask:', text: 'Out sick' });
  expect(await isAway()).toBe(true);
  await world.command('bob', '/leads back');
  await setStatus(world, 'bob');
  await setStatus(world, 'bob', vacation);
  expect(await isAway()).toBe(true);
});

test('a status does not end what somebody has typed, and the same status twice asks nobody twice', async () => {
  const world = await startWorld();
  await world.ownedLead('bob');
  await world.command('bob', '/leads away until friday');
  await setStatus(world, 'bob', { emoji: ':palm_tree:' });
  await setStatus(world, 'bob', { emoji: ':palm_tree:' });
  await setStatus(world, 'bob');
  const open = await world.db.selectFrom('absence').select('why').where('ended_at', 'is', null).execute();
  expect(open).toEqual([{ why: 'away' }]);
  expect(world.directMessages('mona').filter((text) => text.includes('open lead'))).toHaveLength(1);
});

test('the status of people who work no leads is nobody’s business', async () => {
  const world = await startWorld();
  await setStatus(world, 'max', { emoji: ':palm_tree:' });
  expect(await world.db.selectFrom('absence').selectAll().execute()).toEqual([]);
});

test('a deactivated rep gets no lead, and one click redistributes what they held', async () => {
  const world = await startWorld(inTurn);
  await owners(world, 6);
  await deactivate(world, 'bob');
  expect(textOf(notice(world, 'mona'))).toContain(`<@${people.bob}> was deactivated in Slack`);
  expect(textOf(notice(world, 'mona'))).toContain('They held 2 open leads.');
  await world.click('mona', notice(world, 'mona'), 'absence:hand_on');
  expect((await world.leads()).map((lead) => lead.owner_id)).not.toContain(people.bob);
  expect(await owners(world, 3)).not.toContain(people.bob);
});

test('an account that is given back gets leads again: the roster has kept its place', async () => {
  const world = await startWorld(inTurn);
  await deactivate(world, 'bob');
  expect(await owners(world, 3)).not.toContain(people.bob);
  await deactivate(world, 'bob', false);
  expect(await owners(world, 3)).toContain(people.bob);
});

test('the setup form no longer proposes a deactivated account', async () => {
  const world = await startWorld();
  await deactivate(world, 'bob');
  await world.command('mona', '/leads setup');
  expect(JSON.stringify(world.sandbox.view(people.mona)?.blocks)).toContain(
    `"initial_users":["${people.alice}","${people.carol}"]`,
  );
});

test('when the only manager is gone, a rep may set the channel up', async () => {
  const world = await startWorld();
  await deactivate(world, 'mona');
  expect(await world.command('bob', '/leads setup')).toBe('');
  const view = world.sandbox.view(people.bob);
  expect(view?.callback_id).toBe('team_setup');
  expect(JSON.stringify(view?.blocks)).toContain(`"initial_users":["${people.bob}"]`);
  await world.submit('bob', { managers: [people.bob] });
  expect(await world.command('bob', '/standup')).toContain('Standup');
});

async function home(world: World, person: keyof typeof people): Promise<string> {
  world.sandbox.openHome({ user: people[person] });
  await world.settle();
  return shown(world, person);
}

function shown(world: World, person: keyof typeof people): string {
  return textOf({ ts: '', blocks: world.sandbox.home(people[person])?.blocks } as Message);
}

async function clickHome(world: World, person: keyof typeof people, actionId: string): Promise<void> {
  const viewId = world.sandbox.home(people[person])?.id ?? '';
  await world.sandbox.interact({ viewId, user: people[person], action: { action_id: actionId } });
  await world.settle();
}

test('the App Home says that a rep is available and shows the queue', async () => {
  const world = await startWorld();
  await world.ownedLead('bob');
  const text = await home(world, 'bob');
  expect(text).toContain('You are available.');
  expect(text).toContain('Ada Lovelace');
});

test('in the App Home a rep goes away until a day, and comes back', async () => {
  const world = await startWorld(inTurn);
  await home(world, 'bob');
  await clickHome(world, 'bob', 'home_away');
  const past = await world.submit('bob', { until: '2026-11-01' });
  expect(past.errors).toEqual({ until: '2026-11-01 is past.' });
  await world.submit('bob', { until: '2026-11-06' });
  expect(shown(world, 'bob')).toContain('You are away until Friday.');
  expect(await owners(world, 3)).not.toContain(people.bob);
  await clickHome(world, 'bob', 'home_back');
  expect(shown(world, 'bob')).toContain('You are available.');
  expect(await owners(world, 3)).toContain(people.bob);
});

test('who is in no team reads in the App Home how to get into one', async () => {
  const world = await startWorld();
  expect(await home(world, 'max')).toContain('You are in no team yet.');
});

test('a manager who works no leads is offered no absence', async () => {
  const world = await startWorld();
  expect(await home(world, 'mona')).not.toContain('available');
});

test('a click in the App Home that is refused is answered in a modal', async () => {
  const world = await startWorld();
  await home(world, 'bob');
  await clickHome(world, 'bob', 'home_away');
  await world.command('mona', '/leads setup');
  await world.submitSetup({ reps: [people.alice, people.carol] });
  await world.settle();
  await world.submit('bob', { until: '2026-11-06' });
  expect(world.refusal('bob')).toContain('is in no roster');
});
