import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import {
  actionIds,
  moment,
  people,
  startWorld,
  temporaryFile,
  textOf,
  type World,
} from '../support/world.ts';

async function nurtured(
  world: World,
  day = '2027-02-01',
  owner: 'alice' | 'carol' = 'alice',
): Promise<LeadRow> {
  const lead = await world.ownedLead(owner);
  await world.click(owner, world.card(lead), 'touch:email');
  await world.click(owner, world.card(lead), 'resolve');
  await world.submit(owner, { close_as: `${lead.id}:nurture` });
  await world.submit(owner, { close_return: day, close_told: 'sent', note: 'Budget in spring' });
  return world.lead(lead.id);
}

const back = moment('2027-02-01', '09:00');

test('a nurtured lead comes back on its day, to the same rep, as a new cadence', async () => {
  const world = await startWorld();
  const lead = await nurtured(world);
  expect(lead).toMatchObject({ state: 'resolved', return_at: back, answer: 'later', answered: 1 });
  expect(textOf(world.card(lead))).toMatch(/\*Nurture\*.*comes back <!date\^/);
  await world.skipTo(back - 60_000);
  expect((await world.lead(lead.id)).state).toBe('resolved');
  await world.skipTo(back);
  expect(await world.lead(lead.id)).toMatchObject({
    state: 'owned',
    owner_id: people.alice,
    attempts: 0,
    cadence_epoch: 2,
    cadence_started_at: back,
    resolution: null,
    return_at: null,
    answer: null,
    needs_answer: null,
    next_attempt_at: moment('2027-02-01', '10:00'),
  });
  expect(world.thread(lead).map(textOf).at(-1)).toContain(
    '*Ada Lovelace* (Lovelace Ltd) is back, as agreed in November 2026: Budget in spring',
  );
  const told = world.sandbox.directMessages(people.alice).at(-1);
  expect(textOf(told)).toContain('is back, as agreed in November 2026');
  expect(textOf(told)).toContain(':memo: Budget in spring');
  expect(told && actionIds(told)).toContain('touch:email');
  expect(actionIds(world.card(lead))).toContain('touch:email');
});

test('it comes back once, however long the app was down, and not in the night', async () => {
  const world = await startWorld({ databasePath: temporaryFile('nurture.db') });
  const lead = await nurtured(world);
  await world.goDown();
  world.sandbox.clock.set(moment('2027-02-06', '23:00'));
  await world.comeBack();
  expect((await world.lead(lead.id)).state).toBe('resolved');
  expect(world.directMessages('alice')).toEqual([]);
  await world.skipTo(moment('2027-02-08', '09:00'));
  await world.skipTo(moment('2027-02-08', '09:01'));
  const said = world.directMessages('alice').filter((text) => text.includes('is back, as agreed'));
  expect(said).toHaveLength(1);
  expect((await world.lead(lead.id)).state).toBe('owned');
});

test.each([
  ['a Saturday', '2027-02-06', moment('2027-02-08', '09:00')],
  ['a holiday', '2026-12-25', moment('2026-12-28', '09:00')],
  ['the day after the clocks change', '2027-03-29', moment('2027-03-29', '09:00')],
])('chosen for %s, it comes back as the next work begins', async (_what, day, at) => {
  const world = await startWorld();
  expect((await nurtured(world, day)).return_at).toBe(at);
});

test.each([
  ['2026-11-02', 'Choose a day after today.'],
  ['2026-10-01', 'Choose a day after today.'],
  ['2029-01-01', 'Choose a day within the next two years.'],
])('a return on %s is refused', async (day, why) => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'resolve');
  await world.submit('alice', { close_as: `${lead.id}:nurture` });
  const outcome = await world.submit('alice', { close_return: day, close_told: 'sent' });
  expect(outcome.errors).toEqual({ close_return: why });
});

test('the form suggests a working day about three months ahead', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.close('alice', lead, 'nurture');
  expect((await world.lead(lead.id)).return_at).toBe(moment('2027-02-01', '09:00'));
});

test('whoever is away gets their lead back all the same, and no message about it', async () => {
  const world = await startWorld();
  const lead = await nurtured(world);
  await world.skipTo(moment('2027-01-29', '10:00'));
  await world.command('alice', '/leads away until 2027-02-05');
  await world.skipTo(back);
  expect(await world.lead(lead.id)).toMatchObject({ state: 'owned', owner_id: people.alice });
  expect(world.directMessages('alice').join()).not.toContain('is back, as agreed');
});

test('in quiet hours it does not come back yet', async () => {
  const world = await startWorld();
  const lead = await nurtured(world);
  await world.db.updateTable('preference').set({ quiet_from: '08:00', quiet_to: '10:30' }).execute();
  await world.skipTo(moment('2027-02-01', '10:29'));
  expect((await world.lead(lead.id)).state).toBe('resolved');
  await world.skipTo(moment('2027-02-01', '10:30'));
  expect((await world.lead(lead.id)).state).toBe('owned');
  expect(world.directMessages('alice').join()).toContain('is back, as agreed');
});

test('if the rep has left the roster, it comes back on offer, and the others see it', async () => {
  const world = await startWorld();
  const lead = await nurtured(world, '2027-02-01', 'carol');
  await world.command('mona', '/leads setup');
  await world.submit('mona', { reps: [people.alice, people.bob] });
  await world.skipTo(back);
  expect(await world.lead(lead.id)).toMatchObject({ state: 'offered', owner_id: null });
  expect(actionIds(world.card(lead))).toContain('claim');
});

test('if the rep has left Slack, routing finds another', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const lead = await world.hubspotLead();
  const owner = (Object.keys(people) as (keyof typeof people)[]).find(
    (name) => people[name] === lead.owner_id,
  );
  if (!owner) throw new Error('Nobody has the lead.');
  await world.click(owner, world.card(lead), 'touch:email');
  await world.close(owner, lead, 'nurture');
  world.sandbox.deactivate({ user: people[owner], deleted: true });
  await world.settle();
  await world.skipTo(back);
  const returned = await world.lead(lead.id);
  expect(returned.state).toBe('owned');
  expect(returned.owner_id).not.toBe(people[owner]);
});

test('one that was reopened by hand does not come back a second time', async () => {
  const world = await startWorld();
  const lead = await nurtured(world);
  await world.click('alice', world.card(lead), 'reopen');
  expect((await world.lead(lead.id)).return_at).toBeNull();
  await world.skipTo(back);
  expect(world.thread(lead).map(textOf).join()).not.toContain('is back');
});
