import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { listOfName, nameOfList } from '../../src/queue/answer-list.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import { moment, people, startWorld, textOf, type World } from '../support/world.ts';

const calm = () => ({ playbookPath: changedPlaybook(withoutLadders) });

async function twoLeads(world: World): Promise<[LeadRow, LeadRow]> {
  return [await world.ownedLead('alice'), await world.ownedLead('alice', 'Alan Turing')];
}

/** The list as it stands now, its rows with their texts and buttons. */
function listOf(world: World, title: RegExp): Message {
  const found = world.whispers('alice').findLast((message) => title.test(textOf(message)));
  if (!found) throw new Error('There is no list.');
  return found;
}

function rowsOf(list: Message): string[] {
  return textOf(list)
    .split('\n')
    .filter((text) => /Ada Lovelace|Alan Turing|Logged|attempt|touch by|Closed/.test(text));
}

test('a click in the queue shows what was done in its row, and no row moves; Undo brings the buttons back', async () => {
  const world = await startWorld(calm());
  const [ada, alan] = await twoLeads(world);
  await world.command('alice', '/leads');
  const before = world.whispers('alice').length;
  const queue = () => listOf(world, /My queue/);
  await world.click('alice', queue(), 'touch:voicemail', String(ada.id));
  expect(world.whispers('alice')).toHaveLength(before);
  const names = rowsOf(queue()).filter((text) => /\*\d\.\*/.test(text));
  expect(names).toEqual([expect.stringContaining('Ada Lovelace'), expect.stringContaining('Alan Turing')]);
  expect(textOf(queue())).toContain('Logged: left voicemail, attempt 1.');
  await world.click('alice', queue(), 'touch:email', String(alan.id));
  expect(textOf(queue())).toContain('Logged: emailed, attempt 1.');
  const touch = await world.db
    .selectFrom('touch')
    .select('id')
    .where('lead_id', '=', ada.id)
    .executeTakeFirst();
  await world.click('alice', queue(), 'touch_undo', String(touch?.id));
  expect(textOf(queue())).not.toContain('left voicemail');
  await world.click('alice', queue(), 'touch:no_answer', String(ada.id));
  expect((await world.lead(ada.id)).attempts).toBe(1);
});

test('what is done in a form that was opened from the queue shows in its row', async () => {
  const world = await startWorld(calm());
  const [ada] = await twoLeads(world);
  await world.command('alice', '/leads');
  const before = world.whispers('alice').length;
  await world.click('alice', listOf(world, /My queue/), 'touch_form', String(ada.id));
  await world.submit('alice', { kind: 'linkedin', note: 'She reads on trains' });
  expect(world.whispers('alice')).toHaveLength(before);
  expect(textOf(listOf(world, /My queue/))).toMatch(/Logged: .*, attempt 1\.[\s\S]*She reads on trains/);
});

test('a form that is sent when Slack takes no answer any more is confirmed beside the list', async () => {
  const world = await startWorld(calm());
  const [ada] = await twoLeads(world);
  await world.command('alice', '/leads');
  await world.click('alice', listOf(world, /My queue/), 'touch_form', String(ada.id));
  world.sandbox.clock.set(world.now + 31 * 60_000);
  await world.submit('alice', { kind: 'email' });
  expect(world.lastWhisper('alice')).toContain('Logged for *Ada Lovelace*');
});

test('a lead that is somebody else’s by now says so in its row, and nothing is logged', async () => {
  const world = await startWorld(calm());
  const [ada] = await twoLeads(world);
  await world.command('alice', '/leads');
  await world.db.updateTable('lead').set({ owner_id: people.bob }).where('id', '=', ada.id).execute();
  await world.click('alice', listOf(world, /My queue/), 'touch:email', String(ada.id));
  expect(world.lastWhisper('alice')).toContain('Nothing was logged.');
  expect(textOf(listOf(world, /My queue/))).toContain(`<@${people.bob}>`);
  expect(textOf(listOf(world, /My queue/))).toContain('Alan Turing');
});

test('after the last one the list says that all is done', async () => {
  const world = await startWorld(calm());
  const lead = await world.ownedLead('alice');
  await world.command('alice', '/leads');
  await world.click('alice', listOf(world, /My queue/), 'touch_form', String(lead.id));
  await world.db.updateTable('lead').set({ owner_id: people.bob }).execute();
  await world.submit('alice', { kind: 'email' });
  await world.click('alice', listOf(world, /My queue/), 'touch:email', String(lead.id));
  expect(textOf(listOf(world, /My queue/))).toContain('All done.');
});

test('the leads that wait when somebody asks for more are a list of the same kind', async () => {
  const world = await startWorld(calm());
  const [ada, alan] = await twoLeads(world);
  await world.skipTo(moment('2026-11-05', '11:00'));
  await world.command('alice', '/leads more');
  const more = () => listOf(world, /not had (its|their) touches|waits for you any more/);
  await world.click('alice', more(), 'touch:email', String(ada.id));
  expect(textOf(more())).toContain('1 of your 2 open leads has not had its touches');
  expect(textOf(more())).toContain('Logged: emailed, attempt 1.');
  await world.click('alice', more(), 'touch:email', String(alan.id));
  expect(textOf(more())).toContain('None of your open leads waits for you any more');
  expect(world.directMessages('mona').join()).not.toContain('out of leads');
});

test('the name of a list fits its rows, however large the numbers of its leads', () => {
  const list = {
    kind: 'queue' as const,
    at: moment('2126-11-02', '10:00'),
    leadIds: Array.from({ length: 15 }, (_, index) => 10 ** 12 + index),
  };
  expect(nameOfList(list).length).toBeLessThan(230);
  expect(listOfName(nameOfList(list))).toEqual(list);
  expect(listOfName('queue')).toBeUndefined();
  expect(listOfName('other.1.2')).toBeUndefined();
});
