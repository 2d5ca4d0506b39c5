import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import {
  actionIds,
  botUserId,
  moment,
  people,
  startWorld,
  textOf,
  type World,
  type WorldOptions,
} from '../support/world.ts';

/** A team that claims by these rules, on a ladder that does not interfere. */
async function worldWith(claims: string, options: WorldOptions = {}): Promise<World> {
  const playbookPath = changedPlaybook((text) =>
    withoutLadders(text).replace(/^claims:\n(?: {2}.*\n)+/m, `claims: ${claims}\n`),
  );
  return startWorld({ ...options, playbookPath });
}

/** Alice holds so many leads whose first touch is past due, and one more is on offer. */
async function lateLeads(world: World, count: number): Promise<LeadRow> {
  const names = ['Ann One', 'Ben Two', 'Cid Three', 'Dan Four', 'Eve Five', 'Fay Six', 'Gus Seven'];
  for (const name of names.slice(0, count)) await world.ownedLead('alice', name);
  await world.skipTo(moment('2026-11-02', '13:00'));
  return world.demoLead('New Lead');
}

async function claim(world: World, person: 'alice' | 'bob' | 'mona', lead: LeadRow): Promise<string | null> {
  await world.click(person, world.card(lead), 'claim');
  return (await world.lead(lead.id)).owner_id;
}

test('who holds leads past their touch sees them first, with links, and may claim anyway', async () => {
  const world = await worldWith('{ overdueFirst: 3 }');
  const lead = await lateLeads(world, 7);
  expect(await claim(world, 'alice', lead)).toBeNull();
  const question = world.whisper('alice');
  expect(textOf(question)).toContain(
    '*You hold 7 leads past their touch.* Work one of these first, or claim anyway?',
  );
  expect(textOf(question).match(/\|Open card>/g)).toHaveLength(5);
  expect(textOf(question)).toContain('…and 2 more: `/leads`');
  expect(textOf(question)).not.toContain('New Lead');
  await world.click('alice', question, 'claim_anyway');
  expect((await world.lead(lead.id)).owner_id).toBe(people.alice);
  expect(world.lastWhisper('alice')).toContain('*New Lead* (Lead Ltd) is yours.');
});

test('putting leads off is no way past the question, which says that they are', async () => {
  const world = await worldWith('{ overdueFirst: 3 }');
  const lead = await lateLeads(world, 3);
  const until = moment('2026-11-03', '09:00');
  await world.db.updateTable('lead').set({ snoozed_until: until }).where('name', '=', 'Ann One').execute();
  expect(await claim(world, 'alice', lead)).toBeNull();
  expect(world.lastWhisper('alice')).toContain(`: first touch is put off until <!date^${until / 1000}^`);
});

test('below the number of the playbook, and for everybody else, a claim is a claim', async () => {
  const world = await worldWith('{ overdueFirst: 3 }');
  const lead = await lateLeads(world, 2);
  expect(await claim(world, 'alice', lead)).toBe(people.alice);
  expect(await claim(world, 'bob', await world.demoLead('Next Door'))).toBe(people.bob);
});

test('a lead whose touch is not due yet is not held against anybody', async () => {
  const world = await worldWith('{ overdueFirst: 1 }');
  await world.ownedLead('alice', 'Ann One');
  expect(await claim(world, 'alice', await world.demoLead('Ben Two'))).toBe(people.alice);
});

test('managers are free of the rules', async () => {
  const world = await worldWith('{ overdueFirst: 1, mostADay: 1 }');
  await world.ownedLead('mona', 'Ann One');
  await world.skipTo(moment('2026-11-02', '13:00'));
  expect(await claim(world, 'mona', await world.demoLead('Ben Two'))).toBe(people.mona);
});

test('"Claim anyway" is too late when somebody else was faster', async () => {
  const world = await worldWith('{ overdueFirst: 3 }');
  const lead = await lateLeads(world, 3);
  await claim(world, 'alice', lead);
  const question = world.whisper('alice');
  await claim(world, 'bob', lead);
  await world.click('alice', question, 'claim_anyway');
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  expect(world.lastWhisper('alice')).toContain(`<@${people.bob}> was faster and has this lead.`);
});

test('"Claim anyway" works once for a lead: who gave it back is asked to take one of theirs', async () => {
  const world = await worldWith('{ overdueFirst: 3 }');
  const lead = await lateLeads(world, 3);
  await claim(world, 'alice', lead);
  await world.click('alice', world.whisper('alice'), 'claim_anyway');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  expect(await claim(world, 'alice', lead)).toBeNull();
  expect(textOf(world.whisper('alice'))).toContain(
    'You had this lead before; a manager can give it to you again.',
  );
  expect(actionIds(world.whisper('alice'))).toEqual([]);
});

test('the second claim past overdue leads on one day is a manager’s decision', async () => {
  const world = await worldWith('{ overdueFirst: 3, secondNeedsManager: true }');
  await claim(world, 'alice', await lateLeads(world, 3));
  await world.click('alice', world.whisper('alice'), 'claim_anyway');
  const second = await world.demoLead('Second Wish');
  await claim(world, 'alice', second);
  expect(textOf(world.whisper('alice'))).toContain('a second time is a manager’s decision');
  await world.click('alice', world.whisper('alice'), 'claim_ask');
  expect((await world.lead(second.id)).owner_id).toBeNull();
  expect(world.lastWhisper('alice')).toContain('I asked your managers.');

  const asked = world.sandbox
    .directMessages(people.mona)
    .findLast((message) => /asks whether/.test(message.text));
  if (!asked) throw new Error('Mona was not asked.');
  expect(textOf(asked)).toContain(`<@${people.alice}> would like to claim`);
  expect(textOf(asked)).toContain('They hold 3 leads past their touch');
  await world.click('mona', { ...asked, channel: botUserId }, 'claim_allow');
  expect((await world.lead(second.id)).owner_id).toBe(people.alice);
  expect(world.directMessages('alice').join('\n')).toContain(
    `<@${people.mona}> gave you *Second Wish* (Wish Ltd).`,
  );
  expect(world.directMessages('mona').join('\n')).toContain(
    `*Second Wish* (Wish Ltd) went to <@${people.alice}>`,
  );
});

test('a manager’s yes outweighs the limits that the rep has reached meanwhile; a rep can’t say it', async () => {
  const world = await worldWith('{ overdueFirst: 3, secondNeedsManager: true, mostADay: 5 }');
  await claim(world, 'alice', await lateLeads(world, 3));
  await world.click('alice', world.whisper('alice'), 'claim_anyway');
  const second = await world.demoLead('Second Wish');
  await claim(world, 'alice', second);
  await world.click('alice', world.whisper('alice'), 'claim_ask');
  const own = { sales_team_id: 1, team_id: 'T0ACME' };
  await world.db
    .insertInto('rep')
    .values({ ...own, user_id: people.alice, most_open: 4 })
    .execute();
  await world.db.updateTable('sales_team').set({ updated_at: world.now }).execute();
  const asked = world.sandbox
    .directMessages(people.mona)
    .findLast((message) => /asks whether/.test(message.text));
  if (!asked) throw new Error('Mona was not asked.');
  const old = await world.oldMessage('claim_allow', `${second.id}:${people.alice}`);
  await world.click('bob', old, 'claim_allow');
  expect((await world.lead(second.id)).owner_id).toBeNull();
  expect(world.lastWhisper('bob')).toContain('Only a manager of the team can allow this.');
  await world.click('mona', { ...asked, channel: botUserId }, 'claim_allow');
  expect((await world.lead(second.id)).owner_id).toBe(people.alice);
});

test('a day later the first claim past overdue leads is free again', async () => {
  const world = await worldWith('{ overdueFirst: 3, secondNeedsManager: true }');
  await claim(world, 'alice', await lateLeads(world, 3));
  await world.click('alice', world.whisper('alice'), 'claim_anyway');
  await world.skipTo(moment('2026-11-03', '09:30'));
  await claim(world, 'alice', await world.demoLead('Second Wish'));
  expect(actionIds(world.whisper('alice'))).toEqual(['claim_anyway']);
});

test('so many claims a day and no more: the answer says what to do, and the next day counts anew', async () => {
  const world = await worldWith('{ mostADay: 2 }');
  for (const name of ['Ann One', 'Ben Two']) await world.ownedLead('alice', name);
  const third = await world.demoLead('Cid Three');
  expect(await claim(world, 'alice', third)).toBeNull();
  expect(world.lastWhisper('alice')).toContain(
    'You have claimed 2 leads today, and 2 a day is the most here',
  );
  await world.skipTo(moment('2026-11-02', '23:59'));
  expect(await claim(world, 'alice', third)).toBeNull();
  await world.skipTo(moment('2026-11-03', '00:01'));
  expect(await claim(world, 'alice', third)).toBe(people.alice);
});

test('a rep’s own limits hold for claims too', async () => {
  const world = await worldWith('{}');
  const own = { sales_team_id: 1, team_id: 'T0ACME' };
  await world.db
    .insertInto('rep')
    .values([
      { ...own, user_id: people.alice, most_open: 1 },
      { ...own, user_id: people.bob, most_new_a_day: 1 },
    ])
    .execute();
  const first = await world.ownedLead('alice', 'Ann One');
  await world.ownedLead('bob', 'Ben Two');
  const third = await world.demoLead('Cid Three');
  expect(await claim(world, 'alice', third)).toBeNull();
  expect(world.lastWhisper('alice')).toContain('You hold 1 open lead, and 1 is your limit. Close one first');
  expect(await claim(world, 'bob', third)).toBeNull();
  expect(world.lastWhisper('bob')).toContain(
    'You got 1 new lead for this working day, and 1 a day is your limit.',
  );
  await world.close('alice', first, 'rejected');
  expect(await claim(world, 'alice', third)).toBe(people.alice);
});

test('claims keep their distance in working time: over a weekend with a clock change too', async () => {
  // Clocks go back on Sunday, 25 October 2026.
  const world = await worldWith('{ atLeastApart: 30m }', { startAt: moment('2026-10-23', '16:50') });
  await world.ownedLead('alice', 'Ann One');
  const next = await world.demoLead('Ben Two');
  await world.skipTo(moment('2026-10-26', '09:19'));
  expect(await claim(world, 'alice', next)).toBeNull();
  expect(world.lastWhisper('alice')).toMatch(
    /at least 30 minutes of working time apart.*claim again <!date\^/,
  );
  await world.skipTo(moment('2026-10-26', '09:21'));
  expect(await claim(world, 'alice', next)).toBe(people.alice);
});

test('touching a free lead takes it, so the same rules hold for it', async () => {
  const world = await worldWith('{ mostADay: 1 }');
  const gone = await world.ownedLead('carol', 'Gone Owner');
  await world.ownedLead('alice', 'Ann One');
  await world.skipTo(gone.next_attempt_at ?? NaN);
  const message = await world.oldMessage('touch:email', String(gone.id));
  await world.command('mona', '/leads setup');
  await world.submit('mona', { reps: [people.alice, people.bob] });
  await world.click('alice', message, 'touch:email');
  expect(await world.lead(gone.id)).toMatchObject({ owner_id: people.carol, attempts: 0 });
  expect(world.lastWhisper('alice')).toContain('1 a day is the most here');
  await world.click('bob', message, 'touch:email');
  expect(await world.lead(gone.id)).toMatchObject({ owner_id: people.bob, attempts: 1 });
});

/** Everything that stands in the lead channel, thread and fallback texts included. */
function wholeChannel(world: World): string {
  return JSON.stringify(world.sandbox.messages('C0LEADS'));
}

test('a blind card shows rank, reason and source, but gives nobody away before the claim', async () => {
  const world = await worldWith('{}');
  await world.db
    .updateTable('sales_team')
    .set({ blind_claim: 1, updated_at: world.now + 1 })
    .execute();
  await world.command(
    'mona',
    '/leads add Grace Hopper, grace@navy.example, +49 30 901820, Navy Yard, demo request',
    'marketing',
  );
  await world.submit('mona', { account: 'Navy Yard', message: 'Call me about the big engine' });
  const lead = await world.newestLead();
  const secrets = /Hopper|navy|901820|big engine/i;
  expect(lead.state).toBe('offered');
  const [card] = world.posts('leads').filter(({ text }) => text.startsWith('Lead: rank'));
  expect(card && textOf(card)).toContain(`*A lead of rank ${lead.rank}:* ${lead.rank_reason}`);
  expect(card && actionIds(card)).toEqual(['claim', 'more']);
  expect(wholeChannel(world)).not.toMatch(secrets);
  if (!card) throw new Error('There is no card.');
  await world.click('bob', card, 'claim');
  expect(textOf(world.card(lead))).toMatch(/\*Grace Hopper\*.*Navy Yard/);
  expect(textOf(world.card(lead))).toContain('Call me about the big engine');
});

test('the reminder about a blind lead, and the note that it came again, name nobody', async () => {
  const world = await startWorld();
  await world.db
    .updateTable('sales_team')
    .set({ blind_claim: 1, updated_at: world.now + 1 })
    .execute();
  for (let time = 0; time < 2; time += 1) {
    await world.command('mona', '/leads add Grace Hopper, grace@navy.example, Navy Yard, demo', 'marketing');
    await world.submit('mona', {});
  }
  await world.advance('32m');
  expect(world.posts('leads').map(({ text }) => text)).toContainEqual(
    expect.stringContaining('for somebody'),
  );
  expect(wholeChannel(world)).toContain('This lead* came in again');
  expect(wholeChannel(world)).not.toMatch(/Hopper|navy/i);
});

async function makeBlind(world: World): Promise<void> {
  await world.db
    .updateTable('sales_team')
    .set({ blind_claim: 1, updated_at: world.now + 1 })
    .execute();
}

test('from a blind card a manager hands the lead on; a rep learns nothing by trying', async () => {
  const world = await worldWith('{}');
  await makeBlind(world);
  const lead = await world.demoLead('Grace Hopper');
  await world.click('bob', world.card(lead), 'more', `${lead.id}:hand_on`);
  expect(world.lastWhisper('bob')).toContain('Nobody has this lead yet');
  await world.click('bob', world.card(lead), 'more', `${lead.id}:why`);
  expect(JSON.stringify(world.sandbox.view(people.bob)?.blocks)).toContain(`number ${lead.id}`);
  expect(JSON.stringify(world.sandbox.view(people.bob)?.blocks)).not.toContain('Hopper');
  await world.click('mona', world.card(lead), 'more', `${lead.id}:hand_on`);
  expect(JSON.stringify(world.sandbox.view(people.mona)?.blocks)).toContain('Grace Hopper');
});

test('a lead that somebody had is blind no more: its card shows what was tried', async () => {
  const world = await worldWith('{}');
  await makeBlind(world);
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  const card = textOf(world.card(lead));
  expect(card).toContain('Ada Lovelace');
  expect(card).toContain('Nobody has it now');
  expect(card).toContain('1 of 6');
  expect(await world.command('bob', '/leads why Lovelace')).toContain('Ada Lovelace');
});

test('blind leads in a reminder are told apart by rank, reason and source, and can be claimed there', async () => {
  const world = await startWorld();
  await makeBlind(world);
  const lead = await world.demoLead('Grace Hopper');
  await world.demoLead('Alan Turing');
  await world.skipTo(world.now + 31 * 60_000);
  const reminder = world.lastMessage('leads', /for somebody/);
  expect(textOf(reminder)).toMatch(/rank A, .+, via HubSpot.+, for 31 minutes/);
  await world.click('bob', reminder, 'claim', String(lead.id));
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  const after = textOf(world.lastMessage('leads', /for somebody/));
  expect(after).toContain(`<@${people.bob}> has it now`);
  expect(after).not.toContain('Turing');
});
