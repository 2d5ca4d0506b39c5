import { expect, test } from 'vitest';
import { postHeldImport } from '../../src/gate/import-message.ts';
import { admit } from '../../src/intake/admit.ts';
import { draftOf } from '../../src/intake/draft.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { teamById } from '../../src/team/store.ts';
import type { Work } from '../../src/work.ts';
import { actionIds, channels, people, startWorld, textOf, type World } from '../support/world.ts';
import { awaitView } from '../../src/demo/await-view.ts';
import { chooseReason, click, clickOnly, formText, heldCard, marketingPost } from '../gate/marketing.ts';

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
  expect(said).toContain(
    'Why they wait: all 130 are of rank D (from a list), and marketing checks those first.',
  );
  expect(actionIds(list(world))).toEqual([
    'held_import:20',
    'held_import:100',
    'held_import:all',
    'held_list',
    'held_rest',
  ]);
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
    'Released: 20 leads on the way to the reps. 25 leads wait still.',
  );
  await click(world, 'max', list(world), 'held_import:all');
  expect(textOf(list(world))).toContain(`45 leads released by <@${people.max}>.`);
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

test('a lead of a list that goes on by itself waits no more in the message of its list', async () => {
  const world = await startWorld();
  await importList(world, 3);
  await world.hubspotLead({ 'First Name': 'Person', 'Last Name': '2', Email: 'person@company2.example' });
  expect(await states(world)).toEqual({ held: 2, offered: 1 });
  expect(textOf(list(world))).toContain('2 leads wait for marketing.');
});

test('the standup links the list where the oldest that waits is one of it', async () => {
  const world = await startWorld();
  await importList(world, 1100);
  const told = await world.command('mona', '/standup');
  expect(told).toContain('1,100 leads wait for marketing, the oldest since Monday');
  expect(told).toContain(`p${list(world).ts.replace('.', '')}|Look at it>`);
});

async function openList(world: World): Promise<void> {
  await click(world, 'max', list(world), 'held_list');
  await awaitView(world.sandbox, people.max);
}

/** A click on a button of the modal. */
async function inModal(
  world: World,
  actionId: string,
  value: string,
  person: 'max' | 'mona' = 'max',
): Promise<void> {
  const viewId = world.sandbox.view(people[person])?.id ?? '';
  await world.sandbox.interact({ viewId, user: people[person], action: { action_id: actionId, value } });
  await world.settle();
}

const shown = (world: World): string[] => [
  ...new Set([...formText(world, 'max').matchAll(/\*(Person \d+)\*/g)].map((match) => match[1] ?? '')),
];

test('a list shows its leads, ten at a time, with why each of them waits', async () => {
  const world = await startWorld();
  await importList(world, 23);
  await openList(world);
  expect(formText(world, 'max')).toContain('23 leads wait. These are 1 to 10.');
  expect(formText(world, 'max')).toContain('*Person 1* (Company 1)');
  expect(formText(world, 'max')).toContain('person@company1.example');
  expect(shown(world)).toHaveLength(10);
  await inModal(world, 'list_page:later', '1:10');
  await inModal(world, 'list_page:later', '1:20');
  expect(shown(world)).toEqual(['Person 21', 'Person 22', 'Person 23']);
  await inModal(world, 'list_page:earlier', '1:10');
  expect(shown(world)[0]).toBe('Person 11');
});

test('a lead of a list is released, completed and turned down by itself; the list follows', async () => {
  const world = await startWorld();
  await importList(world, 4);
  await openList(world);
  await inModal(world, 'list_release', '2:1:0');
  expect(formText(world, 'max')).toContain('Released: *Person 2*');
  await inModal(world, 'list_complete', '3:1:0');
  await world.submit('max', { title: 'Head of Sales' });
  expect(formText(world, 'max')).toContain('Saved: *Person 3* (Company 3). Still held: Rank D');
  await inModal(world, 'list_turn_down', '1:1:0');
  await chooseReason(world, 'max', { id: 1 }, 'spam', ':1:0');
  await world.submit('max', {});
  expect(formText(world, 'max')).toContain('Closed as spam: *Person 1* (Company 1).');
  expect(shown(world)).toEqual(['Person 1', 'Person 3', 'Person 4']);
  expect(textOf(list(world))).toContain('2 leads wait for marketing.');
  // Spam was never shown to anybody: no card in either channel.
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead: Person 1'))).toEqual([]);
  expect(world.posts('marketing').filter((post) => post.text.includes('Person 1'))).toEqual([]);
});

test('a lead of a list that was turned down and not told yet gets a card until it is', async () => {
  const world = await startWorld();
  await importList(world, 1);
  await openList(world);
  await inModal(world, 'list_turn_down', '1:1:0');
  await chooseReason(world, 'max', { id: 1 }, 'not_a_fit', ':1:0');
  await world.submit('max', { sent: 'no' });
  const [lead] = await world.leads();
  if (!lead) throw new Error('unreachable');
  expect(actionIds(heldCard(world, lead))).toEqual(['held_sent', 'held_take_back']);
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toEqual([]);
  await click(world, 'max', heldCard(world, lead), 'held_take_back');
  expect(textOf(list(world))).toContain('1 lead waits for marketing.');
});

test('who decides in the list about a lead that is decided hears who was faster, and sees the list anew', async () => {
  const world = await startWorld();
  await importList(world, 2);
  await openList(world);
  await click(world, 'mona', list(world), 'held_list');
  await awaitView(world.sandbox, people.mona);
  await inModal(world, 'list_release', '1:1:0', 'mona');
  await inModal(world, 'list_turn_down', '1:1:0');
  expect(formText(world, 'max')).toContain(`was released already by <@${people.mona}>`);
  expect(formText(world, 'max')).toContain('1 lead waits.');
});

test('the rest of a list is turned down at once, the first hundred by the click and the others by the tick', async () => {
  const world = await startWorld();
  await importList(world, 230);
  await click(world, 'max', list(world), 'held_import:20');
  await click(world, 'max', list(world), 'held_rest');
  await awaitView(world.sandbox, people.max);
  await inModal(world, 'rest_reason', 'spam:1:210');
  expect(formText(world, 'max')).toContain('They are closed without one.');
  await world.submit('max', {});
  expect(world.lastWhisper('max', 'marketing')).toContain('Turned down: 210 leads.');
  expect(await states(world)).toEqual({ held: 110, offered: 20, resolved: 100 });
  expect(textOf(list(world))).toContain('no lead waits any more. 110 leads are being turned down.');
  await world.app.tick();
  await world.settle();
  expect(await states(world)).toEqual({ offered: 20, resolved: 210 });
  const [{ resolution, resolved_by } = {}] = (await world.leads()).slice(-1);
  expect([resolution, resolved_by]).toEqual(['rejected', people.max]);
  expect(textOf(list(world))).toContain(
    `210 leads turned down by <@${people.max}>, 20 released by <@${people.max}>.`,
  );
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toHaveLength(20);
  await world.advance('1m');
  expect(await world.command('mona', '/leads digest', 'marketing')).not.toContain('without an answer');
});

test('what was released before the rest was turned down still goes to the reps', async () => {
  const world = await startWorld();
  await importList(world, 230);
  await clickOnly(world, 'max', list(world), 'held_import:100');
  await world.settle();
  await clickOnly(world, 'max', list(world), 'held_import:100');
  await clickOnly(world, 'mona', list(world), 'held_rest');
  await awaitView(world.sandbox, people.mona);
  await inModal(world, 'rest_reason', 'no_budget_now:1:30', 'mona');
  await world.submit('mona', { answered: 'no' });
  await world.app.tick();
  expect(await states(world)).toEqual({ offered: 200, resolved: 30 });
});

test('a list behind many cards says how long it takes', async () => {
  const world = await startWorld();
  await importList(world, 230);
  await clickOnly(world, 'max', list(world), 'held_import:all');
  await world.app.outbox.drain();
  expect(world.lastWhisper('max', 'marketing')).toMatch(/it takes about \d+ minutes/);
});

test('in the digest a list that waits too long is one line, with the way to decide', async () => {
  const world = await startWorld();
  await importList(world, 11);
  await world.skipTo(world.now + 3 * 86_400_000);
  const told = await world.command('mona', '/leads digest', 'marketing');
  expect(told).toContain('11 held leads wait for you longer than 2 working days. Release or turn them down:');
  expect(told).toContain(`• 11 leads of <`);
  expect(told).toContain(`p${list(world).ts.replace('.', '')}|Trade fair.csv>`);
  expect(told).not.toContain('Person 1');
  expect(told).toContain('11 came with lists.');
});
