import { expect, test } from 'vitest';
import { postHeldImport } from '../../src/gate/import-message.ts';
import { admit } from '../../src/intake/admit.ts';
import { draftOf } from '../../src/intake/draft.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { teamById } from '../../src/team/store.ts';
import type { Work } from '../../src/work.ts';
import { actionIds, channels, people, startWorld, textOf, type World } from '../support/world.ts';
import { click, clickOnly, heldCard, marketingPost } from '../gate/marketing.ts';

/** A list of so many leads, imported by Max: what an import does with each row, and at its end. */
async function importList(world: World, size: number): Promise<void> {
  const playbooks = new Playbooks('data/playbook.yml', 'T0ACME');
  await playbooks.load(world.db, world.now);
  await world.db.transaction().execute(async (db) => {
    const workspace = { teamId: 'T0ACME', botUserId: 'U0SIXTH', url: 'https://acme-sales.slack.com/' };
    const work: Work = { db, now: world.now, playbooks, workspace };
    const team = await teamById(work, 1);
    await db
      .insertInto('lead_import')
      .values({
        id: 1,
        team_id: 'T0ACME',
        sales_team_id: 1,
        user_id: people.max,
        file_name: 'Trade fair.csv',
        content_hash: 'hash',
        format: '{}',
        state: 'done',
        rows: size,
        next_row: size,
        added: size,
        held: size,
        known: 0,
        bad: 0,
        release_by: null,
        created_at: world.now,
        finished_at: world.now,
      })
      .execute();
    for (let row = 1; row <= size; row += 1) {
      const draft = draftOf({
        name: `Person ${row}`,
        email: `person@company${row}.example`,
        account: `Company ${row}`,
        source: 'Contact list',
      });
      await admit(work, { team, way: 'import', key: `import:1:${row}`, draft, by: people.max, importId: 1 });
    }
    await postHeldImport(work, 1, team);
  });
  await world.settle();
}

const list = (world: World): Message => marketingPost(world, (text) => text.startsWith('Trade fair.csv'));

async function states(world: World): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of await world.leads()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

test('a list is one message, however long it is; its leads have no cards', async () => {
  const world = await startWorld();
  const before = world.posts('marketing').length;
  await importList(world, 130);
  expect(world.posts('marketing')).toHaveLength(before + 1);
  const said = textOf(list(world));
  expect(said).toContain('*Trade fair.csv*: 130 leads wait for marketing.');
  expect(said).toContain('130: Rank D (from a list) is qualified first.');
  expect(actionIds(list(world))).toEqual(['held_import:20', 'held_import:100', 'held_import:all']);
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toEqual([]);
});

test('a click releases the next ones in the order they came, and the message says what is left', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await importList(world, 45);
  await click(world, 'max', list(world), 'held_import:20');
  const owned = (await world.leads()).filter((lead) => lead.state === 'owned');
  expect(owned.map((lead) => lead.name)).toEqual(
    Array.from({ length: 20 }, (_, index) => `Person ${index + 1}`),
  );
  expect(textOf(list(world))).toContain('25 leads wait for marketing.');
  expect(world.lastWhisper('max', 'marketing')).toContain(
    'Released: 20 leads on the way to the reps. 25 leads still wait.',
  );
  await click(world, 'max', list(world), 'held_import:all');
  expect(textOf(list(world))).toContain('no lead waits any more.');
  expect(actionIds(list(world))).toEqual([]);
  expect(await states(world)).toEqual({ owned: 45 });
});

test('of a long list a click releases a hundred, the tick the rest, and every card comes once', async () => {
  const world = await startWorld();
  await importList(world, 230);
  const outcome = await clickOnly(world, 'max', list(world), 'held_import:all');
  expect(outcome).toMatchObject({ ok: true });
  expect(await states(world)).toEqual({ held: 130, offered: 100 });
  await world.app.tick();
  expect(await states(world)).toEqual({ offered: 230 });
  await world.app.tick();
  const cards = await world.db
    .selectFrom('outbox')
    .select(['slot', 'lane'])
    .where('slot', 'like', 'card:%')
    .where('kind', '=', 'post')
    .execute();
  expect(new Set(cards.map((row) => row.slot)).size).toBe(230);
  expect(cards).toHaveLength(230);
  expect(new Set(cards.map((row) => row.lane))).toEqual(new Set([`bulk:${channels.leads}`]));
  const released = await world.db
    .selectFrom('audit')
    .select('actor')
    .distinct()
    .where('action', '=', 'lead.released')
    .execute();
  expect(released).toEqual([{ actor: people.max }]);
});

test('while the tick still has some to release, the message says so and offers no button for them', async () => {
  const world = await startWorld();
  await importList(world, 130);
  await clickOnly(world, 'max', list(world), 'held_import:all');
  await world.app.outbox.drain();
  expect(textOf(list(world))).toContain('no lead waits any more. 30 more are on their way to the reps.');
  expect(actionIds(list(world))).toEqual([]);
});

test('two click at once: one batch is released, the other person is told to look again', async () => {
  const world = await startWorld();
  await importList(world, 60);
  const message = list(world);
  await Promise.all([
    clickOnly(world, 'max', message, 'held_import:20'),
    clickOnly(world, 'mona', message, 'held_import:20'),
  ]);
  await world.settle();
  expect(await states(world)).toEqual({ held: 40, offered: 20 });
  const told = [world.lastWhisper('max', 'marketing'), world.lastWhisper('mona', 'marketing')];
  expect(told.filter((text) => text.includes('so nothing was released: 40 leads wait now.'))).toHaveLength(1);
});

test('a lead of a list that comes in again gets a card of its own, and the list counts it no more once released', async () => {
  const world = await startWorld();
  await importList(world, 3);
  await world.hubspotLead({
    'First Name': 'Person',
    'Last Name': '2',
    Email: 'person@company2.example',
    Form: 'Purchased list',
  });
  const [, second] = await world.leads();
  if (!second) throw new Error('unreachable');
  await click(world, 'max', heldCard(world, second), 'held_release');
  expect(textOf(list(world))).toContain('2 leads wait for marketing.');
});

test('the standup links the list where the oldest that waits is one of it', async () => {
  const world = await startWorld();
  await importList(world, 1100);
  const told = await world.command('mona', '/standup');
  expect(told).toContain('1,100 leads wait for marketing, the oldest since Monday');
  expect(told).toContain(`p${list(world).ts.replace('.', '')}|Look at it>`);
});
