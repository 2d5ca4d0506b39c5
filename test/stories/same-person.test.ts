import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import type { Message, Outcome } from '../../src/sandbox/index.ts';
import {
  actionIds,
  channels,
  moment,
  people,
  type PersonName,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';
import { listLead } from '../gate/marketing.ts';

/** Ada again: the same name at the same company, another mail address. */
async function otherAda(world: World, fields: Record<string, string> = {}): Promise<void> {
  await world.hubspotLead({
    Email: 'a.lovelace@analytical.example',
    Phone: '+49 30 901821',
    Form: 'Pricing page',
    Message: 'What does it cost?',
    ...fields,
  });
}

function questions(world: World, lead: Pick<LeadRow, 'id'>): Message[] {
  return world
    .thread(lead)
    .filter((message) => /same person|Two people|lead of its own/i.test(textOf(message)));
}

function question(world: World, lead: Pick<LeadRow, 'id'>): Message {
  const found = questions(world, lead).at(-1);
  if (!found) throw new Error(`Nobody asks about lead ${lead.id}.`);
  return found;
}

function decideOnly(world: World, person: PersonName, message: Message, decision: string): Promise<Outcome> {
  return world.sandbox.interact({
    channel: channels.leads,
    messageTs: message.ts,
    user: people[person],
    action: { action_id: `duplicate:${decision}` },
  });
}

async function decide(world: World, person: PersonName, message: Message, decision: string): Promise<void> {
  await decideOnly(world, person, message, decision);
  await world.settle();
}

async function arrivals(world: World): Promise<[string, number | null][]> {
  const rows = await world.db
    .selectFrom('arrival')
    .selectAll()
    .orderBy('received_at')
    .orderBy('key')
    .execute();
  return rows.map((row) => [row.outcome, row.lead_id]);
}

test('the same name at the same company with another address is a question in the thread, both sides in view', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead({ Phone: '+49 30 901820' });
  await otherAda(world);
  expect(await world.leads()).toHaveLength(1);
  const asked = question(world, ada);
  const said = textOf(asked);
  expect(said).toMatch(new RegExp(`\\*Is this the same person\\?\\* Same name.* <@${people.mona}>`));
  expect(said).toContain('Same name, same company, different mail, different phone.');
  const [known = '', other = ''] = said.split('\nNew: ');
  for (const part of ['Known: *Ada Lovelace*', 'Analytical Engines', 'ada@analytical.example', '+4930901820'])
    expect(known).toContain(part);
  for (const part of ['a.lovelace@analytical.example', '+4930901821', 'via HubSpot: Pricing page'])
    expect(other).toContain(part);
  expect(said).toContain('>What does it cost?');
  expect(said).toMatch(/Without an answer by <!date\^/);
  expect(actionIds(asked)).toEqual(['duplicate:same', 'duplicate:different']);
});

test('Same person: it is a signal of the lead, and the other address stays in view', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await decide(world, 'mona', question(world, ada), 'same');
  expect(await world.leads()).toHaveLength(1);
  expect(await arrivals(world)).toEqual([
    ['lead', ada.id],
    ['signal', ada.id],
  ]);
  const decided = question(world, ada);
  expect(textOf(decided)).toContain(`*The same person*, says <@${people.mona}>.`);
  expect(textOf(decided)).toContain('Also to be reached at :email: <mailto:a.lovelace@analytical.example|');
  expect(actionIds(decided)).toEqual([]);
  expect(world.thread(ada).map((message) => message.text)).toContain('Ada Lovelace came in again.');
  expect((await world.lead(ada.id)).phone).toBe('+4930901821');
});

test('Different: it is a lead of its own with its own card', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await decide(world, 'mona', question(world, ada), 'different');
  const [, other] = await world.leads();
  expect(other).toMatchObject({ email: 'a.lovelace@analytical.example', state: 'offered', rank: 'B' });
  expect(await arrivals(world)).toEqual([
    ['lead', ada.id],
    ['lead', other?.id],
  ]);
  expect(textOf(question(world, ada))).toContain(
    `*Two people*, says <@${people.mona}>, so this is a lead of its own`,
  );
  expect(actionIds(world.card({ id: other?.id ?? 0 }))).toContain('claim');
});

test('a private address does not hide who it is: the company’s name tells as well as its domain', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world, { Email: 'ada.lovelace@gmail.com', Company: 'Analytical Engines Ltd.' });
  expect(await world.leads()).toHaveLength(1);
  expect(textOf(question(world, ada))).toContain('Same name, same company, different mail.');
});

test('one number and two full names are a question, and what was said about the one says nothing of a third', async () => {
  const world = await startWorld();
  const ada = await world.typedLead('Ada Lovelace, +49 30 901820');
  await world.typedLead('Mary Somerville, +49 30 901820');
  expect(await world.leads()).toHaveLength(1);
  expect(textOf(question(world, ada))).toContain('Different name, same phone.');
  await world.typedLead('Grace Hopper, +49 30 901820');
  expect(questions(world, ada)).toHaveLength(2);
  await world.typedLead('A. Lovelace, +49 30 901820');
  expect((await arrivals(world)).map(([outcome]) => outcome)).toEqual([
    ...['lead', 'probable', 'probable', 'signal'],
  ]);
});

test('an app’s post that is no new card has one quiet line below it, and mentions nobody', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await world.hubspotLead({ Message: 'again' });
  await otherAda(world);
  await world.hubspotLead({
    'First Name': 'Mary',
    'Last Name': 'Somerville',
    Email: 'mary@moon.example',
    Form: 'Purchased list',
  });
  const [first, ...others] = world.sandbox
    .messages(channels.leads)
    .filter(({ username, bot_id: bot }) => username === 'HubSpot' || bot === 'BHUBSPOT');
  const below = (post?: Message): string[] =>
    world.sandbox
      .messages(channels.leads)
      .filter((message) => message.thread_ts === post?.ts && message.ts !== post?.ts)
      .map(textOf);
  expect(below(first)).toEqual([]);
  const said = others.map((post) => below(post).join());
  const card = world.card(ada).ts.replace('.', '');
  expect(said[0]).toMatch(new RegExp(`Known: <.*p${card}\\|Ada Lovelace>\\. It is in that thread\\.`));
  expect(said[1]).toMatch(/May be <.*\|Ada Lovelace>: a manager is asked\./);
  expect(said[2]).toContain(`Held: marketing looks first in <#${channels.marketing}>.`);
  expect(said.join()).not.toContain('<@');
});

test('only managers decide', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await decide(world, 'alice', question(world, ada), 'same');
  expect(world.lastWhisper('alice')).toContain(
    `A manager decides this: <@${people.mona}>. Nothing was changed.`,
  );
  expect(actionIds(question(world, ada))).toEqual(['duplicate:same', 'duplicate:different']);
});

test('when nobody decides in four working hours it becomes a lead of its own, and the question says so', async () => {
  const world = await startWorld({ startAt: moment('2026-11-06', '15:00') });
  const ada = await world.hubspotLead();
  await otherAda(world);
  await world.skipTo(moment('2026-11-09', '10:58'));
  expect(await world.leads()).toHaveLength(1);
  await world.skipTo(moment('2026-11-09', '11:01'));
  expect(await world.leads()).toHaveLength(2);
  expect(textOf(question(world, ada))).toMatch(
    /may be the same person as \*Ada Lovelace\*; nobody said so by <!date[^>]+>, so this is a lead of its own/,
  );
  await world.skipTo(moment('2026-11-09', '12:00'));
  expect(await world.leads()).toHaveLength(2);
});

test('two managers at once: the first counts, the other hears it', async () => {
  const world = await startWorld();
  await world.command('mona', '/leads setup');
  await world.submit('mona', { managers: [people.mona, people.max] });
  const ada = await world.hubspotLead();
  await otherAda(world);
  const asked = question(world, ada);
  await Promise.all([decideOnly(world, 'mona', asked, 'same'), decideOnly(world, 'max', asked, 'different')]);
  await world.settle();
  const first = (await world.leads()).length === 1 ? 'mona' : 'max';
  const second = first === 'mona' ? 'max' : 'mona';
  expect(world.lastWhisper(second)).toContain(`<@${people[first]}> has decided already`);
  expect(world.lastWhisper(second)).toContain('Nothing was changed.');
  expect(await arrivals(world)).toHaveLength(2);
});

test('while the question waits, the same address joins it and is not asked about twice', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await otherAda(world, { Email: 'A.Lovelace+demo@analytical.example', Form: 'Demo request' });
  expect(questions(world, ada)).toHaveLength(1);
  expect(textOf(question(world, ada))).toContain('It came in 2 times.');
  await decide(world, 'mona', question(world, ada), 'different');
  const [, other, ...more] = await world.leads();
  expect(more).toEqual([]);
  expect(other).toMatchObject({ rank: 'A' });
  expect(await arrivals(world)).toEqual([
    ['lead', ada.id],
    ['lead', other?.id],
    ['signal', other?.id],
  ]);
});

test('once it was said to be the same person, that address is a signal without another question', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await decide(world, 'mona', question(world, ada), 'same');
  await otherAda(world);
  expect(questions(world, ada)).toHaveLength(1);
  expect(await world.leads()).toHaveLength(1);
  expect((await arrivals(world)).at(-1)).toEqual(['signal', ada.id]);
});

test('what was said of an address holds, also when a namesake has become a lead since', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await decide(world, 'mona', question(world, ada), 'same');
  await otherAda(world, { Email: 'ada.b.lovelace@analytical.example', Phone: '' });
  await decide(world, 'mona', question(world, ada), 'different');
  await otherAda(world);
  expect(await world.leads()).toHaveLength(2);
  expect((await world.db.selectFrom('probable_duplicate').select('decision').execute()).length).toBe(2);
  expect((await arrivals(world)).at(-1)).toEqual(['signal', ada.id]);
});

test('another address again is another question', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await otherAda(world, { Email: 'countess@analytical.example', Phone: '' });
  expect(questions(world, ada)).toHaveLength(2);
});

test('Different, but the address has become a lead meanwhile: it joins that one', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await world.hubspotLead({
    'First Name': 'A.',
    'Last Name': 'L.',
    Email: 'a.lovelace@analytical.example',
  });
  const [, meanwhile] = await world.leads();
  await decide(world, 'mona', question(world, ada), 'different');
  expect(await world.leads()).toHaveLength(2);
  expect(textOf(question(world, ada))).toMatch(/Its address was known by then, so it joined <.*\|A\. L\.>/);
  expect(await arrivals(world)).toContainEqual(['signal', meanwhile?.id]);
});

test('a known lead that was closed since is offered for reopening when it is the same person', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  await world.close('bob', ada, 'rejected');
  await decide(world, 'mona', question(world, ada), 'same');
  const told = world.thread(ada).at(-1);
  expect(textOf(told)).toContain('This lead is closed. Reopen it?');
  expect(actionIds(told as Message)).toEqual(['reopen']);
});

test('a known lead that is held is asked about in the marketing channel’s thread', async () => {
  const world = await startWorld();
  const ada = await listLead(world);
  await otherAda(world, { Form: 'Purchased list' });
  const asked = world.sandbox
    .messages(channels.marketing)
    .find((message) => /Is this the same person/.test(message.text));
  expect(asked?.thread_ts).toBeDefined();
  await world.sandbox.interact({
    channel: channels.marketing,
    messageTs: asked?.ts ?? '',
    user: people.mona,
    action: { action_id: 'duplicate:same' },
  });
  await world.settle();
  expect(await world.leads()).toHaveLength(1);
  expect((await world.lead(ada.id)).state).toBe('held');
});

test('a question about a lead that was erased since is answered with a sentence, and nothing breaks', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  await otherAda(world);
  const asked = question(world, ada);
  await world.db.deleteFrom('probable_duplicate').execute();
  await decide(world, 'mona', asked, 'same');
  expect(world.lastWhisper('mona')).toContain('This question is no longer there. Nothing was changed.');
  await world.skipTo(world.now + 86_400_000);
  expect(await world.leads()).toHaveLength(1);
});

test('what resembles a lead whose card was deleted is not lost: undecided, it becomes a lead of its own', async () => {
  const world = await startWorld();
  const ada = await world.hubspotLead();
  world.sandbox.deleteMessage({ channel: channels.leads, ts: world.card(ada).ts });
  await otherAda(world);
  await world.skipTo(world.now + 86_400_000);
  const [, other] = await world.leads();
  expect(textOf(world.card({ id: other?.id ?? 0 }))).toContain('*Ada Lovelace*');
});
