import { expect, test } from 'vitest';
import { people, startWorld, textOf, type World } from '../support/world.ts';
import type { LeadRow } from '../../src/db/schema.ts';

async function openForm(world: World, lead: LeadRow): Promise<void> {
  await world.click('alice', world.card(lead), 'more', `${lead.id}:add_person`);
}

async function add(world: World, lead: LeadRow, values: Record<string, string>): Promise<void> {
  await openForm(world, lead);
  await world.submit('alice', values);
}

test('a person is added, and touches with them belong to them', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, {
    name: 'Bob Byte',
    email: 'Bob.Byte+crm@lovelace.example',
    phone: '+49 30 901820',
  });
  expect(await world.db.selectFrom('person').selectAll().execute()).toMatchObject([
    { lead_id: lead.id, name: 'Bob Byte', email_key: 'bob.byte@lovelace.example', phone: '+4930901820' },
  ]);
  expect(world.lastWhisper('alice')).toContain('*Bob Byte* is added to *Ada Lovelace* (Lovelace Ltd).');
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'email', person: '1', message: 'short_question' });
  expect(await world.db.selectFrom('touch').selectAll().execute()).toMatchObject([
    { person_id: 1, message: 'short_question', attempt: 1 },
  ]);
  expect(world.lastWhisper('alice')).toContain('Logged for *Bob Byte*: emailed, with “A short question”');
});

test('once somebody works the lead, the card tells how many people are tried at the account', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  expect(textOf(world.card(lead))).not.toContain('people tried');
  await world.click('alice', world.card(lead), 'touch:email');
  expect(textOf(world.card(lead))).toContain('1 of 5 people tried at Lovelace Ltd');
  await add(world, lead, { name: 'Bob Byte', email: 'bob@lovelace.example' });
  expect(textOf(world.card(lead))).toContain('1 of 5 people tried at Lovelace Ltd');
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'linkedin', person: '1' });
  expect(textOf(world.card(lead))).toContain('2 of 5 people tried at Lovelace Ltd');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect(textOf(world.card(lead))).toContain('1 of 5 people tried at Lovelace Ltd');
});

test.each([
  [{ name: 'Ada Lovelace' }, 'This lead is *Ada Lovelace* already.'],
  [{ name: 'A. L.', email: 'ada.lovelace@lovelace.example' }, 'This lead is *Ada Lovelace* already.'],
  [{ name: 'Byte, Bob' }, `<@${people.alice}> has added *Byte, Bob* here already.`],
  [{ name: 'Carol King' }, `*Carol King* is a lead already; <@${people.alice}> has it.`],
  [
    { name: 'Somebody', email: 'grace.hopper@navy.example' },
    '*Somebody* is a lead already; nobody has it yet.',
  ],
])('whom we know already is not added twice (%o)', async (values, sentence) => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.ownedLead('alice', 'Carol King');
  await world.db.updateTable('lead').set({ account_key: 'lovelace.example' }).execute();
  await world.demoLead('Grace Hopper');
  await world.db
    .updateTable('lead')
    .set({ email_key: 'grace.hopper@navy.example' })
    .where('name', '=', 'Grace Hopper')
    .execute();
  await add(world, lead, { name: 'Bob Byte' });
  await add(world, lead, values);
  expect(world.refusal('alice')).toContain(sentence);
  expect(await world.db.selectFrom('person').selectAll().execute()).toHaveLength(1);
});

test('a field that can’t be used says how to fill it in', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await openForm(world, lead);
  const outcome = await world.submit('alice', { name: 'Bob', email: 'bob at home' });
  expect(JSON.stringify(outcome)).toContain('This is no mail address.');
});

test('nobody adds people to somebody else’s lead', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('bob', world.card(lead), 'more', `${lead.id}:add_person`);
  expect(world.lastWhisper('bob')).toContain(`is <@${people.alice}>'s lead.`);
});

test('an added person who comes in by themselves goes to the same rep, who is told, and what they read is remembered', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Lovelace', email: 'bob.lovelace@lovelace.example' });
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'email', person: '1', message: 'first_mail' });
  const came = await world.demoLead('Bob Lovelace');
  expect(came.owner_id).toBe(people.alice);
  expect(textOf(world.thread(lead).at(-1))).toContain(
    `<@${people.alice}> *Bob Lovelace*, whom you added here, came in as a lead of their own`,
  );
  await world.click('alice', world.card(came), 'messages');
  expect(JSON.stringify(world.sandbox.view(people.alice)?.blocks)).toMatch(
    /\*First mail\* · Email\\n:white_check_mark: Used <!date\^\d+\^\{date_short_pretty\}[^>]*> by <@/,
  );
});

test('the messages are filled in for the person chosen, signed, and ready to copy or mail', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.db
    .insertInto('preference')
    .values({ team_id: lead.team_id, user_id: people.alice, signature: 'Alice from Acme' })
    .onConflict((row) => row.columns(['team_id', 'user_id']).doUpdateSet({ signature: 'Alice from Acme' }))
    .execute();
  await add(world, lead, { name: 'Bob Byte', email: 'bob@lovelace.example' });
  await world.click('alice', world.card(lead), 'messages');
  const first = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(first).toContain('"type":"rich_text_preformatted"');
  expect(first).toContain('Hi Ada, Alice from Acme here.');
  expect(first).toContain(
    'mailto:ada.lovelace@lovelace.example?subject=A%20question%20about%20Lovelace%20Ltd',
  );
  await world.sandbox.interact({
    viewId: world.sandbox.view(people.alice)?.id ?? '',
    user: people.alice,
    action: { action_id: 'messages_for', value: `${lead.id}:1` },
  });
  await world.settle();
  const second = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(second).toContain('Hi Bob, Alice from Acme here.');
  expect(second).toContain('mailto:bob@lovelace.example');
});

/** The form with the people of this lead, and what somebody does with one of them there. */
async function inForm(
  world: World,
  lead: LeadRow,
  action_id: string,
  value: string,
  clicks = 1,
): Promise<void> {
  await openForm(world, lead);
  const viewId = world.sandbox.view(people.alice)?.id ?? '';
  const click = () => world.sandbox.interact({ viewId, user: people.alice, action: { action_id, value } });
  await Promise.all(Array.from({ length: clicks }, click));
  await world.settle();
}

function formText(world: World): string {
  return JSON.stringify(world.sandbox.view(people.alice)?.blocks);
}

async function story(world: World, lead: LeadRow): Promise<string> {
  await world.click('alice', world.card(lead), 'more', `${lead.id}:story`);
  return formText(world);
}

test('a typo in a mail address is corrected, and the person is known by the right one', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Lovelace', email: 'bob.lovelave@lovelace.example' });
  await inForm(world, lead, 'person:1', 'edit');
  expect(formText(world)).toContain('"initial_value":"bob.lovelave@lovelace.example"');
  const right = { name: 'Bob Lovelace', email: 'bob.lovelace@lovelace.example' };
  await world.submit('alice', { 'name:1': right.name, 'email:1': right.email });
  expect(world.lastWhisper('alice')).toContain('*Bob Lovelace* at the account of *Ada Lovelace*');
  expect(await world.db.selectFrom('person').selectAll().execute()).toMatchObject([
    { ...right, email_key: 'bob.lovelace@lovelace.example', added_by: people.alice },
  ]);
  expect(await story(world, lead)).toContain(`<@${people.alice}> corrected Bob Lovelace: mail address.`);
  await world.demoLead('Bob Lovelace');
  expect(textOf(world.thread(lead).at(-1))).toContain('came in as a lead of their own');
});

test('the form to correct somebody shows what is known, whatever was typed in the form beneath', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Byte', email: 'bob@lovelace.example' });
  const fields = (): string[] =>
    [...formText(world).matchAll(/"block_id":"([^"]+)"/g)].map(([, id]) => id ?? '');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:add_person`);
  const beneath = fields();
  await inForm(world, lead, 'person:1', 'edit');
  // Slack fills a field that it knows already with what stands in it, not with what the app says.
  expect(fields().filter((id) => /name|email|phone|title/.test(id) && beneath.includes(id))).toEqual([]);
});

test('a correction that changes nothing leaves no trace, and one into somebody we know is refused', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Byte', email: 'bob@lovelace.example' });
  await add(world, lead, { name: 'Carl Chip' });
  await inForm(world, lead, 'person:2', 'edit');
  await world.submit('alice', { 'name:2': 'Carl Chip' });
  const corrections = world.db.selectFrom('audit').selectAll().where('action', '=', 'person.corrected');
  expect(await corrections.execute()).toEqual([]);
  await inForm(world, lead, 'person:2', 'edit');
  await world.submit('alice', { 'name:2': 'Carl Chip', 'email:2': 'bob@lovelace.example' });
  expect(world.refusal('alice')).toContain('has added *Carl Chip* here already.');
  await inForm(world, lead, 'person:2', 'edit');
  const outcome = await world.submit('alice', { 'name:2': 'Carl Chip', 'email:2': 'carl at home' });
  expect(JSON.stringify(outcome)).toContain('This is no mail address.');
});

test('a person who is removed is offered no more and counts no more; the story still names them; they can be put back', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Byte', email: 'bob@lovelace.example' });
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'linkedin', person: '1' });
  expect(textOf(world.card(lead))).toContain('1 of 5 people tried');
  await inForm(world, lead, 'person:1', 'remove');
  expect(formText(world)).toContain(':wastebasket: Bob Byte is removed.');
  expect(textOf(world.card(lead))).toContain('0 of 5 people tried');
  expect(await world.command('alice', '/leads find Byte')).toContain('No lead');
  await world.click('alice', world.card(lead), 'touch_form');
  expect(formText(world)).not.toContain('Bob Byte');
  expect(await story(world, lead)).toMatch(/Attempt 1.*with Bob Byte[\s\S]*removed Bob Byte from the people/);
  await inForm(world, lead, 'person_back', '1');
  expect(formText(world)).toContain('*Bob Byte*');
  expect(textOf(world.card(lead))).toContain('1 of 5 people tried');
});

test('a touch with somebody who was removed can still be edited, and a form that offered them says so', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Byte' });
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'linkedin', person: '1' });
  const said = world.whisper('alice');
  await world.click('alice', world.card(lead), 'touch_form');
  await world.db.updateTable('person').set({ removed_at: world.now }).execute();
  expect(await world.submit('alice', { kind: 'email', person: '1' })).toMatchObject({
    errors: { person: 'Bob Byte was removed meanwhile. Choose somebody else.' },
  });
  await world.click('alice', said, 'touch_edit');
  expect(await world.submit('alice', { kind: 'email', note: 'Wrote', person: '1' })).toMatchObject({
    ok: true,
  });
});

test('two clicks on Remove are one, and so are two on Put back', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Byte' });
  await inForm(world, lead, 'person:1', 'remove', 2);
  await inForm(world, lead, 'person_back', '1', 2);
  const said = await world.db
    .selectFrom('audit')
    .select('action')
    .where('action', 'like', 'person.%')
    .execute();
  expect(said.map(({ action }) => action)).toEqual(['person.added', 'person.removed', 'person.put_back']);
});

test('who was removed can be added anew, and is not put back beside themselves', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await add(world, lead, { name: 'Bob Byte' });
  await inForm(world, lead, 'person:1', 'remove');
  await add(world, lead, { name: 'Bob Byte', email: 'bob@lovelace.example' });
  await inForm(world, lead, 'person_back', '1');
  expect(world.refusal('alice')).toContain('has added *Bob Byte* here already.');
});
