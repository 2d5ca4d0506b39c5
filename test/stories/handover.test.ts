import { expect, test } from 'vitest';
import { actionIds, botUserId, moment, people, startWorld, textOf, type World } from '../support/world.ts';

const { alice, bob, carol, mona } = people;

/** A lead of Alice's with two attempts and a note, the third attempt nudged. */
async function workedLead(world: World) {
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:no_answer');
  await world.click('alice', world.whisper('alice'), 'touch_note');
  await world.submit('alice', { note: 'Asked for a call after Tuesday' });
  await world.skipTo(moment('2026-11-03', '10:30'));
  await world.click('alice', world.card(lead), 'touch:email');
  return world.lead(lead.id);
}

function directMessage(world: World, person: 'alice' | 'bob' | 'mona', matching: RegExp) {
  const found = world.sandbox
    .directMessages(people[person])
    .findLast((message) => matching.test(textOf(message)));
  if (!found) throw new Error(`${person} got no message like ${String(matching)}`);
  // Where a click on it happens: in the conversation with the app.
  return { ...found, channel: botUserId };
}

async function handOn(world: World, by: 'mona' | 'alice', lead: { id: number }, values: object) {
  await world.click(by, world.card(lead), 'more', `${lead.id}:hand_on`);
  return world.submit(by, { ...values });
}

test('a manager gives a lead to another rep: attempts, touches and due date stay, and the thread tells it', async () => {
  const world = await startWorld();
  const before = await workedLead(world);
  await handOn(world, 'mona', before, { to: bob, reason: 'on holiday' });
  const after = await world.lead(before.id);
  expect(after).toMatchObject({
    owner_id: bob,
    state: 'working',
    attempts: 2,
    next_attempt_at: before.next_attempt_at,
    nudge_at: before.nudge_at,
  });
  expect(world.thread(before).map(textOf).join('\n')).toContain(
    `<@${mona}> gave this lead to <@${bob}> (was <@${alice}>'s): on holiday.`,
  );
  expect(textOf(world.card(before))).toContain(`<@${bob}>`);
  const assignments = await world.db.selectFrom('assignment').selectAll().orderBy('id').execute();
  expect(assignments.at(-1)).toMatchObject({
    user_id: bob,
    from_user_id: alice,
    by_user_id: mona,
    how: 'manager',
    reason: 'on holiday',
  });
});

test('the new owner reads what was tried and what the notes say', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await handOn(world, 'mona', lead, { to: bob });
  const said = textOf(directMessage(world, 'bob', /gave you/));
  expect(said).toContain(`<@${mona}> gave you *Ada Lovelace* (Lovelace Ltd). Attempt 3 is due <!date^`);
  expect(said).toContain('*So far:* called, no answer · emailed.');
  expect(said).toContain(`<@${alice}> called, no answer, <!date^`);
  expect(said).toContain('Asked for a call after Tuesday');
});

test('a nudge that is out turns to the new owner', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await world.skipTo(lead.nudge_at ?? NaN);
  expect(textOf(world.nudge(lead))).toContain(`<@${alice}> *Third attempt is due*`);
  await handOn(world, 'mona', lead, { to: bob });
  expect(textOf(world.nudge(lead))).toContain(`<@${bob}> *Third attempt is due*`);
  expect(world.nudges(lead)).toHaveLength(1);
});

test('a snooze of the old owner does not hide the attempt from the new one', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await world.skipTo(lead.nudge_at ?? NaN);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await handOn(world, 'mona', lead, { to: bob });
  expect(await world.lead(lead.id)).toMatchObject({ snoozed_until: null });
});

test('a manager gives a lead that is on offer to a rep', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ada Lovelace');
  await handOn(world, 'mona', lead, { to: carol });
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: carol, state: 'owned' });
  expect(world.thread(lead).map(textOf).join('\n')).toContain(`<@${mona}> gave this lead to <@${carol}>.`);
});

test('a rep asks another, who accepts: a swap', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await handOn(world, 'alice', lead, { to: bob, reason: 'speaks Danish' });
  expect((await world.lead(lead.id)).owner_id).toBe(alice);
  const asked = directMessage(world, 'bob', /take .* over/);
  expect(textOf(asked)).toContain(
    `<@${alice}> asks whether you take *Ada Lovelace* (Lovelace Ltd) over: speaks Danish`,
  );
  await world.click('bob', asked, 'swap_accept');
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: bob, attempts: 2 });
  expect(world.thread(lead).map(textOf).join('\n')).toContain(
    `<@${bob}> took this lead over from <@${alice}>: speaks Danish.`,
  );
  expect(actionIds(directMessage(world, 'bob', /You took/))).toEqual([]);
});

test('who declines is not asked again, and the lead stays where it is', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await handOn(world, 'alice', lead, { to: bob, reason: 'speaks Danish' });
  const asked = directMessage(world, 'bob', /take .* over/);
  await world.click('bob', asked, 'swap_decline');
  expect((await world.lead(lead.id)).owner_id).toBe(alice);
  expect(world.directMessages('alice').join('\n')).toContain(
    `<@${bob}> can't take *Ada Lovelace* (Lovelace Ltd) over. It stays with you`,
  );
  expect(actionIds(directMessage(world, 'bob', /did not take/))).toEqual([]);
});

test('a proposal about a lead that has moved on meanwhile changes nothing', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await handOn(world, 'alice', lead, { to: bob, reason: 'speaks Danish' });
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  await world.click('bob', directMessage(world, 'bob', /take .* over/), 'swap_accept');
  expect((await world.lead(lead.id)).owner_id).toBeNull();
  expect(world.directMessages('bob').join('\n')).toContain(
    `is not <@${alice}>'s open lead any more. Nothing was changed.`,
  );
});

test('a proposal is settled when a manager gives the lead to somebody else', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await handOn(world, 'alice', lead, { to: bob, reason: 'speaks Danish' });
  await handOn(world, 'mona', lead, { to: carol });
  expect(actionIds(directMessage(world, 'bob', /has moved on meanwhile/))).toEqual([]);
});

test('a rep gives a lead back with a reason: it is on offer again, with its attempts', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'not_mine', note: 'They are in Denmark' });
  expect(await world.lead(lead.id)).toMatchObject({
    state: 'offered',
    owner_id: null,
    attempts: 2,
    nudge_at: null,
  });
  expect(world.thread(lead).map(textOf).join('\n')).toContain(
    `<@${alice}> gave this lead back: not my territory, language or subject; They are in Denmark.`,
  );
  const card = textOf(world.card(lead));
  expect(card).toContain('Nobody has it now');
  expect(card).toContain('●●○○○○ 2 of 6');
  await world.click('bob', world.card(lead), 'claim');
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: bob, attempts: 2, state: 'working' });
});

test('in round robin a lead that is given back goes to somebody else, never back to its rep', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const lead = await world.demoLead('Ada Lovelace');
  const owners = [lead.owner_id];
  for (const rep of ['alice', 'bob'] as const) {
    expect((await world.lead(lead.id)).owner_id).toBe(people[rep]);
    await world.click(rep, world.card(lead), 'more', `${lead.id}:give_back`);
    await world.submit(rep, { reason: 'too_much' });
    owners.push((await world.lead(lead.id)).owner_id);
  }
  expect(owners).toEqual([alice, bob, carol]);
});

test('undoing a touch on a lead that is given back leaves it on offer', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  const undo = world.whisper('alice');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  await world.click('alice', undo, 'touch_undo');
  expect(await world.lead(lead.id)).toMatchObject({
    state: 'offered',
    owner_id: null,
    attempts: 0,
    nudge_at: null,
  });
});

test('who may not hand a lead on is told who can', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('bob', world.card(lead), 'more', `${lead.id}:hand_on`);
  expect(world.lastWhisper('bob')).toContain(`is <@${alice}>'s lead: they or a manager can hand it on.`);
  await world.click('bob', world.card(lead), 'more', `${lead.id}:give_back`);
  expect(world.lastWhisper('bob')).toContain('they or a manager can hand it on.');
  const free = await world.demoLead('Ben Two');
  await world.click('bob', world.card(free), 'more', `${free.id}:hand_on`);
  expect(world.lastWhisper('bob')).toContain('Nobody has this lead yet: claim it, or ask a manager');
});

test('a form with nobody, an outsider, the owner or no reason says what is wrong, and changes nothing', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const before = await world.records();
  await world.click('alice', world.card(lead), 'more', `${lead.id}:hand_on`);
  for (const [values, wrong] of [
    [{ to: people.max, reason: 'x' }, { to: 'They are no rep of this team. Choose one who is.' }],
    [{ to: alice, reason: 'x' }, { to: 'They have this lead already. Choose somebody else.' }],
    [{ to: bob, reason: '  ' }, { reason: 'Say in a few words why.' }],
  ] as const) {
    await world.submit('alice', values);
    expect(world.sandbox.view(alice)?.errors).toEqual(wrong);
  }
  expect(await world.records()).toEqual(before);
});

/** The newest message to who asked, about their question. */
function asking(world: World) {
  return directMessage(world, 'alice', /You asked|took .* over|can't take/);
}

test('who asks another rep reads that it is asked, and can take the question back', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await handOn(world, 'alice', lead, { to: bob, reason: 'speaks Danish' });
  const form = JSON.stringify(world.sandbox.view(alice)?.blocks);
  expect(form).toContain(
    `I asked <@${bob}> about *Ada Lovelace* (Lovelace Ltd). Until they take it, it stays yours.`,
  );
  const question = textOf(directMessage(world, 'bob', /take .* over/));
  expect(question).toContain('Attempt 3 is due');
  expect(question).toContain('*A* · ');
  await world.click('alice', asking(world), 'swap_withdraw');
  expect(actionIds(asking(world))).toEqual([]);
  const settled = directMessage(world, 'bob', /after all/);
  expect(textOf(settled)).toContain(`<@${alice}> keeps *Ada Lovelace* (Lovelace Ltd) after all.`);
  expect(actionIds(settled)).toEqual([]);
});

test('asking a second rep takes the question to the first back', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await handOn(world, 'alice', lead, { to: bob, reason: 'speaks Danish' });
  await handOn(world, 'alice', lead, { to: carol, reason: 'knows them' });
  const first = directMessage(world, 'bob', /asked anew/);
  expect(textOf(first)).toContain('Nothing is asked of you here.');
  expect(actionIds(first)).toEqual([]);
  expect(textOf(asking(world))).toContain(`You asked <@${carol}>`);
});

test('nobody who is away is given a lead or asked for one; the form says who is', async () => {
  const world = await startWorld();
  const lead = await workedLead(world);
  await world.command('bob', '/leads away until friday');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:hand_on`);
  expect(JSON.stringify(world.sandbox.view(alice)?.blocks)).toContain(
    `Reps of the team: <@${bob}> (away until Friday), <@${carol}>`,
  );
  await world.submit('alice', { to: bob, reason: 'speaks Danish' });
  expect(world.sandbox.view(alice)?.errors).toEqual({
    to: 'They are away until Friday. Choose somebody who is there.',
  });
});

test('who gets an untouched lead has the whole time for the first touch', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.skipTo(world.now + 3 * 3_600_000);
  await handOn(world, 'mona', lead, { to: bob });
  const after = await world.lead(lead.id);
  expect(after.next_attempt_at).toBe(after.cadence_started_at + 3_600_000);
  expect(after.cadence_started_at).toBeGreaterThan(lead.cadence_started_at);
  expect(textOf(directMessage(world, 'bob', /gave you/))).toContain('First touch due <!date^');
  expect(world.thread(lead).map(textOf).join('\n')).toContain('First touch due <!date^');
});

test('who gives a lead back and claims it again wins no time by it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.skipTo(world.now + 20 * 60_000);
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  await world.click('alice', world.card(lead), 'claim');
  expect((await world.lead(lead.id)).next_attempt_at).toBe(lead.next_attempt_at);
});

test('a proposal is over once the lead was somebody else’s, even if it came back', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await handOn(world, 'alice', lead, { to: bob, reason: 'Knows them' });
  const asked = directMessage(world, 'bob', /asks whether you take/);
  await world.advance('1m');
  await handOn(world, 'mona', lead, { to: carol });
  await handOn(world, 'mona', lead, { to: alice });
  // As in a client that shows the message as it was.
  const value = /"value":"(\d+:\d+)"/.exec(JSON.stringify(asked.blocks))?.[1] ?? '';
  await world.click('bob', await world.oldMessage('swap_accept', value), 'swap_accept');
  expect((await world.lead(lead.id)).owner_id).toBe(alice);
  expect(world.lastWhisper('bob')).toContain("is not <@U0ALICE>'s open lead any more");
});
