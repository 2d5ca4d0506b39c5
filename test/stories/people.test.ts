import { expect, test } from 'vitest';
import { moment, people, startWorld, textOf, type World } from '../support/world.ts';
import { awaitView } from '../../src/demo/await-view.ts';
import type { Message } from '../../src/sandbox/index.ts';

const inTurn = { mode: 'round_robin' } as const;

async function openReps(world: World): Promise<void> {
  await world.command('mona', '/leads setup');
  await awaitView(world.sandbox, people.mona);
  const pushed = new Promise<void>((resolve) => {
    const stop = world.sandbox.onChange((change) => {
      if (change.type !== 'view' || world.sandbox.view(people.mona)?.callback_id !== 'reps') return;
      stop();
      resolve();
    });
  });
  const viewId = world.sandbox.view(people.mona)?.id ?? '';
  await world.sandbox.interact({ viewId, user: people.mona, action: { action_id: 'rep_list' } });
  await pushed;
}

/** Opens a rep's form, as a manager. */
async function openRep(world: World, rep: keyof typeof people): Promise<void> {
  await openReps(world);
  await world.submit('mona', { rep: people[rep] });
}

function shown(world: World): string {
  return textOf({ ts: '', blocks: world.sandbox.view(people.mona)?.blocks } as Message);
}

async function owners(world: World, count: number): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let lead = 0; lead < count; lead += 1) {
    const letter = String.fromCharCode(65 + (await world.leads()).length);
    found.push((await world.demoLead(`Ada Number${letter}`)).owner_id);
  }
  return found;
}

test('a manager gives a rep own settings, and the list of reps shows them', async () => {
  const world = await startWorld();
  await openRep(world, 'bob');
  await world.submit('mona', {
    weight: '3',
    most_open: '20',
    most_new: '5',
    tags: 'German, Mid Market, german',
    zone: 'America/New_York',
    days: ['1', '2'],
    start: '08:00',
    end: '12:00',
    region: 'us-ca',
  });
  const line = shown(world)
    .split('\n')
    .find((each) => each.startsWith(`<@${people.bob}>`));
  expect(line).toBe(
    `<@${people.bob}> · weight 3 · at most 20 open · at most 5 new a day · german, mid_market · America/New_York · Mon Tue · from 08:00 · to 12:00 · holidays of US-CA`,
  );
  expect(shown(world)).toContain(`<@${people.alice}> · the team’s settings`);
});

test('whoever saves a rep’s settings sees that they are saved, and the rep reads what they are now', async () => {
  const world = await startWorld();
  await openRep(world, 'bob');
  await world.submit('mona', { weight: '3', most_open: '20' });
  expect(shown(world)).toContain(`The settings of <@${people.bob}> are saved.`);
  expect(world.directMessages('bob').join('\n')).toContain(
    `<@${people.mona}> changed your settings in Inbound: weight 3 · at most 20 open.`,
  );
});

test('the form shows what was saved, and what is emptied is as the team has it again', async () => {
  const world = await startWorld();
  await openRep(world, 'bob');
  await world.submit('mona', {
    weight: '2',
    most_open: '9',
    tags: 'german',
    zone: 'Asia/Tokyo',
    region: 'JP',
  });
  await world.submit('mona', { rep: people.bob });
  const form = JSON.stringify(world.sandbox.view(people.mona)?.blocks);
  for (const value of [
    '"initial_value":"9"',
    '"initial_value":"german"',
    '"initial_value":"JP"',
    'Asia/Tokyo',
  ])
    expect(form).toContain(value);
  await world.submit('mona', { weight: '1', most_open: null, tags: null, zone: 'team', region: null });
  expect(shown(world)).toContain(`<@${people.bob}> · the team’s settings`);
});

test.each([
  [{ most_open: '0' }, 'most_open', /at least 1/],
  [{ most_new: '-3' }, 'most_new', /at least 1/],
  [{ tags: 'größe' }, 'tags', /letters a to z/],
  [{ tags: '<!channel>' }, 'tags', /letters a to z/],
  [{ region: 'Bavaria' }, 'region', /such as DE-BY/],
  [{ start: '18:00' }, 'start', /18:00 to 17:00/],
  [{ start: '12:00', end: '11:00' }, 'end', /12:00 to 11:00/],
])('%o in a rep’s form is an error under %s, and nothing is saved', async (values, field, sentence) => {
  const world = await startWorld();
  await openRep(world, 'bob');
  const { errors = {} } = await world.submit('mona', values);
  expect(Object.keys(errors)).toEqual([field]);
  expect(errors[field]).toMatch(sentence);
  expect(await world.db.selectFrom('rep').selectAll().execute()).toEqual([]);
});

test('somebody outside the roster has no settings', async () => {
  const world = await startWorld();
  await openReps(world);
  const { errors } = await world.submit('mona', { rep: people.max });
  expect(errors?.['rep']).toMatch(/not in the roster/);
});

test('a rep can’t change settings with a form from when they were a manager', async () => {
  const world = await startWorld();
  await openRep(world, 'bob');
  await world.db.updateTable('member').set({ user_id: people.max }).where('role', '=', 'manager').execute();
  await world.db
    .updateTable('sales_team')
    .set({ updated_at: world.now + 1 })
    .execute();
  await world.submit('mona', { weight: '5' });
  expect(world.refusal('mona')).toContain("Only the team's managers");
  expect(await world.db.selectFrom('rep').selectAll().execute()).toEqual([]);
});

test('a rep with twice the weight gets twice the leads', async () => {
  const world = await startWorld(inTurn);
  await openRep(world, 'bob');
  await world.submit('mona', { weight: '2' });
  const given = await owners(world, 8);
  expect(given.filter((id) => id === people.bob)).toHaveLength(4);
});

test('leads that wait flow at once when a manager raises a limit', async () => {
  const world = await startWorld(inTurn);
  for (const rep of ['alice', 'bob'] as const) await world.command(rep, '/leads away');
  await openRep(world, 'carol');
  await world.submit('mona', { most_open: '1' });
  const given = await owners(world, 2);
  expect(given).toEqual([people.carol, null]);
  await world.submit('mona', { rep: people.carol });
  await world.submit('mona', { most_open: '2' });
  expect((await world.newestLead()).owner_id).toBe(people.carol);
});

test('a rep with a public holiday of their own region gets no lead on it', async () => {
  // 26 November 2026 is Thanksgiving.
  const world = await startWorld({ ...inTurn, startAt: moment('2026-11-26', '10:00') });
  await openRep(world, 'bob');
  await world.submit('mona', { region: 'US' });
  expect(shown(world)).toContain(`<@${people.bob}> · holidays of US · :palm_tree: on a public holiday`);
  expect(await owners(world, 4)).not.toContain(people.bob);
  await world.skipTo(moment('2026-11-27', '09:00'));
  expect(await owners(world, 3)).toContain(people.bob);
});

test('the team’s regional holidays are no working days: nothing falls due on them', async () => {
  // Epiphany, Wednesday, 6 January 2027, is a holiday in Bavaria and none in Berlin.
  const due = async (region: string): Promise<number | null> => {
    const world = await startWorld({ startAt: moment('2027-01-05', '16:00') });
    await world.command('mona', '/leads setup');
    await world.submitSetup({ region });
    await world.settle();
    return (await world.ownedLead('bob')).next_attempt_at;
  };
  const [berlin, bavaria] = [await due('DE-BE'), await due('DE-BY')];
  expect((bavaria ?? 0) - (berlin ?? 0)).toBe(24 * 3_600_000);
});

test('a region that does not exist is an error under its field, with an example', async () => {
  const world = await startWorld();
  await world.command('mona', '/leads setup');
  const { errors } = await world.submitSetup({ region: 'Bavaria' });
  expect(errors).toEqual({ region: expect.stringContaining('such as DE-BY') as string });
});

test('a new region is told in the channel', async () => {
  const world = await startWorld();
  await world.command('mona', '/leads setup');
  await world.submitSetup({ region: 'de-by' });
  await world.settle();
  expect(textOf(world.lastMessage('leads', /changed the setup/))).toContain(
    'public holidays of DE-BY (was no region)',
  );
});

test('who leaves the roster and comes back keeps their settings, and begins like a new rep', async () => {
  const world = await startWorld(inTurn);
  await openRep(world, 'bob');
  await world.submit('mona', { tags: 'german' });
  await owners(world, 4);
  for (const reps of [[people.alice], [people.alice, people.bob]]) {
    await world.command('mona', '/leads setup');
    await world.submitSetup({ mode: 'round_robin', reps });
    await world.settle();
  }
  const row = await world.db
    .selectFrom('rep')
    .selectAll()
    .where('user_id', '=', people.bob)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ tags: '["german"]', owed: 0, served_at: null });
});
