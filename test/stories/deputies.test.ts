import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { botUserId, moment, people, startWorld, textOf, type World } from '../support/world.ts';

/** Alice's, tried twice: its third attempt is due on Thursday, 5 November, at 11:00. */
async function dueOnThursday(world: World): Promise<LeadRow> {
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-03', '11:00'));
  await world.click('alice', world.card(lead), 'touch:no_answer');
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ attempts: 2, next_attempt_at: moment('2026-11-05', '11:00') });
  return after;
}

test('what falls due while a rep is away is due after it, and nobody is nudged meanwhile', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  const answer = await world.command('alice', '/leads away until friday');
  expect(answer).toContain('Your 1 open lead stays where it is');
  expect(answer).toContain('Its due date moves behind your absence.');
  // Wednesday to Friday do not count: the second working day is Tuesday.
  expect((await world.lead(lead.id)).next_attempt_at).toBe(moment('2026-11-10', '11:00'));
  expect(textOf(world.card(lead))).toContain(String(moment('2026-11-10', '11:00') / 1000));
  await world.skipTo(moment('2026-11-10', '10:59'));
  expect(world.nudges(lead)).toEqual([]);
  await world.skipTo(moment('2026-11-10', '11:00'));
  expect(world.nudges(lead)).toHaveLength(1);
});

test('who is back earlier has their due dates back, and one who stays longer later ones', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  await world.command('alice', '/leads away until friday');
  await world.command('alice', '/leads away until 10 november');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(moment('2026-11-12', '11:00'));
  await world.skipTo(moment('2026-11-04', '12:00'));
  await world.command('alice', '/leads back');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
});

test('an absence without an end moves due dates once they are back', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  expect(await world.command('alice', '/leads away')).toContain('Its due date moves once you are back.');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
  await world.skipTo(moment('2026-11-09', '08:00'));
  await world.command('alice', '/leads back');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(moment('2026-11-10', '11:00'));
});

test('a status in Slack moves due dates as well', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  const expiration = moment('2026-11-07', '00:00') / 1000;
  world.sandbox.setStatus({ user: people.alice, emoji: ':palm_tree:', text: 'Vacationing', expiration });
  await world.settle();
  expect((await world.lead(lead.id)).next_attempt_at).toBe(moment('2026-11-10', '11:00'));
  world.sandbox.setStatus({ user: people.alice });
  await world.settle();
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
});

test('a deputy is told, works the leads while the rep is away, and no longer than that', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  await world.click('bob', world.card(lead), 'touch:email');
  expect(world.lastWhisper('bob')).toContain('Nothing was logged.');
  const answer = await world.command('alice', `/leads away until friday deputy <@${people.bob}|bob>`);
  expect(answer).toContain('You are away until Friday.');
  expect(answer).toContain(`<@${people.bob}> looks after your 1 open lead.`);
  expect(world.directMessages('mona')).toEqual([]);
  expect(world.directMessages('bob').join('\n')).toContain(
    `<@${people.alice}> is away until Friday, and you look after their 1 open lead`,
  );
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
  await world.skipTo(moment('2026-11-05', '11:01'));
  await world.click('bob', world.card(lead), 'touch:email');
  expect(await world.lead(lead.id)).toMatchObject({ attempts: 3, owner_id: people.alice });
  await world.click('carol', world.card(lead), 'touch:email');
  expect(world.lastWhisper('carol')).toContain('Nothing was logged.');
  await world.skipTo(moment('2026-11-09', '09:00'));
  await world.click('bob', world.card(lead), 'touch:email');
  expect(world.lastWhisper('bob')).toContain('Nothing was logged.');
});

test('a deputy in the App Home: chosen there, refused there', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  world.sandbox.openHome({ user: people.alice });
  await world.settle();
  await world.sandbox.interact({
    viewId: world.sandbox.home(people.alice)?.id ?? '',
    user: people.alice,
    action: { action_id: 'home_away' },
  });
  const away = (deputy: string) => world.submit('alice', { until: '2026-11-06', deputy });
  expect(await away(people.alice)).toMatchObject({
    errors: { deputy: 'Nobody is their own deputy. Choose another rep.' },
  });
  await world.command('bob', '/leads away');
  expect(await away(people.bob)).toMatchObject({
    errors: { deputy: 'The deputy is away. Choose somebody who is there.' },
  });
  expect(await away(people.max)).toMatchObject({
    errors: { deputy: 'Only a rep of the same team can be the deputy. Choose one of them.' },
  });
  expect(await away(people.carol)).toMatchObject({ ok: true });
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
  expect(
    await world.db.selectFrom('absence').select('deputy_id').where('user_id', '=', people.alice).execute(),
  ).toEqual([{ deputy_id: people.carol }]);
});

test('a deputy who is nobody is refused with a way on, and nobody is away', async () => {
  const world = await startWorld();
  expect(await world.command('alice', '/leads away until friday deputy bob')).toContain(
    'Name the deputy with an @',
  );
  expect(await world.command('alice', `/leads away deputy <@${people.max}>`)).toContain(
    'Only a rep of the same team',
  );
  expect(await world.db.selectFrom('absence').selectAll().execute()).toEqual([]);
});

test('staying longer keeps the deputy; a manager may arrange it for a rep', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  await world.command('mona', `/leads away <@${people.alice}> until friday deputy <@${people.bob}>`);
  await world.command('alice', '/leads away until 20 november');
  await world.skipTo(moment('2026-11-17', '11:00'));
  await world.click('bob', world.card(lead), 'touch:email');
  expect((await world.lead(lead.id)).attempts).toBe(3);
});

test('when the deputy is away too, due dates move and a manager is asked about the leads', async () => {
  const world = await startWorld();
  const lead = await dueOnThursday(world);
  await world.command('alice', `/leads away until friday deputy <@${people.bob}|bob>`);
  expect(world.directMessages('mona')).toEqual([]);
  await world.command('bob', '/leads away until thursday');
  expect(world.directMessages('mona').join('\n')).toContain(`<@${people.alice}> is away until Friday, and`);
  // Only Friday counts until then.
  expect((await world.lead(lead.id)).next_attempt_at).toBe(moment('2026-11-09', '11:00'));
  await world.command('bob', '/leads back');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
});

const deputyBob = `deputy <@${people.bob}|bob>`;

/** What Bob was told about looking after leads, the newest last. */
function toldBob(world: World): string[] {
  return world.directMessages('bob').filter((text) => text.includes(`<@${people.alice}> is`));
}

test.each([
  ['earlier than planned', `until friday ${deputyBob}`, 'is back earlier than planned'],
  ['from an absence without an end', deputyBob, 'is back'],
])('when the rep is back %s, the deputy hears that they are needed no more', async (_how, away, said) => {
  const world = await startWorld();
  await dueOnThursday(world);
  await world.command('alice', `/leads away ${away}`);
  await world.command('alice', '/leads back');
  expect(toldBob(world).at(-1)).toContain(
    `<@${people.alice}> ${said} and looks after their 1 open lead again: you get no more nudges for it.`,
  );
});

test('nobody is told of the end of an absence that was said before, nor who has said so themselves', async () => {
  const world = await startWorld();
  await dueOnThursday(world);
  await world.command('alice', `/leads away until tomorrow ${deputyBob}`);
  await world.skipTo(moment('2026-11-05', '09:00'));
  expect(toldBob(world)).toHaveLength(1);
  await world.command('mona', '/leads setup');
  await world.submit('mona', { managers: [people.mona, people.bob] });
  await world.command('alice', `/leads away until 20 november ${deputyBob}`);
  await world.command('bob', `/leads back <@${people.alice}>`);
  expect(toldBob(world)).toHaveLength(2);
});

test('the deputy hears when it takes longer, and when somebody else takes over', async () => {
  const world = await startWorld();
  await dueOnThursday(world);
  await world.command('alice', `/leads away until friday ${deputyBob}`);
  await world.command('alice', '/leads away until 20 november');
  expect(toldBob(world).at(-1)).toContain('is away until Fri 20 Nov now, and you look after their');
  await world.command('alice', '/leads away until 20 november');
  expect(toldBob(world)).toHaveLength(2);
  await world.command('alice', `/leads away until 20 november deputy <@${people.carol}|carol>`);
  expect(world.directMessages('bob').at(-1)).toContain(
    `<@${people.carol}> looks after <@${people.alice}>’s 1 open lead from now on: you get no more nudges for it.`,
  );
  expect(world.directMessages('carol').at(-1)).toContain('you look after their 1 open lead');
});

test.each([
  [
    'is away themselves',
    'is away as well',
    async (world: World) => {
      await world.command('bob', '/leads away until thursday');
    },
  ],
  [
    'is deactivated',
    'was deactivated in Slack',
    async (world: World) => {
      world.sandbox.deactivate({ user: people.bob, deleted: true });
      await world.settle();
    },
  ],
  [
    'leaves the roster',
    'has left the roster',
    async (world: World) => {
      await world.command('mona', '/leads setup');
      await world.submit('mona', { reps: [people.alice, people.carol] });
    },
  ],
])(
  'a deputy who %s: the managers are asked about the leads that nobody looks after',
  async (_how, why, go) => {
    const world = await startWorld();
    const lead = await dueOnThursday(world);
    await world.command('alice', `/leads away until friday ${deputyBob}`);
    expect(world.directMessages('mona')).toEqual([]);
    await go(world);
    const question = world.sandbox.directMessages(people.mona).at(-1);
    expect(textOf(question)).toContain(
      `<@${people.alice}> is away until Friday, and <@${people.bob}>, who looks after their leads, ${why}.* They hold 1 open lead.`,
    );
    await world.click('mona', { ...question, channel: botUserId } as Message, 'absence:hand_on');
    expect((await world.lead(lead.id)).owner_id).toBe(people.carol);
  },
);
