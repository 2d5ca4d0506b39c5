import { expect, test } from 'vitest';
import { people, startWorld } from '../support/world.ts';

const { alice, bob } = people;

test('a rep reads why a lead went where it went, step by step, with the time', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.command('alice', '/leads away until friday');
  const lead = await world.demoLead('Ann One');
  const told = await world.command('bob', `/leads why ${lead.id}`);
  expect(told).toContain('*Ann One*');
  expect(told).toContain(`<@${bob}> has it.`);
  expect(told).toMatch(/<!date\^\d+\^/);
  expect(told).toMatch(
    new RegExp(`1\\. Not there: <@${alice}> \\(away until [^)]+\\)\\.\\n2\\. Round robin among`),
  );
});

test.each(['ann', 'Ann One', 'ann.one@one.example', '#1', '1'])('a lead is found by “%s”', async (typed) => {
  const world = await startWorld();
  await world.demoLead('Ann One');
  expect(await world.command('bob', `/leads why ${typed}`)).toContain('*Ann One*');
});

test('the newest comes first: a claim stands above the offer', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ann One');
  await world.advance('5m');
  await world.click('bob', world.card(lead), 'claim');
  const told = await world.command('bob', '/leads why ann');
  const [claimed, offered] = [told.indexOf(`<@${bob}> claimed it.`), told.indexOf('On offer: the first')];
  expect(claimed).toBeGreaterThan(-1);
  expect(offered).toBeGreaterThan(claimed);
});

test('when several leads fit, a short list says which to type', async () => {
  const world = await startWorld();
  const [one, two] = [await world.demoLead('Ann One'), await world.demoLead('Ann Two')];
  const told = await world.command('bob', '/leads why Ann');
  expect(told).toContain(`\`/leads why ${one.id}\``);
  expect(told).toContain(`\`/leads why ${two.id}\``);
  expect(await world.command('bob', `/leads why ${two.id}`)).toContain('*Ann Two*');
});

test.each([
  ['', 'Type `/leads why` with a lead’s number'],
  ['nobody <!here>', 'No lead of your teams fits “nobody &lt;!here&gt;”.'],
  ['%', 'No lead of your teams fits “%”.'],
  ['999', 'No lead of your teams fits “999”.'],
])('what fits nothing is answered with what to type: “%s”', async (typed, answer) => {
  const world = await startWorld();
  await world.demoLead('Ann One');
  expect(await world.command('bob', `/leads why ${typed}`)).toContain(answer);
});

test('somebody outside the roster learns nothing of a lead', async () => {
  const world = await startWorld();
  await world.demoLead('Ann One');
  const told = await world.command('max', '/leads why ann');
  expect(told).toContain('in no team’s roster');
  expect(told).not.toContain('Ann One');
});

test('a lead that waits says what for', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.db
    .insertInto('rep')
    .values(
      [people.alice, people.bob, people.carol].map((userId) => ({
        sales_team_id: 1,
        user_id: userId,
        team_id: 'T0ACME',
        most_open: 0,
      })),
    )
    .execute();
  await world.demoLead('Ann One');
  const told = await world.command('bob', '/leads why ann');
  expect(told).toContain('It waits: everybody is full.');
  expect(told).toContain(`No room: <@${alice}> (full: 0 of 0 open leads)`);
});

test('of a blind lead a rep reads where it stands, and nothing of who it is', async () => {
  const world = await startWorld();
  await world.demoLead('Ann Navy');
  await world.db
    .updateTable('sales_team')
    .set({ blind_claim: 1, updated_at: world.now + 1 })
    .execute();
  await world.command('mona', '/leads add Grace Hopper, grace@navy.example, Navy Yard, demo', 'marketing');
  await world.submit('mona', {});
  const lead = await world.newestLead();
  const told = await world.command('bob', `/leads why ${lead.id}`);
  expect(told).toContain(`*A lead of rank ${lead.rank}*`);
  expect(told).toContain('It is on offer.');
  expect(told).not.toMatch(/Hopper|Navy/i);
  for (const typed of ['hopper', 'grace@navy'])
    expect(await world.command('bob', `/leads why ${typed}`)).toContain('No lead of your teams fits');
  expect(await world.command('mona', '/leads why hopper')).toContain('*Grace Hopper*');
  await world.click('bob', world.posts('leads').at(-1) ?? raise(), 'claim');
  expect(await world.command('alice', '/leads why hopper')).toContain('*Grace Hopper*');
});

function raise(): never {
  throw new Error('There is no message.');
}
