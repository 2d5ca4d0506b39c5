import { expect, test } from 'vitest';
import type { ModalView } from '@slack/types';
import type { LeadRow } from '../../src/db/schema.ts';
import { awaitView } from '../../src/demo/await-view.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { channels, people, type PersonName, startWorld, textOf, type World } from '../support/world.ts';

const grace = { name: 'Grace Hopper', email: 'grace@flow.example', account: 'Flow-Matic' };

async function addLead(world: World, person: PersonName, values: Record<string, unknown>): Promise<LeadRow> {
  await world.sandbox.shortcut({ user: people[person], callbackId: 'add_lead' });
  await world.submit(person, values);
  return world.newestLead();
}

async function track(
  world: World,
  person: PersonName,
  message: Pick<Message, 'ts'>,
  channel: keyof typeof channels = 'leads',
): Promise<void> {
  const where = { channel: channels[channel], messageTs: message.ts };
  await world.sandbox.shortcut({ user: people[person], callbackId: 'track_lead', ...where });
  await world.settle();
}

/** What stands in the form's fields that the person sees. */
async function filledIn(world: World, person: PersonName): Promise<Record<string, string>> {
  await awaitView(world.sandbox, people[person]);
  const view = world.sandbox.view(people[person]) as unknown as ModalView;
  const found: Record<string, string> = {};
  for (const block of view.blocks) {
    const element = 'element' in block ? block.element : undefined;
    if (element?.type !== 'plain_text_input' || element.initial_value === undefined) continue;
    found[block.block_id ?? ''] = element.initial_value;
  }
  return found;
}

async function addSecondTeam(world: World, member: PersonName): Promise<void> {
  const row = await world.db.selectFrom('sales_team').selectAll().executeTakeFirstOrThrow();
  const team = { team_id: row.team_id, sales_team_id: 2 };
  await world.db
    .insertInto('sales_team')
    .values({ ...row, id: 2, name: 'Outbound' })
    .execute();
  await world.db
    .insertInto('lead_channel')
    .values({ ...team, channel_id: channels.sales })
    .execute();
  await world.db
    .insertInto('member')
    .values({ ...team, user_id: people[member], role: 'rep', position: 0 })
    .execute();
}

test('`/leads add` makes a lead with a card like any other, and its person hears where it is', async () => {
  const world = await startWorld();
  await world.command('bob', '/leads add');
  await world.submit('bob', {
    ...grace,
    title: 'Admiral',
    source: 'Trade fair',
    message: 'wants a compiler',
  });
  const lead = await world.newestLead();
  expect(lead).toMatchObject({
    ...grace,
    title: 'Admiral',
    source: 'Trade fair',
    message: 'wants a compiler',
    way: 'hand',
    added_by: people.bob,
    rank: 'B',
    rank_reason: 'came to an event',
    state: 'offered',
  });
  expect(textOf(world.card(lead))).toContain('added by <@U0BOB>');
  expect(world.lastWhisper('bob')).toContain(
    '*Grace Hopper* is in: its card is in <#C0LEADS>, for whoever claims it first. Rank B: came to an event.',
  );
});

test('what is typed behind `/leads add` stands in the form already', async () => {
  const world = await startWorld();
  await world.command('bob', '/leads add Grace Hopper, grace@flow.example, Flow-Matic, webinar');
  expect(await filledIn(world, 'bob')).toEqual({ ...grace, source: 'webinar' });
});

test('the shortcut adds a lead from anywhere, and answers in a direct message', async () => {
  const world = await startWorld();
  const lead = await addLead(world, 'alice', { name: 'Ada Lovelace', phone: '+49 30 901820' });
  expect(lead).toMatchObject({ phone: '+4930901820', source: 'Added by hand', channel_id: channels.leads });
  expect(world.directMessages('alice').at(-1)).toContain('*Ada Lovelace* is in');
});

test('who wants to keep the lead gets it, with its first touch due', async () => {
  const world = await startWorld();
  const lead = await addLead(world, 'alice', { ...grace, owner: 'me' });
  expect(lead).toMatchObject({ state: 'owned', owner_id: people.alice });
  expect(lead.next_attempt_at).toBeGreaterThan(world.now);
  expect(textOf(world.card(lead))).toContain(':bust_in_silhouette: <@U0ALICE>');
  expect(world.directMessages('alice').at(-1)).toMatch(/is in, and yours.*First touch due <!date/);
});

test('in a team that goes round robin the next rep gets it, whoever has typed it', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  await world.sandbox.shortcut({ user: people.carol, callbackId: 'add_lead' });
  await awaitView(world.sandbox, people.carol);
  expect(JSON.stringify(world.sandbox.view(people.carol))).not.toContain('"owner"');
  await world.submit('carol', grace);
  expect(await world.newestLead()).toMatchObject({ owner_id: people.alice });
  expect(world.directMessages('carol').at(-1)).toContain('*Grace Hopper* is in, with <@U0ALICE>');
});

test.each([
  [{ name: 'Grace Hopper' }, { email: /Give a mail address or a phone number/ }],
  [{ email: 'grace at flow' }, { email: /no mail address/ }],
  [{ email: 'a@x.example, b@x.example' }, { email: /several addresses/ }],
  [{ phone: 'call me' }, { phone: /no phone number/ }],
  [
    { email: 'nobody', phone: '12' },
    { email: /no mail address/, phone: /no phone number/ },
  ],
])('what nobody could be reached by is answered under its field: %o', async (values, expected) => {
  const world = await startWorld();
  await world.sandbox.shortcut({ user: people.alice, callbackId: 'add_lead' });
  const outcome = await world.submit('alice', values);
  const errors = outcome.errors as Record<string, string>;
  expect(Object.keys(errors)).toEqual(Object.keys(expected));
  for (const [field, sentence] of Object.entries(expected)) expect(errors[field]).toMatch(sentence);
  expect(await world.leads()).toEqual([]);
});

test('a lead that marketing looks at first is not handed to who typed it, and they hear why', async () => {
  const world = await startWorld();
  await world.command('alice', '/leads add');
  await world.submit('alice', { ...grace, source: 'Purchased list', owner: 'me' });
  expect(await world.newestLead()).toMatchObject({ state: 'held', owner_id: null, rank: 'D' });
  expect(world.lastWhisper('alice')).toMatch(
    /\*Grace Hopper\* is in\. Before a rep gets it, marketing has a look in <#C0MARKETING>: Rank D/,
  );
});

test('a known lead that is typed again joins its thread, and the typist gets the link', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('bob', 'Grace Hopper');
  await world.command('alice', '/leads add');
  await world.submit('alice', { name: 'G. Hopper', email: 'Grace.Hopper+work@hopper.example', owner: 'me' });
  expect(await world.leads()).toHaveLength(1);
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.bob });
  expect(world.thread(lead).map((message) => message.text)).toEqual(['Grace Hopper came in again.']);
  const link = `archives/${channels.leads}/p${world.card(lead).ts.replace('.', '')}|see its card>`;
  expect(world.lastWhisper('alice')).toContain('*Grace Hopper* is known already: ');
  expect(world.lastWhisper('alice')).toContain(`${link}, with <@U0BOB>.`);
});

test('somebody who may be known is asked about, and no second card appears', async () => {
  const world = await startWorld();
  await world.demoLead('Grace Hopper');
  await world.command('alice', '/leads add');
  await world.submit('alice', { name: 'Hopper, Grace', email: 'rear.admiral@hopper.example' });
  expect(await world.leads()).toHaveLength(1);
  expect(world.lastWhisper('alice')).toContain('This may be *Grace Hopper*, whom we know.');
});

test('who types somebody known hears who has them, and that their words are in the thread if there were any', async () => {
  const world = await startWorld();
  const lead = await addLead(world, 'bob', { ...grace, owner: 'me' });
  await addLead(world, 'alice', { ...grace, owner: 'me' });
  expect(world.directMessages('alice').at(-1)).toContain('It stays with <@U0BOB>.');
  expect(world.directMessages('alice').at(-1)).not.toContain('in its thread now');
  await addLead(world, 'alice', { ...grace, message: 'she rang again' });
  expect(world.directMessages('alice').at(-1)).toContain('What you wrote is in its thread now.');
  expect(textOf(world.thread(lead).at(-1))).toContain('>she rang again');
});

test('a number without a country code is said to be hard to recognise', async () => {
  const world = await startWorld();
  await addLead(world, 'alice', { name: 'Grace Hopper', phone: '030 901820' });
  expect(world.directMessages('alice').at(-1)).toContain(
    'No country code: I cannot recognise this number if it comes again.',
  );
});

test('a form that is sent twice makes one lead', async () => {
  const world = await startWorld();
  await world.sandbox.shortcut({ user: people.alice, callbackId: 'add_lead' });
  await awaitView(world.sandbox, people.alice);
  world.sandbox.faults([{ do: 'event_twice', match: { type: 'view_submission' }, times: 1 }]);
  await world.submit('alice', grace);
  await world.command('alice', '/leads');
  expect(await world.leads()).toHaveLength(1);
  expect(await world.db.selectFrom('signal').selectAll().execute()).toEqual([]);
});

test('a message is tracked with what it says, and the card links to it', async () => {
  const world = await startWorld();
  const message = world.sandbox.postMessage({
    channel: channels.sales,
    user: people.max,
    text: 'Met *Joan Clarke* (<mailto:joan@hut8.example|joan@hut8.example>) from Bletchley Parts, she needs 12 seats',
  });
  await track(world, 'alice', message, 'sales');
  expect(await filledIn(world, 'alice')).toEqual({
    name: 'Joan Clarke',
    email: 'joan@hut8.example',
    account: 'Bletchley Parts',
    message: 'Met Joan Clarke (joan@hut8.example) from Bletchley Parts, she needs 12 seats',
  });
  await world.submit('alice', { owner: 'me' });
  const lead = await world.newestLead();
  expect(lead).toMatchObject({
    name: 'Joan Clarke',
    email: 'joan@hut8.example',
    account: 'Bletchley Parts',
    source: 'Message in Slack',
    way: 'hand',
    origin_channel_id: channels.sales,
    origin_ts: message.ts,
    owner_id: people.alice,
    channel_id: channels.leads,
  });
  const place = `archives/${channels.sales}/p${message.ts.replace('.', '')}`;
  expect(textOf(world.card(lead))).toContain(`${place}|original post>`);
  // The app is not in that channel, so a message there would reach nobody.
  expect(world.directMessages('alice').at(-1)).toContain('*Joan Clarke* is in, and yours');
});

test('a post by an app is tracked with its form, page, campaign and answers', async () => {
  const world = await startWorld();
  const message = world.sandbox.botMessage({
    channel: channels.sales,
    username: 'HubSpot',
    text: '*Name*: Ada Lovelace\n*Email*: ada@analytical.example\n*Form*: Pricing\n*Campaign*: Spring\n*Team size*: 12',
  });
  await track(world, 'alice', message, 'sales');
  await world.submit('alice', {});
  expect(await world.newestLead()).toMatchObject({
    form: 'Pricing',
    campaign: 'Spring',
    details: JSON.stringify([{ label: 'Team size', value: '12' }]),
  });
});

test('a message without a way to reach anybody waits for it in the form', async () => {
  const world = await startWorld();
  const text = 'the CTO of Bletchley Parts asked for a demo';
  const message = world.sandbox.postMessage({ channel: channels.sales, user: people.bob, text });
  await track(world, 'alice', message, 'sales');
  expect(await filledIn(world, 'alice')).toEqual({ message: text });
  expect((await world.submit('alice', {})).errors).toHaveProperty('email');
  await world.submit('alice', { email: 'joan@hut8.example' });
  expect(await world.newestLead()).toMatchObject({ email: 'joan@hut8.example', message: text, rank: 'A' });
});

test('a message that two people track is one lead, and the second hears so', async () => {
  const world = await startWorld();
  const text = 'call joan@hut8.example back';
  const message = world.sandbox.postMessage({ channel: channels.sales, user: people.max, text });
  await track(world, 'alice', message, 'sales');
  await track(world, 'bob', message, 'sales');
  await world.submit('alice', {});
  await world.submit('bob', { email: 'another@hut8.example' });
  expect(await world.leads()).toHaveLength(1);
  expect(world.directMessages('bob').at(-1)).toContain('*joan@hut8.example* is known already');
  await track(world, 'carol', message, 'sales');
  expect(world.refusal('carol')).toContain('*joan@hut8.example* is known already');
});

test('a post that has become a lead by itself is not tracked again', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  const post = world.posts('leads').find((message) => message.ts === lead.origin_ts);
  await track(world, 'alice', post ?? { ts: '' });
  expect(world.refusal('alice')).toContain('*Ada Lovelace* is known already');
  expect(world.thread(lead)).toEqual([]);
});

test('the app’s own card is no message to track', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await track(world, 'alice', world.card(lead));
  expect(world.refusal('alice')).toContain('This is already a lead’s card.');
});

test('an outsider is told where to add a lead instead', async () => {
  const world = await startWorld();
  await world.sandbox.shortcut({ user: people.max, callbackId: 'add_lead' });
  await world.settle();
  expect(world.refusal('max')).toContain('Type `/leads add` in a lead channel or in the marketing channel');
  expect(await world.command('max', '/leads add', 'sales')).toContain('ask a manager to add you');
});

test('who reads along in a lead channel or in marketing may add leads, but not keep them', async () => {
  const world = await startWorld();
  await world.command('max', '/leads add', 'marketing');
  await awaitView(world.sandbox, people.max);
  expect(JSON.stringify(world.sandbox.view(people.max))).not.toContain('"owner"');
  await world.submit('max', grace);
  expect(await world.newestLead()).toMatchObject({ state: 'offered', added_by: people.max });
  expect(world.lastWhisper('max', 'marketing')).toContain('*Grace Hopper* is in');
});

test('somebody in two teams says for which one the lead is', async () => {
  const world = await startWorld();
  await addSecondTeam(world, 'alice');
  await world.sandbox.shortcut({ user: people.alice, callbackId: 'add_lead' });
  await world.submit('alice', { ...grace, team: '2' });
  expect(await world.newestLead()).toMatchObject({ sales_team_id: 2, channel_id: channels.sales });
});

test('in a lead channel the channel says for which team', async () => {
  const world = await startWorld();
  await addSecondTeam(world, 'alice');
  await world.command('alice', '/leads add');
  await world.submit('alice', grace);
  expect(await world.newestLead()).toMatchObject({ sales_team_id: 1, channel_id: channels.leads });
});

test('who has left the roster while the form was open is told so', async () => {
  const world = await startWorld();
  await world.sandbox.shortcut({ user: people.carol, callbackId: 'add_lead' });
  await awaitView(world.sandbox, people.carol);
  await world.db.deleteFrom('member').where('user_id', '=', people.carol).execute();
  await world.submit('carol', grace);
  expect(world.refusal('carol')).toContain('ask a manager to add you');
  expect(await world.leads()).toEqual([]);
});
