import { expect, test } from 'vitest';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import { moment, people, startWorld } from '../support/world.ts';

test('`/leads help` names every command', async () => {
  const world = await startWorld();
  const told = await world.command('alice', '/leads help');
  for (const typed of ['/leads', '/leads digest', '/leads setup', '/leads help', '/standup']) {
    expect(told).toContain(`\`${typed}\``);
  }
});

test('an unknown word is answered with what can be typed', async () => {
  const world = await startWorld();
  const told = await world.command('alice', '/leads bananas <!channel>');
  expect(told).toContain("I don't know `/leads bananas`.");
  expect(told).toContain('`/leads digest`');
  expect(told).not.toContain('<!channel>');
});

test('the word behind `/leads` may be in capitals and have more behind it', async () => {
  const world = await startWorld();
  expect(await world.command('alice', '/leads HELP me')).toContain('What you can type');
});

test('an empty queue says where leads come from', async () => {
  const world = await startWorld();
  expect(await world.command('alice', '/leads')).toContain('Your queue is empty.');
});

test('a manager with an empty queue is shown the way to the team', async () => {
  const world = await startWorld();
  expect(await world.command('mona', '/leads')).toContain('You hold no leads. `/standup` shows the team.');
});

test.each(['queue', 'list'])('`/leads %s` is the queue as well', async (word) => {
  const world = await startWorld();
  await world.ownedLead('alice');
  expect(await world.command('alice', `/leads ${word}`)).toContain('1 due today.');
});

test('somebody in no team is told how to get one', async () => {
  const world = await startWorld();
  expect(await world.command('max', '/leads')).toContain(
    'You have no leads here. Reps: ask a manager to add you with `/leads setup`.',
  );
});

test('`/leads` lists a rep’s own open leads in the order to work them', async () => {
  const world = await startWorld({ playbookPath: changedPlaybook(withoutLadders) });
  const names = ['Nudged Late', 'Plain Late', 'Fresh One', 'Later One', 'Reply Waiting', 'Closed One'];
  const leads = new Map<string, Awaited<ReturnType<typeof world.lead>>>();
  for (const name of names) leads.set(name, await world.ownedLead('alice', name));
  await world.ownedLead('bob', 'Not Mine');
  const touch = async (name: string, kind = 'email'): Promise<void> => {
    const lead = leads.get(name);
    if (lead) await world.click('alice', world.card(lead), `touch:${kind}`);
  };
  await touch('Nudged Late');
  await touch('Plain Late');
  await world.skipTo(moment('2026-11-03', '10:30'));
  await touch('Nudged Late');
  await world.skipTo(moment('2026-11-05', '11:00'));
  await touch('Later One');
  await touch('Reply Waiting', 'replied');
  const closed = leads.get('Closed One');
  if (closed) await world.close('alice', closed, 'rejected');

  const told = await world.command('alice', '/leads');
  const order = [...told.matchAll(/\*\d\.\* \*([^*]+)\*/g)].map((match) => match[1]);
  expect(order).toEqual(['Plain Late', 'Nudged Late', 'Fresh One', 'Reply Waiting', 'Later One']);
  expect(told).toContain('3 late, 2 later.');
  expect(told).toContain(':bell: attempt 3 was due <!date^');
  expect(told).toContain(':red_circle: first touch was due <!date^');
  expect(told).toContain(':red_circle: attempt 2 was due <!date^');
  expect(told).toContain(':speech_balloon: they replied; your next step is due <!date^');
  expect(told).toMatch(/attempt 2 is due <!date\^/);
  const card = world.card(leads.get('Nudged Late') ?? { id: 0 });
  expect(told).toContain(`/p${card.ts.replace('.', '')}|Open card>`);
});

test('the queue shows the first fifteen and counts the rest', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  for (let index = 0; index < 3 * 17; index += 1) await world.demoLead(`Person Number${index}`);
  const told = await world.command('alice', '/leads');
  expect(told).toContain('17 due today.');
  expect([...told.matchAll(/\*\d+\.\* /g)]).toHaveLength(15);
  expect(told).toContain('2 more leads after these.');
});

test('a rep in two teams gets one order over both', async () => {
  const world = await startWorld();
  const early = await world.ownedLead('alice', 'Early Bird');
  await world.skipTo(world.now + 60_000);
  await world.ownedLead('alice', 'Second Bird');
  await world.skipTo(world.now + 60_000);
  const late = await world.ownedLead('alice', 'Third Bird');
  const row = await world.db.selectFrom('sales_team').selectAll().executeTakeFirstOrThrow();
  await world.db
    .insertInto('sales_team')
    .values({ ...row, id: 2, name: 'Outbound' })
    .execute();
  await world.db
    .insertInto('member')
    .values({ team_id: row.team_id, sales_team_id: 2, user_id: people.alice, role: 'rep', position: 0 })
    .execute();
  await world.db
    .updateTable('lead')
    .set({ sales_team_id: 2 })
    .where('id', 'in', [early.id, late.id])
    .execute();
  const told = await world.command('alice', '/leads');
  const order = [...told.matchAll(/\*\d\.\* \*([^*]+)\*/g)].map((match) => match[1]);
  expect(order).toEqual(['Early Bird', 'Second Bird', 'Third Bird']);
});
