import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { Committer } from '../../src/db/committer.ts';
import { openDatabase } from '../../src/db/open.ts';
import type { Db } from '../../src/db/schema.ts';

function rig(): { db: Db; committer: Committer; remember: (user: string) => (db: Db) => Promise<string> } {
  const db = openDatabase(':memory:');
  onTestFinished(() => db.destroy());
  const remember = (user: string) => async (unit: Db) => {
    await unit
      .insertInto('direct_channel')
      .values({ team_id: 'T', user_id: user, channel_id: 'D' })
      .execute();
    return user;
  };
  return { db, committer: new Committer(db), remember };
}

async function users(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('direct_channel').select('user_id').orderBy('user_id').execute();
  return rows.map((row) => row.user_id);
}

test('units that arrive together are all committed and each gets its own result', async () => {
  const { db, committer, remember } = rig();
  const names = Array.from({ length: 200 }, (_, index) => `U${String(index).padStart(3, '0')}`);
  expect(await Promise.all(names.map((name) => committer.run(remember(name))))).toEqual(names);
  expect(await users(db)).toEqual(names);
});

test('a unit that throws is rolled back alone, wherever it stands among the others', async () => {
  const { db, committer, remember } = rig();
  const failing = async (unit: Db): Promise<string> => {
    await remember('lost')(unit);
    throw new Error('no');
  };
  const units = [failing, remember('a'), failing, remember('b'), failing];
  const ended = await Promise.allSettled(units.map((unit) => committer.run(unit)));
  expect(ended.map((result) => result.status)).toEqual([
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
  ]);
  expect(await users(db)).toEqual(['a', 'b']);
});

test('a commit that is refused is refused to everybody in it, and the next one works', async () => {
  const { db, committer, remember } = rig();
  // Deferred, a broken reference is found only by the commit: the unit itself succeeds.
  const dangling = async (unit: Db): Promise<void> => {
    await sql`PRAGMA defer_foreign_keys = ON`.execute(unit);
    await unit
      .insertInto('lead_channel')
      .values({ team_id: 'T', channel_id: 'C', sales_team_id: 404 })
      .execute();
  };
  await committer.run(remember('first'));
  const ended = await Promise.allSettled([committer.run(remember('a')), committer.run(dangling)]);
  expect(ended.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  await committer.run(remember('next'));
  expect(await users(db)).toEqual(['first', 'next']);
});
