import { expect, test } from 'vitest';
import { awaitView } from '../../src/demo/await-view.ts';
import type { Message } from '../../src/sandbox/index.ts';
import {
  actionIds,
  moment,
  people,
  type PersonName,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';

const inTurn = { mode: 'round_robin' } as const;

function blocksOf(world: World, person: PersonName): Message {
  return { ts: '', blocks: world.sandbox.home(people[person])?.blocks } as Message;
}

/** What somebody reads who opens the app. */
async function open(world: World, person: PersonName): Promise<string> {
  world.sandbox.openHome({ user: people[person] });
  await world.settle();
  return shown(world, person);
}

function shown(world: World, person: PersonName): string {
  return textOf(blocksOf(world, person));
}

async function click(world: World, person: PersonName, actionId: string, value?: string): Promise<void> {
  const viewId = world.sandbox.home(people[person])?.id ?? '';
  const action = { action_id: actionId, ...(value !== undefined && { value }) };
  await world.sandbox.interact({ viewId, user: people[person], action });
  await world.settle();
}

test('a touch that is logged in the Home shows there at once, with its undo', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  expect(await open(world, 'alice')).toContain('first touch due');
  await click(world, 'alice', 'touch:email', String(lead.id));
  expect(shown(world, 'alice')).toContain('Logged: emailed, attempt 1. Next:');
  expect((await world.lead(lead.id)).attempts).toBe(1);
  await click(world, 'alice', 'touch_undo');
  expect(shown(world, 'alice')).not.toContain('Logged');
  expect(shown(world, 'alice')).toContain('first touch due');
  expect((await world.lead(lead.id)).attempts).toBe(0);
});

test('a touch from the form shows there as well, and no message says it a second time', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await open(world, 'alice');
  await click(world, 'alice', 'touch_form', String(lead.id));
  const before = world.directMessages('alice').length;
  await world.submit('alice', { kind: 'text' });
  expect(shown(world, 'alice')).toContain('Logged: sent a text message, attempt 1.');
  expect(world.directMessages('alice')).toHaveLength(before);
});

test('the next look at the Home has no news of the last click', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await open(world, 'alice');
  await click(world, 'alice', 'touch:email', String(lead.id));
  expect(await open(world, 'alice')).not.toContain('Logged');
  expect(shown(world, 'alice')).toContain('attempt 2 is due');
});

test('nothing moves under the finger: a row that was worked stays in its place and says what was done', async () => {
  const world = await startWorld();
  const names = ['Ada Lovelace', 'Charles Babbage', 'Mary Somerville', 'Alan Turing'];
  const leads = [];
  for (const name of names) leads.push(await world.ownedLead('alice', name));
  const places = (): string[] =>
    [...shown(world, 'alice').matchAll(/\*(\d)\.\* \*([^*]+)\*/g)].map(
      ([, place, name]) => `${place} ${name}`,
    );
  await open(world, 'alice');
  const before = places();
  expect(before).toHaveLength(4);
  await world.skipTo(world.now + 1000);
  await click(world, 'alice', 'touch:voicemail', String(leads[1]?.id));
  expect(places()).toEqual(before);
  expect(actionIds(blocksOf(world, 'alice')).filter((id) => id === 'touch:voicemail')).toHaveLength(3);
  // Others act meanwhile, and time passes: a call from the card, a closing by the manager, a new lead.
  await world.close('mona', leads[0]!, 'rejected');
  await world.ownedLead('alice', 'Emmy Noether');
  await world.skipTo(world.now + 11 * 60_000);
  await click(world, 'alice', 'touch:email', String(leads[2]?.id));
  expect(places()).toEqual([...before, '5 Emmy Noether']);
  const home = shown(world, 'alice');
  expect(home).toContain('Closed as Rejected. It is noted that they were told.');
  expect(home).toContain('Logged: left voicemail, attempt 1.');
  expect(home).toContain('Logged: emailed, attempt 1.');
  expect(actionIds(blocksOf(world, 'alice')).filter((id) => id === 'touch_undo')).toHaveLength(1);
  await open(world, 'alice');
  expect(places()).not.toEqual([...before, '5 Emmy Noether']);
  expect(shown(world, 'alice')).not.toContain('Logged');
});

test('what was logged in a row is worked again in its place once the next attempt is due as well', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const other = await world.ownedLead('alice', 'Charles Babbage');
  await open(world, 'alice');
  await click(world, 'alice', 'touch:replied', String(lead.id));
  expect(shown(world, 'alice')).toContain('Logged: they replied. What comes next?');
  expect(actionIds(blocksOf(world, 'alice'))).toContain('next_step');
  await world.skipTo((await world.lead(lead.id)).next_attempt_at ?? NaN);
  await click(world, 'alice', 'touch:email', String(other.id));
  expect(shown(world, 'alice')).toContain('they replied; your next step was due');
});

test('a Home that was left open over night begins anew with the next click', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await open(world, 'alice');
  await click(world, 'alice', 'touch:email', String(lead.id));
  await world.skipTo(moment('2026-11-03', '09:00'));
  await click(world, 'alice', 'home_away');
  await click(world, 'alice', 'touch_note');
  await world.submit('alice', { note: 'Asks for a call' });
  expect(shown(world, 'alice')).not.toContain('Logged');
  expect(shown(world, 'alice')).toContain('attempt 2');
});

test('a click that is refused says why on top of the Home, which shows the truth again', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await open(world, 'alice');
  await world.close('alice', lead, 'rejected');
  await click(world, 'alice', 'touch:email', String(lead.id));
  expect(shown(world, 'alice')).toContain('This lead is closed.');
  expect(shown(world, 'alice')).toContain('Closed as Rejected.');
  expect(await open(world, 'alice')).toContain('Your queue is empty.');
  expect(world.sandbox.view(people.alice)).toBeUndefined();
});

test('a form that was opened from the Home brings it up to date when it is saved', async () => {
  const world = await startWorld({ briefs: true });
  expect(await open(world, 'alice')).toContain('*Morning brief:* at the start of your working day');
  await click(world, 'alice', 'preferences');
  const wrong = await world.submit('alice', { quiet_from: '20:00' });
  expect(Object.keys(wrong.errors ?? {})).toEqual(['quiet_to']);
  await world.submit('alice', {
    quiet_from: '20:00',
    quiet_to: '08:00',
    brief_time: '09:30',
    nudge_in: 'direct',
    signature: 'Alice Miller',
  });
  const home = shown(world, 'alice');
  expect(home).toContain('*Morning brief:* at 09:30');
  expect(home).toContain('*Quiet hours:* 20:00 to 08:00');
  expect(home).toContain('as a direct message');
  expect(home).toContain('“Alice Miller”');
  await click(world, 'alice', 'preferences');
  await awaitView(world.sandbox, people.alice);
  await world.submit('alice', { signature: '', brief: 'off' });
  expect(shown(world, 'alice')).toContain('*Morning brief:* off');
  expect(shown(world, 'alice')).toContain('*You sign* with no name yet');
});

test('a touch from the form is confirmed in its row of the Home it was opened from, and nowhere else', async () => {
  const world = await startWorld();
  await world.ownedLead('alice');
  await open(world, 'alice');
  await click(world, 'alice', 'touch_form');
  await world.submit('alice', { kind: 'met' });
  expect(shown(world, 'alice')).toContain('Logged: met in person, attempt 1. What comes next?');
  expect(world.directMessages('alice')).toEqual([]);
  expect(actionIds(blocksOf(world, 'alice'))).toContain('touch_undo');
});

test('the Home lists twenty leads with their buttons and counts the rest', async () => {
  const world = await startWorld(inTurn);
  for (let index = 0; index < 3 * 22; index += 1) await world.demoLead(`Person Number${index}`);
  expect(await open(world, 'alice')).toContain('2 more leads after these.');
  const ids = actionIds(blocksOf(world, 'alice'));
  expect(ids.filter((id) => id === 'touch:email')).toHaveLength(20);
});

test('a rep sees on which attempt replies came, how many got an answer, and how many got all their attempts', async () => {
  const world = await startWorld();
  const [answered, silent] = [
    await world.ownedLead('alice'),
    await world.ownedLead('alice', 'Charles Babbage'),
  ];
  await world.click('alice', world.card(answered), 'touch:email');
  await world.click('alice', world.card(silent), 'touch:email');
  await world.skipTo(moment('2026-11-03', '10:00'));
  await world.click('alice', world.card(answered), 'touch:voicemail');
  await world.click('alice', world.card(answered), 'touch:replied');
  await world.db
    .updateTable('lead')
    .set({
      state: 'resolved',
      resolution: 'unresponsive',
      answered: 1,
      needs_answer: 1,
      resolved_at: world.now,
    })
    .where('id', '=', silent.id)
    .execute();
  const home = await open(world, 'alice');
  expect(home).toMatch(/attempt 1 {3}0\nattempt 2 {2}█+ 1/);
  expect(home).toContain('*Answered:* 1 of 1 closed lead (100%)');
  expect(home).toContain('*All planned attempts:* 0 of 1 closed lead');
  expect(await open(world, 'bob')).not.toContain('My numbers');
});

test('a manager who holds no leads is shown the way to the team', async () => {
  const world = await startWorld();
  expect(await open(world, 'mona')).toContain('`/standup` shows the team');
});

test('the leads of somebody who is away stand in the deputy’s queue, with their name', async () => {
  const world = await startWorld();
  await world.ownedLead('alice');
  await world.db
    .insertInto('absence')
    .values({
      team_id: (await world.newestLead()).team_id,
      user_id: people.alice,
      why: 'away',
      from_at: world.now - 1,
      set_by: people.alice,
      deputy_id: people.bob,
    })
    .execute();
  await world.db
    .updateTable('sales_team')
    .set({ updated_at: world.now + 1 })
    .execute();
  expect(await world.command('bob', '/leads')).toContain(`for <@${people.alice}>`);
  expect(await open(world, 'bob')).toContain(`for <@${people.alice}>`);
  expect(await open(world, 'carol')).not.toContain('Ada Lovelace');
});
