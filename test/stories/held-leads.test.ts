import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionIds, channels, people, startWorld, temporaryFile, textOf } from '../support/world.ts';
import { germanPlaybook } from '../intake/german-playbook.ts';
import { hostileTexts } from '../support/hostile.ts';
import {
  chooseReason,
  click,
  clickOnly,
  formField,
  formText,
  heldCard,
  listLead,
  openForm,
} from '../gate/marketing.ts';

test('a lead from a list waits in the marketing channel, with everything needed to decide; reps see nothing', async () => {
  const world = await startWorld();
  const lead = await listLead(world, { Phone: '+49 30 901820', Message: 'Met at the fair' });
  expect(lead).toMatchObject({ state: 'held', owner_id: null });
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toEqual([]);
  const card = heldCard(world, lead);
  const said = textOf(card);
  for (const part of [
    '*Ada Lovelace* · Analytical Engines',
    '<mailto:ada@analytical.example|ada@analytical.example>',
    '<tel:+4930901820|+4930901820>',
    '>Met at the fair',
    '*D* · comes from a list · via HubSpot: Purchased list',
    'Rank D (from a list) is qualified first.',
    '|original post>',
  ])
    expect(said).toContain(part);
  expect(said).toMatch(/\*Held\* since <!date\^/);
  expect(actionIds(card)).toEqual(['held_release', 'held_complete', 'held_turn_down']);
});

test('one click releases it: a card for the reps, and the held card says who did it and who has it', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const lead = await listLead(world);
  await world.advance('2h');
  await click(world, 'max', heldCard(world, lead), 'held_release');
  const released = await world.lead(lead.id);
  expect(released).toMatchObject({ state: 'owned', owner_id: people.alice, held_reasons: null });
  expect(released.cadence_started_at).toBeGreaterThan(lead.created_at);
  expect(textOf(world.card(lead))).toContain(`<@${people.alice}>`);
  const card = heldCard(world, lead);
  expect(textOf(card)).toContain(`*Released* by <@${people.max}>, now with <@${people.alice}>`);
  expect(actionIds(card)).toEqual([]);
  expect(world.lastWhisper('max', 'marketing')).toContain(
    `Released: *Ada Lovelace* (Analytical Engines) is now with <@${people.alice}>.`,
  );
});

test('a released lead that nobody has room for is not said to be on offer', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  for (const rep of ['alice', 'bob', 'carol'] as const) await world.command(rep, '/leads away');
  const lead = await listLead(world);
  await click(world, 'max', heldCard(world, lead), 'held_release');
  const where = `now in <#${channels.leads}>, where it waits: everybody is away`;
  expect(textOf(heldCard(world, lead))).toContain(where);
  expect(world.lastWhisper('max', 'marketing')).toContain(where);
});

test('a released lead on offer is claimed like any other, and the held card follows', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await click(world, 'max', heldCard(world, lead), 'held_release');
  expect(textOf(heldCard(world, lead))).toContain(`now on offer in <#${channels.leads}>`);
  await world.click('bob', world.card(lead), 'claim');
  expect(textOf(heldCard(world, lead))).toContain(`now with <@${people.bob}>`);
});

test('two people release at once: one wins, the other is told who, and there is one card', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  const card = heldCard(world, lead);
  await Promise.all([
    clickOnly(world, 'max', card, 'held_release'),
    clickOnly(world, 'mona', card, 'held_release'),
  ]);
  await world.settle();
  const told = [world.lastWhisper('max', 'marketing'), world.lastWhisper('mona', 'marketing')];
  expect(told.filter((text) => text.includes('Released: '))).toHaveLength(1);
  expect(
    told.filter((text) => /was released already by <@U0M(AX|ONA)>\. Nothing was changed\./.test(text)),
  ).toHaveLength(1);
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toHaveLength(1);
});

test('who is neither in the marketing channel nor a manager decides nothing', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  const stray = await world.oldMessage('held_release', String(lead.id));
  await world.click('alice', stray, 'held_release');
  expect(world.lastWhisper('alice')).toContain(`Held leads are decided in <#${channels.marketing}> now.`);
  expect((await world.lead(lead.id)).state).toBe('held');
  await world.click('mona', stray, 'held_release');
  expect((await world.lead(lead.id)).state).toBe('offered');
});

test('Complete asks for what is missing first, and releases when it is complete', async () => {
  const world = await startWorld();
  const lead = await listLead(world, { Company: '', 'First Name': '', 'Last Name': '' });
  expect(textOf(heldCard(world, lead))).toContain('The name is missing. The company is missing.');
  await openForm(world, 'max', lead, 'held_complete');
  const ids = world.sandbox.view(people.max)?.blocks.map((block) => block['block_id']);
  expect(ids?.slice(1)).toEqual(['name', 'account', 'email', 'phone', 'title', 'message', 'release']);
  expect(formField(world, 'max', 'email')).toBe('ada@analytical.example');
  await world.submit('max', {
    name: 'Ada Lovelace',
    account: 'Analytical Engines GmbH',
    phone: '+49 30 901820',
    title: 'Head of Engineering',
    release: ['yes'],
  });
  expect(world.lastWhisper('max', 'marketing')).toContain(
    `Released: *Ada Lovelace* (Analytical Engines GmbH) is now on offer in <#${channels.leads}>.`,
  );
  const done = await world.lead(lead.id);
  expect(done).toMatchObject({
    state: 'offered',
    name: 'Ada Lovelace',
    name_key: 'ada lovelace',
    phone: '+4930901820',
    account_key: 'analytical.example',
    sales_persona: 'Decision maker',
  });
  expect(textOf(world.card(lead))).toContain('*Ada Lovelace*, Head of Engineering · Analytical Engines GmbH');
  expect(textOf(heldCard(world, done))).toContain(`*Released* by <@${people.max}>`);
});

test('with the box unticked, what is known is saved and the lead stays held', async () => {
  const world = await startWorld();
  const lead = await listLead(world, { Company: '' });
  await openForm(world, 'max', lead, 'held_complete');
  await world.submit('max', { account: 'Analytical Engines' });
  expect(world.lastWhisper('max', 'marketing')).toMatch(/^Saved: Ada.*Still held: Rank D/s);
  expect(await world.lead(lead.id)).toMatchObject({ state: 'held', account: 'Analytical Engines' });
  const said = textOf(heldCard(world, lead));
  expect(said).toContain('is qualified first.');
  expect(said).not.toContain('missing');
});

test('with the box ticked and something missing, the form says which field, and nothing is saved', async () => {
  const world = await startWorld();
  const lead = await listLead(world, { Company: '' });
  await openForm(world, 'max', lead, 'held_complete');
  const outcome = await world.submit('max', { title: 'Programmer', release: ['yes'] });
  expect(Object.keys(outcome.errors ?? {})).toEqual(['account']);
  expect(outcome.errors?.['account']).toContain('Rank D needs this. Fill it in, or untick');
  expect(await world.lead(lead.id)).toMatchObject({ state: 'held', title: null });
});

test.each([
  ['email', 'ada at analytical', 'This is no mail address.'],
  ['email', 'ada@one.example, ada@two.example', 'These are several addresses.'],
  ['email', '', 'Give a mail address or a phone number'],
  ['phone', 'call me maybe', 'This is no phone number.'],
] as const)('%s “%s” is not taken, and the form says what to do', async (field, value, sentence) => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_complete');
  const outcome = await world.submit('max', { [field]: value });
  expect(outcome.errors?.[field]).toContain(sentence);
  expect(await world.lead(lead.id)).toEqual(lead);
});

test('a number typed without its country is the number of the playbook’s country', async () => {
  const world = await startWorld({ playbookPath: germanPlaybook() });
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_complete');
  await world.submit('max', { phone: '030 901820' });
  expect(await world.lead(lead.id)).toMatchObject({ phone: '+4930901820' });
});

test('an address or number that belongs to a known lead is named with a link, and makes no second one', async () => {
  const world = await startWorld();
  const known = await world.hubspotLead({
    'First Name': 'Grace',
    'Last Name': 'Hopper',
    Email: 'grace@navy.example',
    Phone: '+1 202 456 1111',
    Company: 'Navy',
  });
  const lead = await listLead(world, { Email: '', Phone: '+49 30 901820' });
  await openForm(world, 'max', lead, 'held_complete');
  const link = `/archives/${channels.leads}/p${world.card(known).ts.replace('.', '')}`;
  const byMail = await world.submit('max', { email: 'Grace+list@navy.example' });
  expect(byMail.errors?.['email']).toContain('This is the address of Grace Hopper, who is a lead already.');
  expect(byMail.errors?.['email']).toContain(link);
  const byPhone = await world.submit('max', { email: '', phone: '+1 (202) 456-1111' });
  expect(byPhone.errors?.['phone']).toContain('This is the number of Grace Hopper');
  expect(byPhone.errors?.['phone']).toContain(link);
  expect(await world.lead(lead.id)).toEqual(lead);
});

test('turning down offers the words for the reason, changes them with it, and opens a mail with them', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  expect(formText(world, 'max')).toContain('Choose a reason, and the words for the prospect appear here.');
  await chooseReason(world, 'max', lead, 'no_budget_now');
  const offered = formField(world, 'max', 'answer:no_budget_now') ?? '';
  expect(offered).toMatch(/^Hi Ada,\n\nIt seems that now is not the time/);
  const url = /<(mailto:ada@analytical\.example\?[^|]+)\|Open in your mail program>/.exec(
    formText(world, 'max'),
  )?.[1];
  const query = new URLSearchParams(url?.replaceAll('&amp;', '&').split('?')[1]);
  expect(query.get('body')).toBe(offered.replaceAll('\n', '\r\n'));
  await chooseReason(world, 'max', lead, 'outside_our_market');
  expect(formField(world, 'max', 'answer:no_budget_now')).toBeUndefined();
  expect(formField(world, 'max', 'answer:outside_our_market')).toContain(
    'The market that we work in does not include Analytical Engines',
  );
});

test('turned down with an answer: resolved as rejected, said on the card, and no rep hears of it', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  await chooseReason(world, 'max', lead, 'not_a_fit');
  expect(await world.submit('max', { 'answer:not_a_fit': 'Dear Ada, no.', sent: 'yes' })).toMatchObject({
    ok: true,
  });
  expect(await world.lead(lead.id)).toMatchObject({
    state: 'resolved',
    resolution: 'rejected',
    answered: 1,
    resolved_by: people.max,
    resolution_note: 'Not a fit',
    held_reasons: null,
    next_attempt_at: null,
  });
  const card = heldCard(world, lead);
  expect(textOf(card)).toContain(`*Turned down* by <@${people.max}>: not a fit · prospect was told`);
  expect(actionIds(card)).toEqual([]);
  expect(world.posts('leads').filter((post) => post.text.startsWith('Lead:'))).toEqual([]);
  const audit = await world.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'lead.turned_down')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(audit.detail)).toMatchObject({ reason: 'not_a_fit', text: 'Dear Ada, no.' });
});

test('an answer that is not sent yet is a prospect who heard nothing; spam needs none', async () => {
  const world = await startWorld();
  const ada = await listLead(world);
  await openForm(world, 'max', ada, 'held_turn_down');
  await chooseReason(world, 'max', ada, 'no_budget_now');
  expect((await world.submit('max', {})).errors).toHaveProperty('sent');
  await world.submit('max', { sent: 'no' });
  expect(textOf(heldCard(world, ada))).toContain('no budget now · prospect heard nothing yet');

  const spam = await listLead(world, {
    Email: 'win@prizes.example',
    'First Name': 'Win',
    'Last Name': 'Now',
  });
  await openForm(world, 'max', spam, 'held_turn_down');
  await chooseReason(world, 'max', spam, 'spam');
  expect(formText(world, 'max')).toContain('Nobody needs an answer to this.');
  expect(await world.submit('max', {})).toMatchObject({ ok: true });
  expect(textOf(heldCard(world, spam))).toContain('spam · nobody to answer');
  expect((await world.leads()).map((lead) => lead.answered)).toEqual([0, 0]);

  const digest = await world.command('mona', '/leads digest', 'marketing');
  expect(digest).toMatch(/1 prospect closed without an answer: <[^|]*C0MARKETING[^|]*\|Ada Lovelace>/);
});

test('“Not yet” is no dead end: the card has the link with the words as typed, and *It is sent* ends it', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  await chooseReason(world, 'max', lead, 'not_a_fit');
  expect(formText(world, 'max')).toContain('with the original text');
  await world.submit('max', { 'answer:not_a_fit': 'Dear Ada, no.', sent: 'no' });
  const link = 'body=Dear%20Ada%2C%20no.|Open in your mail program>';
  expect(world.lastWhisper('max', 'marketing')).toContain(link);
  const card = heldCard(world, lead);
  expect(textOf(card)).toContain(link);
  expect(actionIds(card)).toEqual(['held_sent', 'held_take_back']);
  const ghost = '1 prospect closed without an answer';
  await world.advance('1m');
  expect(await world.command('mona', '/leads digest', 'marketing')).toContain(ghost);
  await click(world, 'max', card, 'held_sent');
  expect((await world.lead(lead.id)).answered).toBe(1);
  expect(textOf(heldCard(world, lead))).toContain('prospect was told');
  expect(actionIds(heldCard(world, lead))).toEqual([]);
  expect(await world.command('mona', '/leads digest', 'marketing')).not.toContain(ghost);
  const audit = await world.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'lead.answered')
    .execute();
  expect(audit).toMatchObject([{ actor: people.max, lead_id: lead.id }]);
});

test.each(['spam', 'not_a_fit'])(
  'a lead turned down as %s by mistake is taken back and held',
  async (reason) => {
    const world = await startWorld();
    const lead = await listLead(world);
    await openForm(world, 'max', lead, 'held_turn_down');
    await chooseReason(world, 'max', lead, reason);
    await world.submit('max', reason === 'spam' ? {} : { sent: 'no' });
    await click(world, 'mona', heldCard(world, lead), 'held_take_back');
    expect(await world.lead(lead.id)).toEqual(lead);
    expect(actionIds(heldCard(world, lead))).toContain('held_release');
    await world.advance('1m');
    expect(await world.command('mona', '/leads digest', 'marketing')).not.toContain('turned down');
  },
);

test('after a day it is too late to take back what was turned down', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  await chooseReason(world, 'max', lead, 'spam');
  await world.submit('max', {});
  await world.skipTo(world.now + 86_400_000);
  await click(world, 'max', heldCard(world, lead), 'held_take_back');
  expect(world.lastWhisper('max', 'marketing')).toContain('was turned down more than a day ago.');
  expect((await world.lead(lead.id)).state).toBe('resolved');
});

test('a lead without a mail address is turned down all the same', async () => {
  const world = await startWorld();
  const lead = await listLead(world, { Email: '', Phone: '+49 30 901820' });
  await openForm(world, 'max', lead, 'held_turn_down');
  await chooseReason(world, 'max', lead, 'not_a_fit');
  expect(formText(world, 'max')).toContain('No mail address is known: call them');
  expect(await world.submit('max', { sent: 'yes' })).toMatchObject({ ok: true });
});

test('who fills in a form about a lead that somebody else has decided hears who and what', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  await chooseReason(world, 'max', lead, 'not_a_fit');
  await openForm(world, 'mona', lead, 'held_complete');
  await world.submit('max', { sent: 'yes' });
  await world.submit('mona', { title: 'Programmer' });
  expect(world.refusal('mona')).toContain(
    `was turned down already by <@${people.max}>. Nothing was changed.`,
  );
  expect(await world.lead(lead.id)).toMatchObject({ state: 'resolved', title: null });
});

test('a reason sent before its words could be shown brings them up instead of closing the lead', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  await world.submit('max', { turn_down_reason: `not_a_fit:${lead.id}` });
  expect(formText(world, 'max')).toContain('Was it sent?');
  expect((await world.lead(lead.id)).state).toBe('held');
});

test('a held lead that asks for a demo releases itself, and its card says why', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await world.hubspotLead({ Form: 'Demo request' });
  expect(await world.lead(lead.id)).toMatchObject({ state: 'offered', rank: 'A' });
  const card = heldCard(world, lead);
  expect(textOf(card)).toContain('*Released*, because it came in again and nothing holds it any more');
  expect(actionIds(card)).toEqual([]);
  expect(actionIds(world.card(lead))).toContain('claim');
});

test('a colleague who posts a held lead again gets the link to where it is decided', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await world.typedLead('Ada Lovelace, ada@analytical.example, Analytical Engines, Purchased list', 'bob');
  expect(await world.lead(lead.id)).toMatchObject({ state: 'held' });
  expect(world.lastWhisper('bob')).toContain(`/archives/${channels.marketing}/p`);
  const thread = world.sandbox.messages(channels.marketing).map(textOf);
  expect(thread.find((text) => text.includes('came in again'))).toContain('It still waits for a decision.');
});

test('a lead that was turned down and is reopened says so on the card it had', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  await chooseReason(world, 'max', lead, 'test');
  await world.submit('max', {});
  const stray = await world.oldMessage('reopen', String(lead.id));
  await world.click('bob', stray, 'reopen');
  expect(await world.lead(lead.id)).toMatchObject({ state: 'offered' });
  expect(textOf(heldCard(world, lead))).toContain('then opened again; now on offer');
  expect(actionIds(world.card(lead))).toContain('claim');
});

test('held leads are in no queue and in no standup number; the standup says how many wait, and links the oldest', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const first = await listLead(world);
  await world.skipTo(world.now + 26 * 3_600_000);
  await listLead(world, { Email: 'grace@navy.example', 'First Name': 'Grace', 'Last Name': 'Hopper' });
  await listLead(world, { Email: 'dorothy@west.example', 'First Name': 'Dorothy', 'Last Name': 'Vaughan' });
  await world.skipTo(world.now + 8 * 86_400_000);
  const told = await world.command('mona', '/standup');
  expect(told).toContain('Nobody is late, every lead has a rep.');
  expect(told).toContain('3 leads wait for marketing, the oldest since <!date');
  const link = `/archives/${channels.marketing}/p${heldCard(world, first).ts.replace('.', '')}|Look at it>`;
  expect(told).toContain(link);
  expect(await world.command('alice', '/leads')).toContain('Your queue is empty.');
  expect(world.directMessages('alice')).toEqual([]);
});

test('the standup names the weekday while that is clear', async () => {
  const world = await startWorld();
  await listLead(world);
  await world.skipTo(world.now + 2 * 86_400_000);
  expect(await world.command('mona', '/standup')).toContain('1 lead waits for marketing since Monday');
});

test('what marketing turns down does not make the marketer a rep in the standup', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  await openForm(world, 'max', lead, 'held_turn_down');
  await chooseReason(world, 'max', lead, 'spam');
  await world.submit('max', {});
  expect(await world.command('mona', '/standup')).not.toContain(people.max);
});

test('the digest counts what waits longer than two working days, and what was decided', async () => {
  const world = await startWorld();
  const lead = await listLead(world);
  const other = await listLead(world, {
    Email: 'grace@navy.example',
    'First Name': 'Grace',
    'Last Name': 'Hopper',
  });
  await click(world, 'max', heldCard(world, other), 'held_release');
  await world.skipTo(world.now + 2 * 86_400_000 - 60_000);
  const before = await world.command('mona', '/leads digest', 'marketing');
  expect(before).not.toContain('held lead wait');
  expect(before).toContain('Held leads decided: 1 released, 0 turned down.');
  await world.skipTo(world.now + 2 * 60_000);
  const after = await world.command('mona', '/leads digest', 'marketing');
  const link = `/archives/${channels.marketing}/p${heldCard(world, lead).ts.replace('.', '')}|Ada Lovelace>`;
  expect(after).toContain('1 held lead waits for you longer than 2 working days. Release or turn it down:');
  expect(after).toContain(link);
});

test('a rank that only lacks a field lets its lead go by itself once that is filled in', async () => {
  const playbookPath = temporaryFile('playbook.yml');
  const standard = readFileSync('data/playbook.yml', 'utf8');
  writeFileSync(
    playbookPath,
    standard.replace('label: Asked for us', 'label: Asked for us\n    requires: [phone, title]'),
  );
  const world = await startWorld({ playbookPath });
  const lead = await world.hubspotLead();
  expect(textOf(heldCard(world, lead))).toContain('The phone number is missing. The job title is missing.');
  await openForm(world, 'max', lead, 'held_complete');
  expect(formText(world, 'max')).toContain('Once nothing is missing, it goes to the reps by itself.');
  await world.submit('max', { phone: '+49 30 901820' });
  expect((await world.lead(lead.id)).state).toBe('held');
  const said = textOf(heldCard(world, lead));
  expect(said).toContain('The job title is missing.');
  expect(said).not.toContain('The phone number is missing.');
  await openForm(world, 'max', lead, 'held_complete');
  await world.submit('max', { title: 'Programmer' });
  expect((await world.lead(lead.id)).state).toBe('offered');
  expect(textOf(heldCard(world, lead))).toContain(`*Released* by <@${people.max}>`);
});

test('a form that was only opened and saved changes no word of what the lead said', async () => {
  const world = await startWorld();
  const Message = `Two  spaces,\ttabs and ${'a long story '.repeat(300)}`;
  const lead = await listLead(world, { Message, 'Last Name': 'Lovelace  King' });
  await openForm(world, 'max', lead, 'held_complete');
  expect(await world.submit('max', { release: [] })).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toEqual(lead);
});

test('whatever a held lead says of itself, its card and its forms reach Slack, and nobody is called', async () => {
  const world = await startWorld();
  for (const [index, [, text]] of hostileTexts.entries()) {
    const Email = `lead${index}@x${index}.example`;
    const lead = await listLead(world, {
      'First Name': text,
      'Last Name': text,
      Email,
      Company: text,
      Message: text,
    });
    if (lead.state !== 'held') throw new Error(`Not held: ${text.slice(0, 20)}`);
    const card = world.posts('marketing').at(-1);
    if (!card) throw new Error('No card');
    await click(world, 'max', card, 'held_complete');
    expect(await world.submit('max', { release: [] })).toMatchObject({ ok: true });
    await click(world, 'max', card, 'held_turn_down');
    await chooseReason(world, 'max', lead, 'not_a_fit');
    expect(await world.submit('max', { sent: 'no' })).toMatchObject({ ok: true });
  }
  const bad = await world.db
    .selectFrom('outbox')
    .select(['id', 'state', 'last_error'])
    .where('state', 'not in', ['sent', 'cancelled'])
    .execute();
  expect(bad).toEqual([]);
  const calls = /<(!channel|!here|!everyone|!subteam|https:\/\/evil)/;
  expect(
    world
      .posts('marketing')
      .map(textOf)
      .filter((said) => calls.test(said)),
  ).toEqual([]);
});
