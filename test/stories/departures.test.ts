import { expect, test } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import {
  actionIds,
  botUserId,
  moment,
  people,
  startWorld,
  temporaryFile,
  textOf,
  type World,
} from '../support/world.ts';

const { alice, bob, carol, mona, max } = people;
const inTurn = { mode: 'round_robin' } as const;

function notice(world: World, person: keyof typeof people): Message {
  const found = world.sandbox
    .directMessages(people[person])
    .findLast((message) => /open lead|handed the leads on|left the leads/.test(textOf(message)));
  if (!found) throw new Error(`${person} was asked nothing.`);
  return { ...found, channel: botUserId };
}

function asked(world: World, person: keyof typeof people): string[] {
  return world.directMessages(person).filter((text) => text.includes('open lead'));
}

async function deactivate(world: World, person: keyof typeof people): Promise<void> {
  world.sandbox.deactivate({ user: people[person], deleted: true });
  await world.settle();
}

async function roster(world: World, values: Record<string, unknown>): Promise<void> {
  await world.command('mona', '/leads setup');
  await world.submitSetup({ mode: 'round_robin', ...values });
  await world.settle();
}

/** A lead that Alice has written to: no ladder moves it. */
async function workedLead(world: World) {
  const lead = await world.demoLead('Ann One');
  expect(lead.owner_id).toBe(alice);
  await world.click('alice', world.card(lead), 'touch:email');
  return lead;
}

test('who leaves the roster with open leads: the cards offer them, and a manager hands them on with one click', async () => {
  const world = await startWorld(inTurn);
  const lead = await workedLead(world);
  await roster(world, { reps: [bob, carol] });
  expect(actionIds(world.card(lead))).toContain('claim');
  expect(textOf(notice(world, 'mona'))).toContain(`<@${alice}> has left the roster.* They held 1 open lead.`);
  await world.click('mona', notice(world, 'mona'), 'departure:hand_on');
  expect((await world.lead(lead.id)).owner_id).toBe(bob);
  expect(textOf(notice(world, 'mona'))).toContain(`<@${bob}> has 1 more lead`);
  expect(world.thread(lead).map(textOf).join('\n')).toContain(`because <@${alice}> has left the roster.`);
});

test('who is put back into the roster keeps the leads', async () => {
  const world = await startWorld(inTurn);
  const lead = await workedLead(world);
  await roster(world, { reps: [bob, carol] });
  const question = notice(world, 'mona');
  await roster(world, { reps: [alice, bob, carol] });
  expect(actionIds(world.card(lead))).not.toContain('claim');
  await world.click('mona', question, 'departure:hand_on');
  expect((await world.lead(lead.id)).owner_id).toBe(alice);
});

test('leads that are left with somebody who is gone stay in the manager’s sight', async () => {
  const world = await startWorld(inTurn);
  await workedLead(world);
  await roster(world, { reps: [bob, carol] });
  await world.click('mona', notice(world, 'mona'), 'departure:leave');
  const standup = await world.command('mona', '/standup');
  expect(standup).toContain('1 lead without a rep');
  expect(standup).toContain(`Leads of people who are gone: <@${alice}> (1).`);
  expect(standup).not.toContain('every lead has a rep');
});

test('a former rep who is deactivated later: the managers are asked', async () => {
  const world = await startWorld(inTurn);
  await workedLead(world);
  await roster(world, { reps: [bob, carol] });
  await world.click('mona', notice(world, 'mona'), 'departure:leave');
  await deactivate(world, 'alice');
  expect(textOf(notice(world, 'mona'))).toContain('was deactivated in Slack');
});

test('whoever was asked about a deactivated rep is not asked again when the roster loses them', async () => {
  const world = await startWorld(inTurn);
  await workedLead(world);
  await deactivate(world, 'alice');
  await roster(world, { reps: [bob, carol] });
  expect(asked(world, 'mona')).toHaveLength(1);
});

test('a manager who works leads and is deactivated: the other managers are asked', async () => {
  const world = await startWorld();
  await roster(world, { mode: 'claim', managers: [mona, max] });
  await world.ownedLead('mona', 'Ann One');
  await deactivate(world, 'mona');
  expect(asked(world, 'max')).toHaveLength(1);
});

test('the last manager is deactivated: the reps hear what to do, and who takes over is asked about the leads', async () => {
  const world = await startWorld(inTurn);
  await roster(world, { managers: [alice] });
  const lead = await workedLead(world);
  await deactivate(world, 'alice');
  expect(world.directMessages('bob').at(-1)).toContain('Nobody manages Inbound any more');
  expect(world.directMessages('bob').at(-1)).toContain('`/leads setup`');
  await world.command('bob', '/leads setup');
  await world.submit('bob', { managers: [bob] });
  expect(asked(world, 'bob')).toHaveLength(1);
  await world.click('bob', notice(world, 'bob'), 'departure:hand_on');
  expect((await world.lead(lead.id)).owner_id).toBe(bob);
});

test('an account that is deactivated while the app is down gets no lead afterwards', async () => {
  const world = await startWorld({ ...inTurn, databasePath: temporaryFile('test.db') });
  await workedLead(world);
  await world.goDown();
  await deactivate(world, 'alice').catch(() => undefined);
  world.sandbox.clock.set(world.now + 600_000);
  await world.comeBack();
  expect(asked(world, 'mona')).toHaveLength(1);
  for (const name of ['Ben Two', 'Cid Three', 'Dan Four'])
    expect((await world.demoLead(name)).owner_id).not.toBe(alice);
});

test('the status of somebody who joins the roster counts from the start', async () => {
  const world = await startWorld(inTurn);
  world.sandbox.setStatus({ user: max, emoji: ':palm_tree:', text: 'Vacationing' });
  await world.settle();
  await roster(world, { reps: [max] });
  expect(await world.demoLead('Ann One')).toMatchObject({ owner_id: null, waits_for: 'everybody is away' });
});

test.each(['deactivated', 'away', 'out of the roster'] as const)(
  'a lead that is reopened goes to somebody else when its rep is %s',
  async (how) => {
    const world = await startWorld(inTurn);
    const lead = await world.demoLead('Ann One');
    await world.close('alice', lead, 'rejected');
    if (how === 'deactivated') await deactivate(world, 'alice');
    else if (how === 'away') await world.command('alice', '/leads away until friday');
    else await roster(world, { reps: [bob, carol] });
    await world.click('bob', world.card(lead), 'reopen');
    expect((await world.lead(lead.id)).owner_id).toBe(bob);
    expect(world.thread(lead).map(textOf).join('\n')).toContain(`<@${bob}>`);
  },
);

test('what was put off by somebody who has left is not put off for who claims it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.skipTo(moment('2026-11-02', '12:01'));
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await roster(world, { mode: 'claim', reps: [bob, carol] });
  await world.click('bob', world.card(lead), 'claim');
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: bob, snoozed_until: null });
});

test('the manager who decided reads “you”, and the others read who it was', async () => {
  const world = await startWorld(inTurn);
  await roster(world, { managers: [mona, max] });
  await workedLead(world);
  await world.command('alice', '/leads away until friday');
  await world.click('mona', notice(world, 'mona'), 'absence:leave');
  expect(textOf(notice(world, 'mona'))).toContain('You left the leads where they are.');
  expect(textOf(notice(world, 'max'))).toContain(`<@${mona}> left the leads where they are.`);
  await roster(world, { reps: [bob, carol], managers: [mona, max] });
  await world.click('mona', notice(world, 'mona'), 'departure:hand_on');
  expect(textOf(notice(world, 'mona'))).toContain(`You handed the leads on: <@${bob}> has 1 more lead.`);
  expect(textOf(notice(world, 'max'))).toContain(`<@${mona}> handed the leads on:`);
});
