import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { moment, people, startWorld, textOf, type World } from '../support/world.ts';

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
  expect(world.directMessages('mona').join('\n')).toContain(`<@${people.alice}> is away until Friday.`);
  // Only Friday counts until then.
  expect((await world.lead(lead.id)).next_attempt_at).toBe(moment('2026-11-09', '11:00'));
  await world.command('bob', '/leads back');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
});
