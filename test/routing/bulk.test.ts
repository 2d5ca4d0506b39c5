import { expect, test } from 'vitest';
import type { Db } from '../../src/db/schema.ts';
import { release } from '../../src/intake/release.ts';
import { routeWaiting } from '../../src/routing/routing.ts';
import { changedPlaybook } from '../support/playbooks.ts';
import { openDesk } from './support.ts';

/** The database, and how many statements it was given. */
function counting(): { observe: (db: Db) => Db; statements: () => number } {
  let statements = 0;
  return {
    observe: (db) =>
      db.withPlugin({
        transformQuery: ({ node }) => {
          statements += 1;
          return node;
        },
        transformResult: ({ result }) => Promise.resolve(result),
      }),
    statements: () => statements,
  };
}

const weights = { ANN: 5, BEN: 3, CID: 1, DAN: 1 };

test('a list of 1,000 that marketing releases is spread by the weights, with no more work for the last than for the first', async () => {
  const { observe, statements } = counting();
  const desk = await openDesk('round_robin', Object.keys(weights), observe);
  for (const [userId, weight] of Object.entries(weights)) await desk.rep(userId, { weight, most_open: 2000 });
  for (let row = 1; row <= 1000; row += 1)
    await desk.arrive({ source: 'Contact list' }, { way: 'import', by: 'U0MAX', importId: 1 });
  const held = await desk.leads();
  expect(held.every(({ state, owner_id: owner }) => state === 'held' && owner === null)).toBe(true);

  const costs: number[] = [];
  const shares = Object.fromEntries(Object.keys(weights).map((userId) => [userId, 0]));
  let released = 0;
  for (const lead of held) {
    const before = statements();
    const { owner_id: owner } = await release(desk.work, lead, desk.team, 'U0MAX');
    costs.push(statements() - before);
    shares[owner ?? ''] = (shares[owner ?? ''] ?? 0) + 1;
    released += 1;
    for (const [userId, weight] of Object.entries(weights))
      expect(Math.abs((shares[userId] ?? 0) - (weight / 10) * released)).toBeLessThan(1);
  }
  expect(await desk.shares()).toEqual({ ANN: 500, BEN: 300, CID: 100, DAN: 100 });
  expect(Math.max(...costs)).toBeLessThan(40);
  expect(costs.slice(1).every((cost) => cost === costs[1])).toBe(true);
});

test('of a list that is more than the reps can take the rest waits, and managers hear of it once', async () => {
  const desk = await openDesk('round_robin', ['ANN', 'BEN']);
  for (const userId of ['ANN', 'BEN']) await desk.rep(userId, { most_open: 20 });
  for (let row = 1; row <= 100; row += 1) await desk.arrive({}, { way: 'import', by: 'U0MAX', importId: 1 });
  expect(await desk.shares()).toEqual({ ANN: 20, BEN: 20, nobody: 60 });
  const waiting = (await desk.leads()).filter(({ owner_id: owner }) => owner === null);
  expect(waiting.every(({ waits_for: why }) => why === 'everybody is full')).toBe(true);
  const told = await desk.work.db.selectFrom('outbox').selectAll().where('user_id', '=', 'U0MONA').execute();
  expect(told).toHaveLength(1);
  expect(told[0]?.message).toContain('waiting_news');
});

test('of 1,000 leads the 600 that nobody can take keep none of the others waiting', async () => {
  const playbook = changedPlaybook((text) =>
    text.replace('routingRules: []', 'routingRules: [{ country: [DE], tag: german }]'),
  );
  const desk = await openDesk('round_robin', ['ANN', 'BEN', 'CID'], undefined, playbook);
  for (const userId of ['ANN', 'BEN', 'CID'])
    await desk.rep(userId, { most_open: 0, ...(userId === 'CID' && { tags: '["german"]' }) });
  for (let row = 1; row <= 1000; row += 1)
    await desk.arrive(row <= 600 ? { details: [{ label: 'Country', value: 'Germany' }] } : {});
  expect(await desk.shares()).toEqual({ nobody: 1000 });
  await desk.rep('ANN', { most_open: null, weight: 3 });
  await desk.rep('BEN', { most_open: null });
  expect(await routeWaiting(desk.work, desk.team)).toBe(400);
  expect(await desk.shares()).toEqual({ ANN: 300, BEN: 100, nobody: 600 });
});
