import { expect, test } from 'vitest';
import { botUserId, channels, people, startWorld, textOf } from '../support/world.ts';

const hubspotText = [
  '*First Name*: Ada',
  '*Last Name*: Lovelace',
  '*Email*: <mailto:ada@analytical.example|ada@analytical.example>',
  '*Company*: Analytical Engines',
  '*Form*: Demo request',
].join('\n');

test('a classic HubSpot post becomes one lead with all it said', async () => {
  const world = await startWorld();
  expect(await world.hubspotLead()).toMatchObject({
    name: 'Ada Lovelace',
    email: 'ada@analytical.example',
    account: 'Analytical Engines',
    rank: 'A',
    state: 'offered',
  });
});

test('a modern app’s post with an empty text is read from its attachment', async () => {
  const world = await startWorld();
  world.sandbox.botMessage({
    channel: channels.leads,
    username: 'HubSpot',
    modern: true,
    text: '',
    attachments: [{ fallback: hubspotText, text: hubspotText, mrkdwn_in: ['text'] }],
  });
  await world.settle();
  const lead = await world.newestLead();
  expect(lead).toMatchObject({ name: 'Ada Lovelace', email: 'ada@analytical.example', rank: 'A' });
  expect(textOf(world.card(lead))).toContain('Analytical Engines');
});

test('a modern app’s post with an empty text is read from its blocks', async () => {
  const world = await startWorld();
  world.sandbox.botMessage({
    channel: channels.leads,
    username: 'Pricing page',
    modern: true,
    text: '',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: hubspotText.replace('Demo request', 'Pricing') } },
    ],
  });
  await world.settle();
  expect(await world.newestLead()).toMatchObject({ name: 'Ada Lovelace', rank: 'B' });
});

test('a colleague’s "New lead: …" in one line becomes a lead', async () => {
  const world = await startWorld();
  const lead = await world.typedLead(
    'Ada Lovelace, ada@analytical.example, Analytical Engines, demo request',
  );
  expect(lead).toMatchObject({
    name: 'Ada Lovelace',
    email: 'ada@analytical.example',
    account: 'Analytical Engines',
    rank: 'A',
  });
});

test('a post that is no lead stays untouched and unanswered', async () => {
  const world = await startWorld();
  const before = world.sandbox.messages(channels.leads).length;
  const post = world.sandbox.postMessage({
    channel: channels.leads,
    user: people.bob,
    text: 'has anybody heard from ada@analytical.example?',
  });
  world.sandbox.botMessage({ channel: channels.leads, username: 'CI', text: 'Build failed on main' });
  await world.settle();
  expect(world.sandbox.messages(channels.leads)).toHaveLength(before + 2);
  expect(world.lastMessage('leads', /anybody heard/)).toEqual(post);
  expect(await world.leads()).toEqual([]);
});

test('the same event twice makes one lead and one card', async () => {
  const world = await startWorld();
  world.sandbox.faults([{ match: { type: 'message' }, do: 'event_twice', times: 1 }]);
  const lead = await world.hubspotLead();
  expect(await world.leads()).toHaveLength(1);
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toHaveLength(1);
  expect(world.thread(lead)).toEqual([]);
});

test('an event that Slack repeats after a minute and after five makes one lead', async () => {
  const world = await startWorld();
  world.sandbox.faults([{ match: { type: 'message' }, do: 'event_retry', times: 1 }]);
  await world.hubspotLead();
  await world.advance('7m');
  expect(await world.leads()).toHaveLength(1);
});

test('a second post with the same mail address joins the lead’s thread instead of making a second card', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.hubspotLead({ Form: 'Pricing page', Email: 'Ada+news@analytical.example' });
  expect(await world.leads()).toHaveLength(1);
  expect(world.thread(lead).map((message) => message.text)).toEqual(['Ada Lovelace came in again.']);
  expect(textOf(world.thread(lead)[0])).toMatch(/Pricing page.*\|new post>/s);
});

test('a closed lead that comes in again is told about in its thread, with how to reopen it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.close('alice', lead, 'rejected');
  await world.demoLead('Ada Lovelace');
  expect(textOf(world.thread(lead).at(-1))).toMatch(
    /<@U0ALICE> \*Ada Lovelace\* came in again.*This lead is closed. Reopen it\?/,
  );
});

test('a closed lead that nobody had is told to the managers when it comes in again', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.close('mona', lead, 'rejected');
  await world.hubspotLead();
  expect(textOf(world.thread(lead).at(-1))).toContain('<@U0MONA> *Ada Lovelace* came in again');
});

test('the rep hears of it when their lead comes in again', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.demoLead('Ada Lovelace');
  expect(textOf(world.thread(lead).at(-1))).toMatch(
    /<@U0ALICE> \*Ada Lovelace\* came in again.*\|new post>\. A good moment to write or call\./,
  );
});

test('a colleague who posts a known lead is told where their post went', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Grace Hopper');
  const repeat = 'New lead: Grace Hopper, grace.hopper@hopper.example, met at the fair';
  world.sandbox.postMessage({ channel: channels.leads, user: people.max, text: repeat });
  await world.settle();
  const link = `https://acme-sales.slack.com/archives/${channels.leads}/p${world.card(lead).ts.replace('.', '')}`;
  expect(world.lastWhisper('max')).toContain(
    `*Grace Hopper* is known already. I added your post to <${link}|the card's thread>.`,
  );
  expect(world.thread(lead)).toHaveLength(1);
});

test('a known lead that an app posts again whispers to nobody', async () => {
  const world = await startWorld();
  await world.hubspotLead();
  await world.hubspotLead();
  const told = (['alice', 'bob', 'max', 'mona'] as const).flatMap((person) => world.whispers(person));
  expect(told.filter((message) => textOf(message).includes('known already'))).toEqual([]);
});

test('a colleague who names a lead without a way to reach it is told what is missing', async () => {
  const world = await startWorld();
  world.sandbox.postMessage({
    channel: channels.leads,
    user: people.max,
    text: 'New lead: Dorothy Vaughan, West Computing, met at the trade fair',
  });
  await world.settle();
  expect(world.lastWhisper('max')).toContain('I made no card: I need a mail address or a phone number.');
  expect(await world.leads()).toEqual([]);
});

test.each(['New lead please!', 'New lead!', 'lead: thanks all', 'New lead: Demo Request', 'leads are slow'])(
  'chat such as "%s" is not answered',
  async (text) => {
    const world = await startWorld();
    world.sandbox.postMessage({ channel: channels.leads, user: people.max, text });
    await world.settle();
    expect(world.whispers('max')).toEqual([]);
  },
);

test('a channel that nobody has set up gets no advice on how to post a lead', async () => {
  const world = await startWorld({ unset: true });
  world.invite();
  await world.settle();
  const text = 'New lead: Dorothy Vaughan, West Computing';
  world.sandbox.postMessage({ channel: channels.leads, user: people.max, text });
  await world.settle();
  expect(world.whispers('max')).toEqual([]);
});

test('the same phone number is the same person where a mail address is missing', async () => {
  const world = await startWorld();
  const lead = await world.typedLead('Ada Lovelace, +49 30 901820, Analytical Engines');
  await world.typedLead('Ada L., +49 (30) 90 18 20');
  await world.hubspotLead({ Phone: '+4930901820' });
  expect(await world.leads()).toHaveLength(1);
  expect(world.thread(lead)).toHaveLength(2);
});

test('colleagues who share a phone number are two leads', async () => {
  const world = await startWorld();
  await world.hubspotLead({ Phone: '+49 30 901820' });
  await world.hubspotLead({ Phone: '+49 30 901820', 'First Name': 'Mary', Email: 'mary@analytical.example' });
  expect(await world.leads()).toHaveLength(2);
});

test('two leads without a mail address are two leads', async () => {
  const world = await startWorld();
  await world.typedLead('Ada Lovelace, +49 30 901820, Analytical Engines');
  await world.typedLead('Alan Turing, +44 20 7946 0018, Bombe Ltd');
  expect((await world.leads()).map((lead) => lead.name)).toEqual(['Ada Lovelace', 'Alan Turing']);
});

test('what is said in a thread is talk about a lead, not a lead', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  world.sandbox.postMessage({
    channel: channels.leads,
    user: people.bob,
    text: 'New lead: Charles Babbage, charles@difference.example, Difference Ltd, demo request',
    thread_ts: world.card(lead).ts,
  });
  await world.settle();
  expect(await world.leads()).toHaveLength(1);
});

test('the app’s own messages are never leads, even the one that shows how to post one', async () => {
  const world = await startWorld();
  expect(textOf(world.lastMessage('leads', /set up/))).toContain('New lead: Ada Lovelace');
  expect(await world.leads()).toEqual([]);
  const seen = await world.db.selectFrom('arrival').selectAll().execute();
  expect(seen).toEqual([]);
});

test.each([
  ['Demo request', 'A', 'asked for a demo'],
  ['Pricing page', 'B', 'looked at our prices'],
  ['Spring newsletter', 'C', 'opened or answered a mailing'],
  ['Something else', 'C', 'the source says nothing about interest'],
])('a lead through "%s" is ranked %s and the card says why', async (form, rank, reason) => {
  const world = await startWorld();
  const lead = await world.hubspotLead({ Form: form });
  expect(lead).toMatchObject({ rank, rank_reason: reason });
  expect(textOf(world.card(lead))).toContain(`*${rank}* · ${reason}`);
  expect(textOf(world.card(lead))).toContain(form);
});

test('a colleague’s words rank a lead whose source says nothing', async () => {
  const world = await startWorld();
  const lead = await world.typedLead('Ada Lovelace, ada@x.example, Acme, via Bob, please call me back');
  expect(lead).toMatchObject({ rank: 'A', rank_reason: 'asked for a call or an offer' });
});

test('the card links the original post', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  const origin = world.posts('leads').find((post) => post['username'] === 'HubSpot');
  expect(origin?.ts).toBe(lead.origin_ts);
  const place = `https://acme-sales.slack.com/archives/${channels.leads}/p${lead.origin_ts?.replace('.', '')}`;
  expect(textOf(world.card(lead))).toContain(`<${place}|original post>`);
});

test('a channel that nobody has set up is left alone', async () => {
  const world = await startWorld();
  world.sandbox.invite({ channel: channels.sales, user: botUserId });
  await world.settle();
  const before = world.posts('sales').length;
  world.sandbox.postMessage({
    channel: channels.sales,
    user: people.max,
    text: 'New lead: Ada Lovelace, ada@analytical.example, Analytical Engines, demo request',
  });
  await world.settle();
  expect(await world.leads()).toEqual([]);
  expect(world.posts('sales')).toHaveLength(before + 1);
});

test('a lead whose card was deleted gets a new one when it comes in again', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  world.sandbox.deleteMessage({ channel: channels.leads, ts: world.card(lead).ts });
  await world.db.deleteFrom('slack_message').where('slot', '=', `card:${lead.id}`).execute();
  await world.hubspotLead();
  expect(textOf(world.card(lead))).toContain('Ada Lovelace');
  expect(world.thread(lead).map(textOf).join()).toContain('came in again');
});
