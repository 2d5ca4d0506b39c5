import { expect, test } from 'vitest';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import { channels, moment, people, startWorld } from '../support/world.ts';

/** A rep's numbers in the standup, in any order. */
function numbersOf(told: string, rep: 'alice' | 'bob' | 'carol'): string[] {
  const row = told.split('\n').find((line) => line.startsWith(`<@${people[rep]}>`)) ?? '';
  return row
    .replace(/^<@\w+>\s*/, '')
    .replace(/:\w+: |\*/g, '')
    .split(' · ')
    .sort();
}

test('the standup is for managers, everybody else is shown the way to their own leads', async () => {
  const world = await startWorld();
  for (const person of ['alice', 'max'] as const) {
    const told = await world.command(person, '/standup');
    expect(told).toContain('`/standup` is for managers. Your own leads: `/leads`.');
    expect(told).not.toContain('late,');
  }
});

test('only the manager who typed it sees the standup', async () => {
  const world = await startWorld();
  const before = world.posts('leads').length;
  expect(await world.command('mona', '/standup')).toMatch(/standup.*inbound[^]*nobody is late/i);
  expect(world.posts('leads')).toHaveLength(before);
});

test('a manager gets the standup from any channel', async () => {
  const world = await startWorld();
  expect(await world.command('mona', '/standup', 'marketing')).toContain('Standup: Inbound');
  expect(world.sandbox.messages(channels.sales)).toEqual([]);
});

test('after a week of work the numbers are right', async () => {
  const world = await startWorld({
    startAt: moment('2026-10-29', '10:00'),
    playbookPath: changedPlaybook(withoutLadders),
  });
  const touch = async (
    by: 'alice' | 'bob' | 'carol',
    lead: { id: number },
    kind = 'email',
  ): Promise<unknown> => world.click(by, world.card(lead), `touch:${kind}`);

  const lastWeek = await world.ownedLead('carol', 'Last Week');
  await world.skipTo(moment('2026-10-30', '12:00'));
  await world.close('carol', lastWeek, 'rejected');

  await world.skipTo(moment('2026-11-02', '10:00'));
  await world.ownedLead('alice', 'Never Touched');
  const second = await world.ownedLead('alice', 'Late Second');
  const third = await world.ownedLead('alice', 'Late Third');
  const otherThird = await world.ownedLead('alice', 'Third Also');
  for (const lead of [second, third, otherThird]) await touch('alice', lead);
  const won = await world.ownedLead('bob', 'Won Deal');
  const lost = await world.ownedLead('carol', 'Lost Cause');
  await world.demoLead('Nobody Has');

  await world.skipTo(moment('2026-11-03', '10:05'));
  for (const lead of [third, otherThird]) await touch('alice', lead, 'no_answer');
  await touch('carol', lost);
  await world.close('bob', won, 'qualified');
  await world.close('carol', lost, 'disqualified');

  await world.skipTo(moment('2026-11-04', '14:00'));
  const today = await world.ownedLead('bob', 'Due Today');
  await touch('bob', today);
  const answered = await world.ownedLead('bob', 'They Replied');
  await touch('bob', answered, 'replied');

  await world.skipTo(moment('2026-11-05', '12:00'));
  const told = await world.command('mona', '/standup');
  expect(told).toContain('4 leads late, 1 lead without a rep.');
  expect(numbersOf(told, 'alice')).toEqual([
    '0 resolved this week',
    '1 untouched',
    '4 late (attempt 1 ×1, attempt 2 ×1, attempt 3 ×2)',
    '4 open',
  ]);
  expect(numbersOf(told, 'bob')).toEqual([
    '1 more due today',
    '1 reply to answer',
    '1 resolved this week (1 qualified)',
    '2 open',
    'not late',
  ]);
  expect(numbersOf(told, 'carol')).toEqual(['0 open', '1 resolved this week', 'not late']);
  expect(told.indexOf(people.alice)).toBeLessThan(told.indexOf(people.bob));
  const named = [...told.matchAll(/^• \*([^*]+)\*.*\|Open card>$/gm)].map((match) => match[1]);
  expect(named).toEqual(['Nobody Has', 'Never Touched', 'Late Second', 'Late Third']);
  const card = world.card(second);
  expect(told).toMatch(
    new RegExp(`attempt 2 since <!date[^>]+>  <[^|]+/p${card.ts.replace('.', '')}\\|Open card>`),
  );
});

test('leads whose planned attempts are all made are counted as to close', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await world.click('alice', world.card(lead), 'touch:no_answer');
    await world.skipTo(moment('2026-11-02', '10:00') + attempt * 86_400_000);
  }
  const told = await world.command('mona', '/standup');
  expect(numbersOf(told, 'alice')).toEqual(['0 resolved this week', '1 open', '1 to close', 'not late']);
});

test('a rep who has left the roster but holds leads is still in the standup', async () => {
  const world = await startWorld();
  await world.ownedLead('carol');
  await world.command('mona', '/leads setup');
  await world.submit('mona', { reps: [people.alice, people.bob] });
  expect(await world.command('mona', '/standup')).toContain(`<@${people.carol}>  not late`);
});

test('a manager of another team gets that one in a channel whose team somebody else manages', async () => {
  const world = await startWorld();
  const row = await world.db.selectFrom('sales_team').selectAll().executeTakeFirstOrThrow();
  await world.db
    .insertInto('sales_team')
    .values({ ...row, id: 2, name: 'Outbound' })
    .execute();
  await world.db
    .insertInto('member')
    .values({ team_id: row.team_id, sales_team_id: 2, user_id: people.max, role: 'manager', position: 0 })
    .execute();
  expect(await world.command('max', '/standup')).toContain('Standup: Outbound');
  expect(await world.command('mona', '/standup')).toContain('Standup: Inbound');
});

test('a reply that waits too long counts as late', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.skipTo(moment('2026-11-04', '12:00'));
  const told = await world.command('mona', '/standup');
  expect(told).toContain('*1 late* (1 reply waiting)');
  expect(told).toContain('*Ada Lovelace* (Lovelace Ltd): reply waiting, late since <!date^');
});

test('a lead that nobody had counts as resolved for the manager who closed it', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.close('mona', lead, 'rejected');
  expect(await world.command('mona', '/standup')).toMatch(/<@U0MONA>.*1 resolved this week/);
});
