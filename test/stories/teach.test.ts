import { expect, test } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { awaitView } from '../../src/demo/await-view.ts';
import {
  botUserId,
  channels,
  people,
  type PersonName,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';

/** What no reader guesses: arrows behind labels, and nothing that says "lead". */
function arrowPost(name: string, email: string, account: string): string {
  return `Ping from the stand\nWho -> ${name}\nReach -> ${email}\nWorks for -> ${account}`;
}

function appPosts(world: World, text: string, username = 'FairBot', modern = true): Message {
  return world.sandbox.botMessage({ channel: channels.leads, username, text, modern });
}

async function teach(world: World, post: Message, by: PersonName = 'mona'): Promise<void> {
  await world.sandbox.shortcut({
    user: people[by],
    callbackId: 'teach_format',
    channel: channels.leads,
    messageTs: post.ts,
  });
  await world.settle();
  await awaitView(world.sandbox, people[by]);
}

/** The rows of the form: what each says, by its block id, and what it is prefilled with. */
function rows(world: World): { id: string; label: string; field: string }[] {
  const view = world.sandbox.view(people.mona);
  return (view?.blocks ?? []).flatMap((block) => {
    const {
      block_id: id,
      type,
      label,
      element,
    } = block as unknown as {
      block_id: string;
      type: string;
      label: { text: string };
      element: { initial_option: { value: string } };
    };
    return type === 'input' ? [{ id, label: label.text, field: element.initial_option.value }] : [];
  });
}

/** Fills in the form by what the rows say. */
async function choose(world: World, fields: Record<string, string>): Promise<void> {
  const values = Object.fromEntries(
    Object.entries(fields).map(([starts, field]) => {
      const row = rows(world).find(({ label }) => label.startsWith(starts));
      if (!row)
        throw new Error(
          `No row ${starts}: ${rows(world)
            .map(({ label }) => label)
            .join(' | ')}`,
        );
      return [row.id, field];
    }),
  );
  await world.submit('mona', values);
}

function shown(world: World, person: PersonName = 'mona'): string {
  const view = world.sandbox.view(people[person]);
  return textOf({ ts: '', text: '', blocks: view?.blocks } as unknown as Message);
}

async function clickInModal(world: World, action: string): Promise<void> {
  const viewId = world.sandbox.view(people.mona)?.id ?? '';
  await world.sandbox.interact({ viewId, user: people.mona, action: { action_id: action } });
  await world.settle();
}

/** Saves what was tried, for the posts that come from now on only. */
async function saveForLater(world: World): Promise<void> {
  await world.submit('mona', { again: [] });
}

async function taughtWorld(): Promise<World> {
  const world = await startWorld();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@analytical.example', 'Analytical Engines'));
  await world.settle();
  expect(await world.leads()).toEqual([]);
  await teach(world, post);
  await choose(world, { Who: 'name', Reach: 'email', 'Works for': 'account' });
  await saveForLater(world);
  return world;
}

test('what a manager teaches on one post is how the next ones are read', async () => {
  const world = await taughtWorld();
  expect(textOf(world.posts('leads').at(-1))).toContain(
    '<@U0MONA> taught me to read posts of *FairBot* here (version 1).',
  );
  appPosts(world, arrowPost('Grace Hopper', 'grace@navy.example', 'Navy Computing'));
  await world.settle();
  expect(await world.newestLead()).toMatchObject({
    name: 'Grace Hopper',
    email: 'grace@navy.example',
    account: 'Navy Computing',
    source: 'FairBot',
  });
});

test('before anything is saved, the last posts show what would become of them', async () => {
  const world = await startWorld();
  await world.hubspotLead();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@x.example', 'Analytical Engines'));
  appPosts(world, arrowPost('Grace Hopper', 'grace@navy.example', 'Navy Computing'));
  appPosts(world, 'The stand is open again');
  await world.settle();
  await teach(world, post);
  await choose(world, { Who: 'name', Reach: 'email', 'Works for': 'account' });
  expect(shown(world)).toContain(
    '*2 of 3* posts would become leads. 2 posts would be read differently from today',
  );
  expect(shown(world)).toMatch(
    /Grace Hopper · grace@navy\.example · Navy Computing · via FairBot · <[^|]*\|Ping from the stand>\n.*Today: no lead/,
  );
  expect(shown(world)).toContain('No lead: it has no mail address and no phone number');
  expect(await world.db.selectFrom('post_mapping').selectAll().execute()).toEqual([]);
});

test('a try looks at twenty posts of that sender, and at no other', async () => {
  const world = await startWorld();
  let post: Message | undefined;
  for (let count = 0; count < 23; count += 1) {
    post = appPosts(world, arrowPost('Ada Lovelace', `ada${count}@x.example`, 'Analytical Engines'));
    appPosts(world, 'Who -> Nobody\nReach -> nobody@x.example', 'OtherBot');
  }
  await world.settle();
  await teach(world, post as Message);
  await choose(world, { Who: 'name', Reach: 'email' });
  expect(shown(world)).toContain('*20 of 20* posts would become leads');
  expect(shown(world)).not.toContain('nobody@x.example');
});

test('Back keeps what was chosen', async () => {
  const world = await startWorld();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@x.example', 'Analytical Engines'));
  await world.settle();
  await teach(world, post);
  await choose(world, { Who: 'name', Reach: 'email', 'Works for': 'campaign' });
  await clickInModal(world, 'teach_back');
  expect(rows(world).map(({ field }) => field)).toEqual(['unused', 'name', 'email', 'campaign']);
});

test('teaching again shows what was taught, its version and who saved it; a change is the next version', async () => {
  const world = await taughtWorld();
  const post = appPosts(world, arrowPost('Grace Hopper', 'grace@navy.example', 'Navy Computing'));
  await world.settle();
  await teach(world, post);
  expect(shown(world)).toContain('Version 1, saved by <@U0MONA>');
  expect(rows(world).map(({ field }) => field)).toEqual(['unused', 'name', 'email', 'account']);
  await choose(world, { 'Works for': 'campaign' });
  expect(shown(world)).toContain('campaign is now Navy Computing');
  await saveForLater(world);
  appPosts(world, arrowPost('Joan Clarke', 'joan@bletchley.example', 'Spring fair'));
  await world.settle();
  expect(await world.newestLead()).toMatchObject({
    name: 'Joan Clarke',
    campaign: 'Spring fair',
    account: null,
  });
  const versions = await world.db.selectFrom('post_mapping').select('version').execute();
  expect(versions.map(({ version }) => version)).toEqual([1, 2]);
});

test('what was taught can be forgotten, and the channel is told', async () => {
  const world = await taughtWorld();
  const post = appPosts(world, arrowPost('Grace Hopper', 'grace@navy.example', 'Navy Computing'));
  await world.settle();
  await teach(world, post);
  await clickInModal(world, 'teach_forget');
  expect(textOf(world.posts('leads').at(-1))).toContain(
    '<@U0MONA> made me forget the format of *FairBot* here (version 2)',
  );
  appPosts(world, arrowPost('Joan Clarke', 'joan@bletchley.example', 'Bletchley Park'));
  await world.settle();
  expect((await world.leads()).map(({ name }) => name)).toEqual(['Grace Hopper']);
});

test('a part that is "not used" is never read, known label or not', async () => {
  const world = await startWorld();
  const text = (name: string, mail: string): string =>
    `Name: ${name}\nEmail: desk@ours.example\nTheir mail: ${mail}`;
  const post = appPosts(world, text('Ada Lovelace', 'ada@x.example'), 'Desk');
  await world.settle();
  await teach(world, post);
  await choose(world, { Email: 'unused', 'Their mail': 'email' });
  await saveForLater(world);
  appPosts(world, text('Grace Hopper', 'grace@navy.example'), 'Desk');
  await world.settle();
  expect(await world.newestLead()).toMatchObject({
    name: 'Grace Hopper',
    email: 'grace@navy.example',
    details: '[]',
  });
});

test('a sentence around the mail address can be taught as well', async () => {
  const world = await startWorld();
  appPosts(world, 'Fresh Emmy Noether (Rings) emmy@rings.example', 'Zapier');
  appPosts(world, 'Fresh Alan Turing (Bombes) alan@bombes.example', 'Zapier');
  const post = appPosts(world, 'Fresh Ada Lovelace (Analytical Engines) ada@analytical.example', 'Zapier');
  await world.settle();
  await teach(world, post);
  await choose(world, { 'Words before': 'name', 'Words in brackets': 'account' });
  await saveForLater(world);
  appPosts(world, 'Fresh Grace Hopper (Navy Computing) grace@navy.example', 'Zapier');
  appPosts(world, 'Fresh Joan Clarke joan@bletchley.example', 'Zapier');
  await world.settle();
  const leads = await world.leads();
  expect(leads.map(({ name, account }) => [name, account])).toEqual([
    ['Grace Hopper', 'Navy Computing'],
    ['Joan Clarke', null],
  ]);
});

test('a post without what was taught is read as if nobody had taught anything', async () => {
  const world = await taughtWorld();
  appPosts(world, 'New demo request\nName: Grace Hopper\nEmail: grace@navy.example');
  await world.settle();
  expect(await world.newestLead()).toMatchObject({ name: 'Grace Hopper', email: 'grace@navy.example' });
});

test.each([
  ['a footer', 'Who -> Grace Hopper\nThe organiser is olga@fair.example'],
  ['a list', `Who -> Grace Hopper\n${[1, 2, 3, 4].map((index) => `guest${index}@fair.example`).join(', ')}`],
])('a mail address in %s is not taken for the one that was taught', async (_where, text) => {
  const world = await taughtWorld();
  appPosts(world, text);
  await world.settle();
  expect(await world.leads()).toEqual([]);
});

test('an old post that was no lead does not become one only because Slack adds a preview to it', async () => {
  const world = await taughtWorld();
  const post = world.posts('leads').find(({ text }) => text.includes('Ada Lovelace'));
  const event = {
    type: 'message',
    subtype: 'message_changed',
    channel: channels.leads,
    ts: `${Math.floor(world.now / 1000)}.900000`,
    message: { ...post, attachments: [{ from_url: 'https://fair.example', text: 'The fair' }] },
    previous_message: post,
  };
  await world.app.bolt.processEvent({
    body: { type: 'event_callback', team_id: 'T0ACME', event },
    ack: () => Promise.resolve(),
  });
  await world.settle();
  expect(await world.leads()).toEqual([]);
});

test('another sender is not read by what was taught about this one', async () => {
  const world = await taughtWorld();
  appPosts(world, arrowPost('Grace Hopper', 'grace@navy.example', 'Navy Computing'), 'OtherBot');
  await world.settle();
  expect(await world.leads()).toEqual([]);
});

test('a classic app is known again by its id', async () => {
  const world = await startWorld();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@x.example', 'AE'), 'OldBot', false);
  await world.settle();
  await teach(world, post);
  await choose(world, { Who: 'name', Reach: 'email' });
  await saveForLater(world);
  appPosts(world, arrowPost('Grace Hopper', 'grace@navy.example', 'Navy'), 'OldBot', false);
  await world.settle();
  expect(await world.newestLead()).toMatchObject({ name: 'Grace Hopper' });
});

test('who is no manager is told who may teach', async () => {
  const world = await startWorld();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@x.example', 'Analytical Engines'));
  await world.settle();
  await teach(world, post, 'bob');
  expect(world.refusal('bob')).toContain('Only a manager of Inbound can teach me: <@U0MONA>.');
});

test('where no leads arrive, or on a message of the app itself, the refusal says what to do', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await teach(world, world.card(lead));
  expect(world.refusal('mona')).toContain('This is already a lead’s card. Choose the post above it.');
  const other = world.sandbox.postMessage({ channel: channels.sales, user: people.bob, text: 'Hello' });
  await world.sandbox.closeView({ user: people.mona });
  const input = {
    user: people.mona,
    callbackId: 'teach_format',
    channel: channels.sales,
    messageTs: other.ts,
  };
  await world.sandbox.shortcut(input);
  await world.settle();
  expect(world.refusal('mona')).toContain('No leads arrive here.');
});

test('the post that was taught from is read again, unless the tick is taken away', async () => {
  const world = await startWorld();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@analytical.example', 'Analytical Engines'));
  await world.settle();
  await teach(world, post);
  await choose(world, { Who: 'name', Reach: 'email', 'Works for': 'account' });
  expect(shown(world)).toContain('Read the post again that you taught me from');
  await world.submit('mona', {});
  expect(await world.leads()).toMatchObject([{ name: 'Ada Lovelace', origin_ts: post.ts }]);
  expect(shown(world)).toContain(
    'Saved. I have read the post again, and its lead says what I understand now.',
  );
});

test('a lead that was read wrongly follows what is taught about its post', async () => {
  const world = await startWorld();
  const post = appPosts(world, 'New demo request\nName: Lovelace\nWho: Ada Lovelace\nEmail: ada@x.example');
  await world.settle();
  expect(await world.newestLead()).toMatchObject({ name: 'Lovelace' });
  await teach(world, post);
  await choose(world, { Name: 'unused', Who: 'name' });
  await world.submit('mona', {});
  expect(await world.leads()).toMatchObject([{ name: 'Ada Lovelace' }]);
  const lead = await world.newestLead();
  expect(world.thread(lead).map(textOf).at(-1)).toContain('name Lovelace → Ada Lovelace');
});

test('two parts cannot be the same single thing: the second one says so', async () => {
  const world = await startWorld();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@x.example', 'Analytical Engines'));
  await world.settle();
  await teach(world, post);
  const id = (starts: string): string => rows(world).find(({ label }) => label.startsWith(starts))?.id ?? '';
  const values = { [id('Who')]: 'name', [id('Works for')]: 'name', [id('Reach')]: 'email' };
  const outcome = await world.submit('mona', values);
  expect(outcome.errors).toEqual({
    [id('Works for')]: expect.stringContaining('is “Name” already') as unknown,
  });
});

test('what is filled in for the manager never names the same thing twice', async () => {
  const world = await startWorld();
  const post = appPosts(world, 'New lead\nName: Ada Lovelace\nMobile: +49 30 901820\nPhone: +49 30 901821');
  await world.settle();
  await teach(world, post);
  const fields = rows(world).map(({ field }) => field);
  expect(fields.filter((field) => field === 'phone')).toHaveLength(1);
  expect((await world.submit('mona', {})).errors).toBeUndefined();
});

test('who opens a forgotten format reads that nothing is taught', async () => {
  const world = await taughtWorld();
  const post = appPosts(world, arrowPost('Grace Hopper', 'grace@navy.example', 'Navy Computing'));
  await world.settle();
  await teach(world, post);
  await clickInModal(world, 'teach_forget');
  await world.sandbox.closeView({ user: people.mona });
  await teach(world, post);
  expect(shown(world)).toContain('Nothing is taught now (forgotten by <@U0MONA>,');
});

test('a form that names nothing stays open and says so', async () => {
  const world = await startWorld();
  const post = appPosts(world, 'Ada and Grace were here\nSo was Joan');
  await world.settle();
  await teach(world, post);
  const outcome = await world.submit('mona', {});
  expect(Object.values(outcome.errors ?? {})).toEqual(['Say of at least one part what it is.']);
});

test('a post with 200 mail addresses is no lead; the managers are asked once whether it is a format to learn', async () => {
  const world = await startWorld();
  const addresses = Array.from({ length: 200 }, (_, index) => `person${index}@list.example`);
  appPosts(world, `Newsletter run\n${addresses.join(', ')}`, 'Mailer');
  appPosts(world, `Newsletter run two\n${addresses.join(', ')}`, 'Mailer');
  await world.settle();
  expect(await world.leads()).toEqual([]);
  const offers = world.directMessages('mona').filter((text) => text.includes('*Mailer*'));
  expect(offers).toHaveLength(1);
  expect(offers[0]).toContain("don't look like leads to me");
  expect(world.directMessages('alice')).toEqual([]);
});

test('the button of the offer opens the form for the post it is about', async () => {
  const world = await startWorld();
  appPosts(world, arrowPost('Ada Lovelace', 'ada@x.example', 'Analytical Engines'));
  await world.settle();
  const offer = world.sandbox.directMessages(people.mona).at(-1) as Message;
  await world.sandbox.interact({
    channel: botUserId,
    messageTs: offer.ts,
    user: people.mona,
    action: { action_id: 'teach_offer' },
  });
  await world.settle();
  expect(rows(world).map(({ label }) => label)).toContain('Who: Ada Lovelace');
});

test('the offer of a post that is gone says what to do instead', async () => {
  const world = await startWorld();
  const post = appPosts(world, arrowPost('Ada Lovelace', 'ada@x.example', 'Analytical Engines'));
  await world.settle();
  const offer = world.sandbox.directMessages(people.mona).at(-1) as Message;
  world.sandbox.deleteMessage({ channel: channels.leads, ts: post.ts });
  await world.sandbox.interact({
    channel: botUserId,
    messageTs: offer.ts,
    user: people.mona,
    action: { action_id: 'teach_offer' },
  });
  await world.settle();
  expect(world.refusal('mona')).toContain('That post is gone.');
});

test.each([
  ['news of another kind', 'Payment failed for ada@x.example', 'Stripe'],
  ['a post that names nobody', 'The stand is open again', 'FairBot'],
])('%s is not offered for teaching', async (_what, text, username) => {
  const world = await startWorld();
  appPosts(world, text, username);
  await world.settle();
  expect(world.directMessages('mona')).toEqual([]);
});

test('a sender that was taught is not offered for teaching', async () => {
  const world = await startWorld();
  const post = appPosts(world, 'New demo request\nName: Ada Lovelace\nEmail: ada@x.example');
  await world.settle();
  await teach(world, post);
  await world.submit('mona', {});
  await saveForLater(world);
  appPosts(world, 'The organiser is olga@fair.example');
  await world.settle();
  expect(world.directMessages('mona')).toEqual([]);
});

test('a post with more and longer parts than a form can show is taught by the first of them', async () => {
  const world = await startWorld();
  const labels = Array.from({ length: 30 }, (_, index) => `${'very long label '.repeat(5)}${index}`);
  const text = [...labels.map((label) => `*${label}*: value`), '*Reach*: ada@x.example'].reverse().join('\n');
  const post = appPosts(world, text);
  await world.settle();
  await teach(world, post);
  expect(shown(world)).toMatch(/\d+ more parts of this post are not shown and will be read as before\./);
  await choose(world, { Reach: 'email' });
  expect(shown(world)).toContain('*1 of 1* posts would become a lead.');
  await clickInModal(world, 'teach_back');
  expect(rows(world).find(({ label }) => label.startsWith('Reach'))?.field).toBe('email');
});

test('a colleague who pastes the same format again and again can be taught too; their chat stays chat', async () => {
  const world = await startWorld();
  const pastes = (text: string): Message =>
    world.sandbox.postMessage({ channel: channels.leads, user: people.bob, text });
  const post = pastes('Who -> Ada Lovelace\nReach -> ada@x.example');
  await world.settle();
  await teach(world, post);
  await choose(world, { Who: 'name', Reach: 'email' });
  await saveForLater(world);
  pastes('Who -> Grace Hopper\nReach -> grace@navy.example');
  pastes('Who -> knows olga@fair.example?');
  await world.settle();
  expect((await world.leads()).map(({ name }) => name)).toEqual(['Grace Hopper']);
});
