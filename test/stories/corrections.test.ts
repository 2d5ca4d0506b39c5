import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { germanPlaybook } from '../intake/german-playbook.ts';
import { channels, people, startWorld, temporaryFile, textOf, type World } from '../support/world.ts';

const ada = {
  Name: 'Ada Lovelace',
  Email: 'ada@old.example',
  Company: 'Analytical Engines',
  Form: 'Demo request',
};

function words(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n');
}

function formPosts(world: World, fields: Record<string, string> = ada): Message {
  return world.sandbox.botMessage({
    channel: channels.leads,
    username: 'Form',
    text: words(fields),
    modern: true,
  });
}

async function edit(world: World, post: Message, text: string): Promise<void> {
  world.sandbox.editMessage({ channel: channels.leads, ts: post.ts, text });
  await world.settle();
}

async function remove(world: World, post: Message): Promise<void> {
  world.sandbox.deleteMessage({ channel: channels.leads, ts: post.ts });
  await world.settle();
}

/** A lead read from a post that somebody may still edit. */
async function posted(
  world: World,
  fields: Record<string, string> = ada,
): Promise<{ post: Message; lead: LeadRow }> {
  const post = formPosts(world, fields);
  await world.settle();
  return { post, lead: await world.newestLead() };
}

function said(world: World, lead: LeadRow): string[] {
  return world.thread(lead).map(textOf);
}

test('a lead follows the correction of its post, and its thread tells the owner what changed', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  await world.click('alice', world.card(lead), 'claim');
  await edit(world, post, words({ ...ada, Email: 'ada@new.example', Phone: '+49 30 901820' }));
  expect(await world.lead(lead.id)).toMatchObject({
    email: 'ada@new.example',
    email_key: 'ada@new.example',
    account_key: 'new.example',
    phone: '+4930901820',
    owner_id: people.alice,
    rank: 'A',
  });
  expect(said(world, lead).at(-1)).toMatch(
    /<@U0ALICE> The <https:.*\|post> was corrected: mail ada@old\.example → ada@new\.example, phone is now \+4930901820\./,
  );
  expect(textOf(world.card(lead))).toContain('ada@new.example');
});

test('what people and later posts have added stays when something else is corrected', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  await world.db
    .updateTable('lead')
    .set({ phone: '+4930111111', title: 'Countess' })
    .where('id', '=', lead.id)
    .execute();
  await edit(world, post, words({ ...ada, Company: 'Engines Ltd' }));
  expect(await world.lead(lead.id)).toMatchObject({
    account: 'Engines Ltd',
    phone: '+4930111111',
    title: 'Countess',
    email: 'ada@old.example',
  });
});

test('what the post no longer says is taken away, but never the last way to reach somebody', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world, { ...ada, Phone: '+49 30 901820', 'Job title': 'Countess' });
  await edit(world, post, words({ ...ada, Phone: '+49 30 901820' }));
  expect(await world.lead(lead.id)).toMatchObject({ title: null, phone: '+4930901820' });
  await world.db.updateTable('lead').set({ phone: null }).where('id', '=', lead.id).execute();
  await edit(
    world,
    post,
    words({ Name: 'Ada Lovelace', Company: 'Analytical Engines', Phone: '+49 30 901820' }),
  );
  expect(await world.lead(lead.id)).toMatchObject({ email: 'ada@old.example' });
});

test('an edit that leaves the words as they were changes nothing', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  const before = await world.records();
  await edit(world, post, words(ada));
  expect(await world.records()).toEqual(before);
  expect(world.thread(lead)).toEqual([]);
});

test('what somebody has corrected by hand already is not told again', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  await world.db.updateTable('lead').set({ email: 'ada@new.example' }).where('id', '=', lead.id).execute();
  await edit(world, post, words({ ...ada, Email: 'ada@new.example' }));
  expect(world.thread(lead)).toEqual([]);
});

test('the same edit delivered twice is told once', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  world.sandbox.faults([{ match: { type: 'message' }, do: 'event_twice', times: 1 }]);
  await edit(world, post, words({ ...ada, Company: 'Engines Ltd' }));
  expect(world.thread(lead)).toHaveLength(1);
});

test('another form gives an untouched lead another rank, and the thread says so', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  await edit(world, post, words({ ...ada, Form: 'Newsletter' }));
  const corrected = await world.lead(lead.id);
  expect(corrected.rank).not.toBe('A');
  expect(said(world, lead).at(-1)).toContain(`Now rank *${corrected.rank}* (was A)`);
});

test('a rank that a later post has lifted is not taken back by an edit of the first one', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world, { ...ada, Form: 'Newsletter' });
  formPosts(world);
  await world.settle();
  expect(await world.lead(lead.id)).toMatchObject({ rank: 'A' });
  await edit(world, post, words({ ...ada, Form: 'Pricing page' }));
  expect(await world.lead(lead.id)).toMatchObject({ rank: 'A' });
});

test('a lead that somebody has started on keeps its rank', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  await world.click('alice', world.card(lead), 'claim');
  await world.click('alice', world.card(lead), 'touch:voicemail');
  await edit(world, post, words({ ...ada, Form: 'Newsletter' }));
  expect(await world.lead(lead.id)).toMatchObject({ rank: 'A', form: 'Newsletter', attempts: 1 });
});

test('a held lead goes on when the correction takes away what held it', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world, { ...ada, Form: 'Bought list' });
  expect(lead.state).toBe('held');
  await edit(world, post, words(ada));
  const released = await world.lead(lead.id);
  expect(released).toMatchObject({ state: 'offered', rank: 'A' });
  expect(said(world, released).at(-1)).toContain('Now rank *A* (was D)');
});

test('a corrected address that belongs to another lead is told with a link, and nothing is merged', async () => {
  const world = await startWorld();
  const grace = await world.demoLead('Grace Hopper');
  const { post, lead } = await posted(world);
  await edit(world, post, words({ ...ada, Email: 'grace.hopper@hopper.example' }));
  expect(await world.leads()).toHaveLength(2);
  const card = world.card(grace).ts.replace('.', '');
  expect(said(world, lead).at(-1)).toMatch(
    new RegExp(
      `\\*Grace Hopper\\* \\(Hopper Ltd\\) \\(<https:.*p${card}\\|its card>\\) has this mail address too`,
    ),
  );
});

test('a post that was no lead and is corrected into one becomes a lead', async () => {
  const world = await startWorld();
  const post = world.sandbox.postMessage({
    channel: channels.leads,
    user: people.max,
    text: 'Ada Lovelace rang',
  });
  await world.settle();
  await edit(world, post, 'New lead: Ada Lovelace, ada@old.example, Analytical Engines');
  expect(await world.newestLead()).toMatchObject({ name: 'Ada Lovelace', origin_ts: post.ts });
  await edit(world, post, 'New lead: Ada Lovelace, ada@new.example, Analytical Engines');
  expect((await world.leads()).map(({ email }) => email)).toEqual(['ada@new.example']);
});

test('a post that no longer reads like a lead leaves the lead as it was, and comes back with what it then says', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  await edit(world, post, 'Please ignore this');
  expect(await world.lead(lead.id)).toEqual(lead);
  expect(said(world, lead)).toHaveLength(1);
  expect(said(world, lead)[0]).toContain('no longer reads like a lead. Everything here stays as it was.');
  await edit(world, post, words({ ...ada, Email: 'ada@new.example' }));
  expect(await world.lead(lead.id)).toMatchObject({ email: 'ada@new.example' });
});

test('a corrected second post fills in what the lead lacks, and only tells the rest', async () => {
  const world = await startWorld();
  const { lead } = await posted(world);
  const later = formPosts(world, { Name: 'Ada Lovelace', Email: 'ada@old.example', Form: 'Pricing page' });
  await world.settle();
  await edit(
    world,
    later,
    words({ Name: 'Ada King', Email: 'ada@old.example', Form: 'Pricing page', Phone: '+49 30 901820' }),
  );
  expect(await world.lead(lead.id)).toMatchObject({ name: 'Ada Lovelace', phone: '+4930901820' });
  expect(said(world, lead).at(-1)).toMatch(
    /A later <.*\|post> was corrected: phone is now \+4930901820\. A later <.*\|post> now names another name: Ada King\. I kept Ada Lovelace\./,
  );
});

test('a correction of what waits for a manager’s word corrects what they decide about', async () => {
  const world = await startWorld();
  await posted(world);
  const other = formPosts(world, { ...ada, Email: 'lovelace@old.example' });
  await world.settle();
  expect(await world.leads()).toHaveLength(1);
  await edit(world, other, words({ ...ada, Email: 'a.lovelace@old.example' }));
  const [waiting] = await world.db.selectFrom('probable_duplicate').selectAll().execute();
  expect(waiting).toMatchObject({ email_key: 'a.lovelace@old.example' });
  expect(waiting?.arrivals).toContain('a.lovelace@old.example');
});

test('an edit that gives what waits the known lead’s address answers the question by itself', async () => {
  const world = await startWorld();
  const { lead } = await posted(world);
  const other = formPosts(world, { ...ada, Email: 'lovelace@old.example', Message: 'me again' });
  await world.settle();
  await edit(world, other, words({ ...ada, Message: 'me again' }));
  expect(await world.leads()).toHaveLength(1);
  expect(said(world, lead).join('\n')).toContain('*The same person*: the post was corrected.');
  expect(said(world, lead).at(-1)).toContain('>me again');
  const [question] = await world.db.selectFrom('probable_duplicate').selectAll().execute();
  expect(question).toMatchObject({ decision: 'same', decided_by: null });
});

test('the question says that its post was deleted, or no longer reads like a lead', async () => {
  const world = await startWorld();
  const { lead } = await posted(world);
  const other = formPosts(world, { ...ada, Email: 'lovelace@old.example' });
  await world.settle();
  await edit(world, other, 'Please ignore this');
  expect(said(world, lead).at(-1)).toContain('Its post was edited since and no longer reads like a lead.');
  await remove(world, other);
  expect(said(world, lead).at(-1)).toContain('Its post was deleted since.');
});

test('a deleted later post of a lead is a short note, once', async () => {
  const world = await startWorld();
  const { lead } = await posted(world);
  const later = formPosts(world, { ...ada, Message: 'me again' });
  await world.settle();
  world.sandbox.faults([{ match: { type: 'message' }, do: 'event_twice', times: 1 }]);
  await remove(world, later);
  const notes = said(world, lead).filter((text) => text.includes('was deleted'));
  expect(notes).toHaveLength(1);
  expect(notes[0]).toContain('A later post about this lead was deleted. What it said stays here.');
});

test('a corrected number is read with the playbook’s country, as it was the first time', async () => {
  const world = await startWorld({ playbookPath: germanPlaybook() });
  const { post, lead } = await posted(world, { ...ada, Phone: '030 901820' });
  expect(lead).toMatchObject({ phone: '+4930901820' });
  await edit(world, post, words({ ...ada, Phone: '030 901821' }));
  expect(await world.lead(lead.id)).toMatchObject({ phone: '+4930901821' });
});

test('edits of our own cards and of replies in threads change nothing', async () => {
  const world = await startWorld();
  const { lead } = await posted(world);
  const card = world.card(lead);
  const reply = world.sandbox.postMessage({
    channel: channels.leads,
    user: people.bob,
    text: 'I know her',
    thread_ts: card.ts,
  });
  await world.settle();
  const before = await world.records();
  await edit(world, reply, 'New lead: Grace Hopper, grace@navy.example, Navy');
  await edit(world, card, 'New lead: Grace Hopper, grace@navy.example, Navy');
  await remove(world, reply);
  expect(await world.records()).toEqual(before);
});

test('a deleted post is marked and told once; touches stay and the card drops the link', async () => {
  const world = await startWorld();
  const { post, lead } = await posted(world);
  await world.click('alice', world.card(lead), 'claim');
  await world.click('alice', world.card(lead), 'touch:voicemail');
  world.sandbox.faults([{ match: { type: 'message' }, do: 'event_twice', times: 1 }]);
  await remove(world, post);
  expect(await world.lead(lead.id)).toMatchObject({ attempts: 1, owner_id: people.alice });
  expect((await world.lead(lead.id)).origin_deleted_at).not.toBeNull();
  expect(said(world, lead).filter((text) => text.includes('was deleted'))).toHaveLength(1);
  expect(said(world, lead).at(-1)).toContain('The original post was deleted. Everything here stays.');
  expect(textOf(world.card(lead))).not.toContain('|original post>');
});

test('the deletion of a post that is no lead changes nothing', async () => {
  const world = await startWorld();
  const { lead } = await posted(world);
  const chat = world.sandbox.postMessage({ channel: channels.leads, user: people.bob, text: 'Good morning' });
  await world.settle();
  const before = await world.records();
  await remove(world, chat);
  expect(await world.records()).toEqual(before);
  expect(world.thread(lead)).toEqual([]);
});

/** Hands the app an event as Slack would, in an order that Slack does not promise to avoid. */
async function event(world: World, fields: Record<string, unknown>): Promise<void> {
  await world.app.bolt.processEvent({
    body: {
      type: 'event_callback',
      team_id: 'T0ACME',
      event: { type: 'message', channel: channels.leads, channel_type: 'channel', ...fields },
    },
    ack: () => Promise.resolve(),
  });
  await world.settle();
}

const at = (offset: number): string =>
  `${String(Math.floor(Date.UTC(2026, 10, 2, 9, 30) / 1000) + offset)}.000100`;

function changed(
  fields: Record<string, string>,
  before: Record<string, string>,
  ts: string,
): Record<string, unknown> {
  const message = (said: Record<string, string>): object => ({
    ts: at(0),
    bot_id: 'B0FORM',
    text: words(said),
  });
  return { subtype: 'message_changed', ts, message: message(fields), previous_message: message(before) };
}

test('an edit that overtakes its post makes the lead; the post that follows changes nothing', async () => {
  const world = await startWorld();
  const fixed = { ...ada, Email: 'ada@new.example' };
  await event(world, changed(fixed, ada, at(5)));
  await event(world, { ts: at(0), bot_id: 'B0FORM', text: words(ada) });
  expect((await world.leads()).map(({ email }) => email)).toEqual(['ada@new.example']);
});

test('of two edits in the wrong order the later one counts', async () => {
  const world = await startWorld();
  await event(world, { ts: at(0), bot_id: 'B0FORM', text: words(ada) });
  const [second, third] = [
    { ...ada, Company: 'Engines Two' },
    { ...ada, Company: 'Engines Three' },
  ];
  await event(world, changed(third, second, at(9)));
  await event(world, changed(second, ada, at(5)));
  expect(await world.newestLead()).toMatchObject({ account: 'Engines Three' });
});

test('an edit that arrives after the deletion changes nothing', async () => {
  const world = await startWorld();
  await event(world, { ts: at(0), bot_id: 'B0FORM', text: words(ada) });
  await event(world, { subtype: 'message_deleted', ts: at(9), deleted_ts: at(0) });
  await event(world, changed({ ...ada, Company: 'Engines Two' }, ada, at(5)));
  expect(await world.newestLead()).toMatchObject({ account: 'Analytical Engines' });
});

test('a deletion without its post, and an edit of what was said before the team was there, change nothing', async () => {
  const world = await startWorld();
  const old = '1700000000.000100';
  const before = await world.records();
  await event(world, { subtype: 'message_deleted', ts: at(9), deleted_ts: at(0) });
  const said = { ts: old, bot_id: 'B0FORM' };
  await event(world, {
    subtype: 'message_changed',
    ts: at(9),
    message: { ...said, text: words(ada) },
    previous_message: { ...said, text: 'before' },
  });
  await event(world, { subtype: 'message_changed', ts: at(9), message: 'broken' });
  expect(await world.records()).toEqual(before);
});

test('what Slack leaves of a deleted post that has a thread counts as deleted', async () => {
  const world = await startWorld();
  await event(world, { ts: at(0), bot_id: 'B0FORM', text: words(ada) });
  const stone = { ts: at(0), subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.' };
  await event(world, { subtype: 'message_changed', ts: at(9), message: stone });
  expect((await world.newestLead()).origin_deleted_at).not.toBeNull();
});

test('an unfurled link under a post changes nothing', async () => {
  const world = await startWorld();
  const text = `${words(ada)}\nPage: https://acme.example/demo`;
  await event(world, { ts: at(0), bot_id: 'B0FORM', text });
  const before = await world.records();
  const unfurl = {
    from_url: 'https://acme.example/demo',
    title: 'Company: Elsewhere',
    text: 'Email: else@x.example',
  };
  const said = { ts: at(0), bot_id: 'B0FORM', text };
  await event(world, {
    subtype: 'message_changed',
    ts: at(5),
    message: { ...said, attachments: [unfurl] },
    previous_message: said,
  });
  expect(await world.records()).toEqual(before);
});

test('the newest lead post that was edited while the app was down is corrected when it is back', async () => {
  const databasePath = temporaryFile('sixth.db');
  const world = await startWorld({ databasePath });
  const { post, lead } = await posted(world);
  await world.goDown();
  world.sandbox.editMessage({
    channel: channels.leads,
    ts: post.ts,
    text: words({ ...ada, Email: 'ada@new.example' }),
  });
  await world.comeBack();
  expect(await world.lead(lead.id)).toMatchObject({ email: 'ada@new.example' });
  expect(world.thread(lead)).toHaveLength(1);
  await world.goDown();
  await world.comeBack();
  expect(world.thread(lead)).toHaveLength(1);
});
