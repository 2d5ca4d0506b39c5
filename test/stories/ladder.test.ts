import { expect, test } from 'vitest';
import { changedPlaybook } from '../support/playbooks.ts';
import {
  actionIds,
  botUserId,
  moment,
  newYork,
  people,
  startWorld,
  temporaryFile,
  textOf,
  type World,
} from '../support/world.ts';

/** What the lead channel was told about leads that wait, oldest first. */
function reminders(world: World): string[] {
  return world
    .posts('leads')
    .map((message) => message.text ?? '')
    .filter((text) => text.includes('for somebody'));
}

/** What Mona was told by direct message about leads that nobody moves. */
function reports(world: World): string[] {
  return world.directMessages('mona').filter((text) => /(has|have|had) nobody|untouched/.test(text));
}

/** The last moment before the lead's ladder has run so many minutes; the next minute's tick does what is due then. */
async function justBefore(world: World, lead: { id: number }, minutes: number): Promise<void> {
  const { ladder_from: from } = await world.lead(lead.id);
  await world.advanceTo((from ?? NaN) + minutes * 60_000 - 1);
}

async function history(world: World, leadId: number): Promise<{ user_id: string; how: string }[]> {
  return world.db
    .selectFrom('assignment')
    .select(['user_id', 'how'])
    .where('lead_id', '=', leadId)
    .orderBy('id')
    .execute();
}

test('a lead that nobody claims: the channel is reminded after 30 minutes, after an hour a rep has it', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ada Lovelace');
  await justBefore(world, lead, 30);
  expect(reminders(world)).toEqual([]);
  await world.advance('1m');
  expect(reminders(world)).toEqual(['A lead of rank A has waited 30 minutes for somebody. Who takes it?']);
  expect(textOf(world.lastMessage('leads', /for somebody/))).toMatch(
    /\*Ada Lovelace\* \(Lovelace Ltd\) {2}<https:\/\/[^|]+\/archives\/C0LEADS\/p\d+\|Open card>/,
  );
  await justBefore(world, lead, 60);
  await world.advance('1m');
  expect(await world.lead(lead.id)).toMatchObject({ state: 'owned', owner_id: people.alice });
  expect(await history(world, lead.id)).toEqual([{ user_id: people.alice, how: 'ladder' }]);
  expect(reminders(world)).toHaveLength(1);
  expect(reports(world)).toEqual([]);
});

test('whom the app gives a lead that nobody claimed is called in its thread, with the due time, and why tells it', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ada Lovelace');
  for (const minutes of [31, 30]) await world.skipTo(world.now + minutes * 60_000);
  const said = world.thread(lead).map(textOf).join('\n');
  expect(said).toMatch(
    new RegExp(
      `For <@${people.alice}>: nobody claimed it within 1 hour, and it is your turn\\. First touch due <!date`,
    ),
  );
  expect(await world.command('alice', `/leads why ${lead.id}`)).toContain(
    'Nobody claimed it within 1 hour, so the app gives it to a rep.',
  );
});

test('when no rep can be given the lead, the managers are told, with a button to hand it on', async () => {
  const world = await startWorld();
  await world.db
    .insertInto('absence')
    .values(
      [people.alice, people.bob, people.carol].map((user_id) => ({
        team_id: 'T0ACME',
        user_id,
        why: 'away' as const,
        from_at: world.now,
        until_at: null,
        set_by: user_id,
        ended_at: null,
      })),
    )
    .execute();
  const lead = await world.demoLead('Ada Lovelace');
  await justBefore(world, lead, 120);
  expect(await world.lead(lead.id)).toMatchObject({ state: 'offered', owner_id: null });
  expect(reports(world)).toEqual([]);
  await world.advance('1m');
  expect(reports(world)).toHaveLength(1);
  expect(reports(world)[0]).toContain('*A lead has nobody yet* in Inbound.');
  expect(reports(world)[0]).toMatch(/\*Ada Lovelace\* \(Lovelace Ltd\), rank A\nFor 2 hours\./);
  for (const hours of [2, 20, 24, 44]) await world.skipTo(world.now + hours * 3_600_000);
  expect(reports(world)).toHaveLength(1);
});

test('an untouched lead: its rep is nudged, the managers are told, somebody else gets it, and not its rep again', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await justBefore(world, lead, 120);
  expect(world.nudges(lead)).toEqual([]);
  await world.advance('1m');
  expect(world.nudges(lead)).toEqual(['First attempt is due: Ada Lovelace']);
  expect(textOf(world.nudge(lead))).toContain(`<@${people.alice}> *First attempt is due*`);
  expect(textOf(world.nudge(lead))).toContain('Nobody has written or called yet');
  await justBefore(world, lead, 240);
  expect(reports(world)).toEqual([]);
  await world.advance('1m');
  expect(reports(world)).toHaveLength(1);
  expect(reports(world)[0]).toContain('*A lead is still untouched* in Inbound.');
  expect(reports(world)[0]).toContain(`<@${people.alice}> has had it for 4 hours without a touch.`);
  await world.advanceTo(moment('2026-11-03', '10:02'));
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ state: 'owned', attempts: 0, owner_id: people.bob });
  expect(world.thread(lead).map(textOf).join('\n')).toContain(
    `Nobody has written or called yet, so <@${people.alice}> no longer has this lead.`,
  );
  expect(world.thread(lead).map(textOf).join('\n')).toContain(`<@${people.bob}> has it now.`);
  expect(textOf(world.nudge(lead))).toContain(
    `:handshake: First attempt: <@${people.bob}> has the lead now.`,
  );
  expect(world.directMessages('bob').join('\n')).toContain('*Ada Lovelace* (Lovelace Ltd) is yours now.');
  for (const day of ['04', '05', '06'])
    for (const time of ['09:30', '11:30', '13:30', '16:00'])
      await world.skipTo(moment(`2026-11-${day}`, time));
  const owners = (await history(world, lead.id)).map((entry) => entry.user_id);
  expect(owners).toEqual([people.alice, people.bob, people.carol]);
  // Carol is the last: nobody else is left, and a lead of somebody's is better than one of nobody's.
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.carol, state: 'owned' });
});

test('an untouched lead that nobody else could take stays with its rep, and the managers are told so once', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  for (const rep of ['bob', 'carol'] as const) await world.command(rep, '/leads away 3 weeks');
  for (const [day, time] of [
    ['02', '12:01'],
    ['02', '14:01'],
    ['03', '10:02'],
    ['03', '14:00'],
    ['04', '12:00'],
  ] as const)
    await world.skipTo(moment(`2026-11-${day}`, time));
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.alice, state: 'owned' });
  expect(reports(world)).toHaveLength(2);
  expect(reports(world)[1]).toContain('Nobody else could take it, so it stays with them.');
  expect(await world.command('mona', `/leads why ${lead.id}`)).toMatch(
    new RegExp(`Nobody else can take it: .+, so it stays with <@${people.alice}>`),
  );
});

test('a touch ends the ladder, and undoing it goes on where it was instead of beginning anew', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.advance('121m');
  expect(world.nudges(lead)).toHaveLength(1);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(await world.lead(lead.id)).toMatchObject({ ladder_at: null });
  expect(world.nudges(lead)).toEqual(['First attempt: done. Thank you.']);
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect((await world.lead(lead.id)).ladder_at).toBe((lead.ladder_from ?? NaN) + 4 * 3_600_000);
  await world.advanceTo(moment('2026-11-02', '14:02'));
  expect(world.nudges(lead)).toHaveLength(1);
  expect(reports(world)).toHaveLength(1);
});

test('a snoozed first touch comes back, and the ladder waits for it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.advance('121m');
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.advanceTo(moment('2026-11-02', '16:59'));
  expect(reports(world)).toEqual([]);
  await world.advanceTo(moment('2026-11-03', '09:00'));
  expect(world.nudges(lead).at(-1)).toBe('First attempt is due: Ada Lovelace');
  expect(reports(world)).toHaveLength(1);
});

test('a closed lead is on no ladder, and a reopened one begins at the first step', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.advance('90m');
  await world.close('alice', lead, 'rejected');
  await world.advance('4h');
  expect(world.nudges(lead)).toEqual([]);
  await world.click('alice', world.card(lead), 'reopen');
  // Reopened at half past three: an hour and a half today, the rest tomorrow.
  await world.advanceTo(moment('2026-11-03', '09:29'));
  expect(world.nudges(lead)).toEqual([]);
  expect(reports(world)).toEqual([]);
  await world.advanceTo(moment('2026-11-03', '09:33'));
  expect(world.nudges(lead)).toEqual(['First attempt is due: Ada Lovelace']);
});

test('an owner who is away is not nudged: somebody else gets the lead when the nudge would be due', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.command('alice', '/leads away until 2026-11-13');
  await justBefore(world, lead, 120);
  expect((await world.lead(lead.id)).owner_id).toBe(people.alice);
  await world.advance('1m');
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  const said = world.thread(lead).map(textOf).join('\n');
  expect(said).toMatch(new RegExp(`<@${people.alice}> is away until .+, so somebody else gets this lead\\.`));
  expect(said).not.toContain('First attempt');
});

test('several leads that wait are one reminder and one report, not one each', async () => {
  const world = await startWorld();
  for (const name of ['Ann One', 'Ben Two', 'Cid Three']) await world.demoLead(name);
  await world.skipTo(world.now + 31 * 60_000);
  expect(reminders(world)).toEqual(['3 leads wait for somebody. Who takes them?']);
  expect(textOf(world.lastMessage('leads', /for somebody/))).toMatch(/\*Ann One\* .*rank A, for 31 minutes/);
});

test('a reminder that waits to be sent leaves out what is claimed meanwhile', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ann One');
  world.sandbox.clock.set(world.now + 31 * 60_000);
  await world.app.tick();
  await world.clickOnly('bob', world.card(lead), 'claim');
  await world.settle();
  expect(reminders(world)).toEqual([]);
});

test('after downtime past the last step the first one happens, and nobody loses a lead unheard', async () => {
  const world = await startWorld({ databasePath: temporaryFile('test.db') });
  const untouched = await world.ownedLead('alice', 'Ada Lovelace');
  const unclaimed = await world.demoLead('Ben Two');
  await world.goDown();
  world.sandbox.clock.set(moment('2026-11-05', '11:00'));
  await world.comeBack();
  expect(world.nudges(untouched)).toEqual(['First attempt is due: Ada Lovelace']);
  expect(reports(world)).toEqual([]);
  expect(reminders(world)).toHaveLength(1);
  expect((await world.lead(unclaimed.id)).owner_id).toBeNull();
  await world.skipTo(moment('2026-11-05', '11:31'));
  expect((await world.lead(unclaimed.id)).owner_id).toBe(people.alice);
  await world.skipTo(moment('2026-11-05', '13:01'));
  expect(reports(world)).toHaveLength(1);
  expect(reports(world)[0]).toContain('without a touch');
  expect((await world.lead(untouched.id)).owner_id).toBe(people.alice);
  await world.skipTo(moment('2026-11-06', '09:01'));
  expect((await world.lead(untouched.id)).owner_id).toBe(people.bob);
});

test('what the ladder could give to nobody goes to the first who is back, also where reps claim', async () => {
  const world = await startWorld();
  for (const rep of ['alice', 'bob', 'carol'] as const) await world.command(rep, '/leads away until tuesday');
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(moment('2026-11-02', '10:35'));
  await world.skipTo(moment('2026-11-02', '11:10'));
  expect((await world.lead(lead.id)).waits_for).toContain('everybody is away');
  await world.skipTo(moment('2026-11-04', '09:01'));
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.alice, waits_for: null });
});

test('a lead that waited in vain and may be claimed from now on has a whole ladder before it', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  for (const rep of ['alice', 'bob', 'carol'] as const) await world.command(rep, '/leads away 2 weeks');
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(moment('2026-11-02', '13:00'));
  expect(reports(world)).toHaveLength(1);
  await world.command('mona', '/leads setup');
  await world.submit('mona', { mode: 'claim' });
  expect(await world.lead(lead.id)).toMatchObject({ waits_for: null, ladder_step: 0 });
  await world.skipTo(moment('2026-11-02', '13:31'));
  expect(reminders(world)).toHaveLength(1);
});

test('forty minutes out of office cost nobody a lead, and the nudge comes afterwards', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.skipTo(moment('2026-11-02', '11:50'));
  const expiration = moment('2026-11-02', '12:30') / 1000;
  world.sandbox.setStatus({ user: people.alice, text: 'Out of office', expiration });
  await world.settle();
  await world.skipTo(moment('2026-11-02', '12:05'));
  expect((await world.lead(lead.id)).owner_id).toBe(people.alice);
  expect(world.nudges(lead)).toEqual([]);
  await world.skipTo(moment('2026-11-02', '12:31'));
  expect(world.nudges(lead)).toHaveLength(1);
});

test('who lost a lead because they were away may get it again', async () => {
  const world = await startWorld({ mode: 'round_robin' });
  const lead = await world.demoLead('Ada Lovelace');
  await world.command('alice', '/leads away until 2026-11-13');
  await world.skipTo(moment('2026-11-02', '12:01'));
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  for (const rep of ['bob', 'carol'] as const) await world.command(rep, '/leads away 3 weeks');
  await world.command('alice', '/leads back');
  await world.skipTo(moment('2026-11-02', '14:02'));
  expect((await world.lead(lead.id)).owner_id).toBe(people.alice);
});

test('a lead whose step fails keeps no other lead from its own', async () => {
  const world = await startWorld();
  const [broken, fine] = [await world.demoLead('Ann One'), await world.demoLead('Ben Two')];
  await world.db.updateTable('lead').set({ playbook_version: 99 }).where('id', '=', broken.id).execute();
  await world.skipTo(moment('2026-11-02', '10:31'));
  expect(reminders(world)).toHaveLength(1);
  expect((await world.lead(fine.id)).ladder_step).toBe(1);
  expect((await world.lead(broken.id)).ladder_at).toBe(world.now + 3_600_000);
});

test('a lead that came back to nobody climbs from the first step', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  await world.advance('31m');
  expect(reminders(world)).toHaveLength(1);
  await world.advance('30m');
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
});

test('over a weekend with a clock change and a public holiday behind it, the ladder counts working time alone', async () => {
  // Clocks go back on Sunday, 25 October 2026; the Monday is made a holiday.
  const friday = moment('2026-10-23', '16:45');
  const world = await startWorld({
    startAt: friday,
    playbookPath: changedPlaybook((text) => text.replace('holidays: [', "holidays: ['2026-10-26', ")),
  });
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(moment('2026-10-23', '17:00'));
  await world.skipTo(moment('2026-10-24', '12:00'));
  await world.skipTo(moment('2026-10-25', '12:00'));
  await world.skipTo(moment('2026-10-26', '12:00'));
  await world.skipTo(moment('2026-10-27', '09:00'));
  await world.advanceTo(moment('2026-10-27', '09:15'));
  expect(reminders(world)).toEqual([]);
  await world.advanceTo(moment('2026-10-27', '09:16'));
  expect(reminders(world)).toEqual(['A lead of rank A has waited 30 minutes for somebody. Who takes it?']);
  await world.advanceTo(moment('2026-10-27', '09:45'));
  expect((await world.lead(lead.id)).owner_id).toBeNull();
  await world.advanceTo(moment('2026-10-27', '09:46'));
  const given = await world.lead(lead.id);
  expect(given.owner_id).toBe(people.alice);

  await world.advanceTo(moment('2026-10-27', '11:45'));
  expect(world.nudges(lead)).toEqual([]);
  await world.advanceTo(moment('2026-10-27', '11:46'));
  expect(world.nudges(lead)).toEqual(['First attempt is due: Ada Lovelace']);
  await world.advanceTo(moment('2026-10-27', '13:46'));
  expect(reports(world).map((text) => text.split('\n')[0])).toEqual([
    'A lead is still untouched in Inbound.',
  ]);
  await world.skipTo(moment('2026-10-27', '17:00'));
  await world.skipTo(moment('2026-10-28', '09:00'));
  await world.advanceTo(moment('2026-10-28', '09:46'));
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  expect(reminders(world)).toHaveLength(1);
  expect(reports(world)).toHaveLength(1);
});

test('over the weekend on which New York puts its clocks forward, a day is a working day and an hour an hour', async () => {
  // Sunday, 8 March 2026.
  const world = await startWorld({ startAt: moment('2026-03-06', '16:30', newYork), zone: newYork });
  const lead = await world.ownedLead('alice');
  expect(lead.ladder_at).toBeGreaterThanOrEqual(moment('2026-03-09', '10:30', newYork));
  expect(lead.ladder_at).toBeLessThan(moment('2026-03-09', '10:31', newYork));
  await world.skipTo(moment('2026-03-08', '12:00', newYork));
  await world.advanceTo(moment('2026-03-09', '10:30', newYork));
  expect(world.nudges(lead)).toEqual([]);
  await world.advanceTo(moment('2026-03-09', '10:31', newYork));
  expect(world.nudges(lead)).toHaveLength(1);
  await world.advanceTo(moment('2026-03-09', '12:31', newYork));
  expect(reports(world)).toHaveLength(1);
  await world.advanceTo(moment('2026-03-09', '16:31', newYork));
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
});

/** Ticks so many minutes from now: a ladder takes its steps one by one. */
async function steps(world: World, minutes: readonly number[]): Promise<void> {
  const start = world.now;
  for (const minute of minutes) await world.skipTo(start + minute * 60_000);
}

test('a reminder says who has the lead by now, and its button is gone', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(world.now + 31 * 60_000);
  const reminder = world.lastMessage('leads', /for somebody/);
  expect(actionIds(reminder)).toEqual(['claim']);
  await world.click('bob', world.card(lead), 'claim');
  const after = world.lastMessage('leads', /for somebody/);
  expect(actionIds(after)).toEqual([]);
  expect(textOf(after)).toContain(`<@${people.bob}> has it now`);
  expect(textOf(after)).not.toContain('Who takes');
});

test('a reminder follows its lead: handed on, given back, and closed without a tick', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(world.now + 31 * 60_000);
  const said = (): string => textOf(world.lastMessage('leads', /for somebody/));
  await world.click('bob', world.card(lead), 'claim');
  await world.click('mona', world.card(lead), 'more', `${lead.id}:hand_on`);
  await world.submit('mona', { to: people.carol });
  expect(said()).toContain(`<@${people.carol}> has it now`);
  await world.click('carol', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('carol', { reason: 'too_much' });
  expect(said()).toContain('It is on offer again.');
  expect(said()).not.toContain('has it now');
  await world.close('mona', lead, 'rejected');
  expect(said()).toContain(':checkered_flag: It is closed.');
  expect(said()).not.toContain(':white_check_mark:');
});

test('a reminder is sent anew only where it would say something else', async () => {
  const world = await startWorld();
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(world.now + 31 * 60_000);
  const redrawn = (): Promise<number> =>
    world.db
      .selectFrom('outbox')
      .select('id')
      .where('message', 'like', '%ladder_news%')
      .execute()
      .then((rows) => rows.length);
  await world.click('bob', world.card(lead), 'claim');
  await world.click('bob', world.card(lead), 'touch:email');
  expect(textOf(world.lastMessage('leads', /waited for somebody/))).toContain(`<@${people.bob}> has it now`);
  const before = await redrawn();
  await world.advance('5m');
  await world.click('bob', world.card(lead), 'touch:no_answer');
  expect(await redrawn()).toBe(before);
});

test('a manager’s message about an untouched lead says what became of it', async () => {
  const world = await startWorld();
  const touched = await world.ownedLead('alice', 'Ann One');
  const given = await world.ownedLead('bob', 'Ben Two');
  await steps(world, [121, 241]);
  const report = () => {
    const found = world.sandbox
      .directMessages(people.mona)
      .findLast((message) => /untouched/.test(textOf(message)));
    if (!found) throw new Error('Mona was told nothing.');
    return { ...found, channel: botUserId };
  };
  expect(actionIds(report())).toEqual(['hand_on', 'hand_on']);
  await world.click('alice', world.card(touched), 'touch:email');
  expect(actionIds(report())).toEqual(['hand_on']);
  expect(textOf(report())).toContain(`<@${people.alice}> has touched it`);
  await world.click('mona', report(), 'hand_on', String(given.id));
  await world.submit('mona', { to: people.carol });
  expect(actionIds(report())).toEqual([]);
  expect(textOf(report())).toContain(`<@${people.carol}> has it now`);
  const whisper = world.whisper('alice');
  await world.click('alice', whisper, 'touch_undo');
  expect(actionIds(report())).toEqual(['hand_on']);
});

test('a lead that reps had before is told as such to the managers', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'more', `${lead.id}:give_back`);
  await world.submit('alice', { reason: 'too_much' });
  await world.db
    .insertInto('absence')
    .values(
      [people.bob, people.carol].map((user_id) => ({
        team_id: 'T0ACME',
        user_id,
        why: 'away' as const,
        from_at: world.now,
        until_at: null,
        set_by: user_id,
        ended_at: null,
      })),
    )
    .execute();
  await steps(world, [31, 61, 121]);
  const said = world.directMessages('mona').join('\n');
  expect(said).toContain('*A lead has nobody* in Inbound.');
  expect(said).toContain(`Had by <@${people.alice}> before.`);
});
