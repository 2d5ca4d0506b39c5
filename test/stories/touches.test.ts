import { expect, test } from 'vitest';
import { actionIds, moment, people, startWorld, textOf } from '../support/world.ts';

test.each([
  ['no_answer', 'called, no answer'],
  ['voicemail', 'left voicemail'],
  ['email', 'emailed'],
  ['linkedin', 'wrote on LinkedIn'],
])('one click logs "%s" as the first attempt, and the card tells it', async (kind, words) => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), `touch:${kind}`);
  expect(await world.db.selectFrom('touch').selectAll().execute()).toMatchObject([
    { lead_id: lead.id, user_id: people.alice, kind, attempt: 1, undone_at: null },
  ]);
  const card = textOf(world.card(lead));
  expect(card).toContain('●○○○○○ 1 of 6');
  expect(card).toContain(`Last: ${words}, <!date^${Math.floor(world.now / 1000)}`);
});

test('"They replied" is no attempt of ours: the next step is due within the playbook’s time', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'touch:replied');
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ attempts: 1, last_touch_kind: 'replied', nudge_at: after.next_attempt_at });
  expect(after.next_attempt_at).toBe((after.replied_at ?? 0) + 86_400_000);
  expect(textOf(world.card(lead))).toMatch(/\*They replied\.\* Your next step is due <!date\^/);
});

test('the reply is answered with the next outreach, which brings the cadence back', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.skipTo(world.now + 60_000);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(await world.lead(lead.id)).toMatchObject({ replied_at: null, attempts: 1 });
  expect(textOf(world.card(lead))).toContain('Next due: attempt 2');
});

test('the rep alone is told what was understood and what comes next, with Undo, Add note and Edit', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:voicemail');
  const told = world.whisper('alice');
  expect(textOf(told)).toContain('Logged for *Ada Lovelace* (Lovelace Ltd): left voicemail.');
  expect(textOf(told)).toMatch(/Attempt 1 of 6 ●○○○○○\nNext: <!date\^/);
  expect(actionIds(told)).toEqual(['touch_undo', 'touch_note', 'touch_edit']);
  expect(world.thread(lead)).toEqual([]);
});

test('Undo takes the touch back, in the lead, on the card and in the confirmation itself', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const cardBefore = textOf(world.card(lead));
  await world.click('alice', world.card(lead), 'touch:email');
  const told = world.whisper('alice');
  await world.click('alice', told, 'touch_undo');
  expect(await world.lead(lead.id)).toEqual(lead);
  expect(textOf(world.card(lead))).toBe(cardBefore);
  expect(world.whisper('alice')).toMatchObject({
    ts: told.ts,
    text: 'Undone for Ada Lovelace: emailed no longer counts.',
  });
  expect(actionIds(world.whisper('alice'))).toEqual([]);
});

test('Undo works for ten minutes, and then says what to do instead', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  const [touch] = await world.db.selectFrom('touch').selectAll().execute();
  await world.skipTo((touch?.at ?? 0) + 10 * 60_000 + 1);
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect(world.lastWhisper('alice')).toContain(
    'A touch can be undone for ten minutes. Add a note to it instead',
  );
  expect((await world.lead(lead.id)).attempts).toBe(1);
});

test('Undo still works at the tenth minute', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  const [touch] = await world.db.selectFrom('touch').selectAll().execute();
  await world.skipTo((touch?.at ?? 0) + 10 * 60_000);
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect((await world.lead(lead.id)).attempts).toBe(0);
});

test('nobody else can undo a touch or write a note to it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('bob', await world.oldMessage('touch_undo', '1'), 'touch_undo');
  expect(world.lastWhisper('bob')).toContain(`Only <@${people.alice}> can undo this touch.`);
  expect((await world.lead(lead.id)).attempts).toBe(1);
  await world.click('bob', await world.oldMessage('touch_note', '1'), 'touch_note');
  expect(world.lastWhisper('bob')).toContain(`Only <@${people.alice}> can add a note to this touch.`);
  expect(world.sandbox.view(people.bob)).toBeUndefined();
});

test('a second Undo says that the touch is undone already', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  const told = world.whisper('alice');
  await Promise.all([
    world.clickOnly('alice', told, 'touch_undo'),
    world.clickOnly('alice', told, 'touch_undo'),
  ]);
  await world.settle();
  expect(world.lastWhisper('alice')).toContain('This touch is undone already.');
});

test('a note is saved with its touch', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:voicemail');
  await world.click('alice', world.whisper('alice'), 'touch_note');
  expect(world.sandbox.view(people.alice)?.callback_id).toBe('touch_note');
  expect(await world.submit('alice', { note: '  Back on Thursday, ask for Grace ' })).toMatchObject({
    ok: true,
  });
  expect(await world.db.selectFrom('touch').select('note').execute()).toEqual([
    { note: 'Back on Thursday, ask for Grace' },
  ]);
  expect(world.lastWhisper('alice')).toContain(
    ':memo: Note saved for *Ada Lovelace* (Lovelace Ltd): Back on Thursday, ask for Grace',
  );
});

test('a note stands on the card, and can be edited', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:voicemail');
  const told = world.whisper('alice');
  await world.click('alice', told, 'touch_note');
  await world.submit('alice', { note: 'Back on\nThursday' });
  expect(textOf(world.card(lead))).toContain(':memo: Back on Thursday');
  await world.click('alice', told, 'touch_note');
  expect(JSON.stringify(world.sandbox.view(people.alice))).toContain('"initial_value":"Back on\\nThursday"');
});

test('changed working hours leave the attempts that were made as they are', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.ownedLead('alice');
  for (const [date, time] of [
    ['2026-11-02', '10:00'],
    ['2026-11-02', '14:30'],
    ['2026-11-03', '11:00'],
  ] as const) {
    await world.skipTo(moment(date, time));
    await world.click('alice', world.card(lead), 'touch:no_answer');
  }
  expect((await world.lead(lead.id)).attempts).toBe(3);
  await world.command('mona', '/leads setup');
  expect(await world.submit('mona', { start: '13:00' })).toMatchObject({ ok: true });
  await world.click('alice', world.card(lead), 'touch:email');
  expect((await world.lead(lead.id)).attempts).toBe(3);
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect((await world.lead(lead.id)).attempts).toBe(3);
  const touches = await world.db
    .selectFrom('touch')
    .select('attempt')
    .where('undone_at', 'is', null)
    .execute();
  expect(touches.map((touch) => touch.attempt)).toEqual([1, 2, 3]);
});

test('a touch is logged after the clock was set back', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.db
    .updateTable('touch')
    .set({ at: world.now + 3_600_000 })
    .execute();
  await world.click('alice', world.card(lead), 'touch:email');
  expect(await world.db.selectFrom('touch').selectAll().execute()).toHaveLength(2);
});

test('a touch on an offered lead claims it, and the audit says both', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('bob', await world.oldMessage('touch:email', String(lead.id)), 'touch:email');
  expect((await world.lead(lead.id)).owner_id).toBe(people.bob);
  const audit = await world.db.selectFrom('audit').select('action').where('lead_id', '=', lead.id).execute();
  expect(audit.map((row) => row.action).slice(-2)).toEqual(['lead.claimed', 'touch.logged']);
});

test('six clicks in a row are one attempt', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  for (const kind of ['no_answer', 'voicemail', 'email', 'linkedin', 'email', 'no_answer']) {
    await world.click('alice', world.card(lead), `touch:${kind}`);
    await world.skipTo(world.now + 60_000);
  }
  expect(await world.db.selectFrom('touch').select('attempt').execute()).toHaveLength(6);
  expect((await world.lead(lead.id)).attempts).toBe(1);
  expect(textOf(world.card(lead))).toContain('●○○○○○ 1 of 6');
});

test('a touch four working hours after the first of its attempt is the next attempt, one minute less is not', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  const first = (await world.lead(lead.id)).first_touch_at ?? 0;
  await world.skipTo(first + 4 * 3_600_000 - 60_000);
  await world.click('alice', world.card(lead), 'touch:no_answer');
  expect((await world.lead(lead.id)).attempts).toBe(1);
  await world.skipTo(first + 4 * 3_600_000);
  await world.click('alice', world.card(lead), 'touch:no_answer');
  expect((await world.lead(lead.id)).attempts).toBe(2);
});

test('a weekend has no working hours: Friday evening and Monday morning are one attempt', async () => {
  const world = await startWorld({ startAt: moment('2026-11-06', '15:00') });
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-09', '10:30'));
  await world.click('alice', world.card(lead), 'touch:no_answer');
  expect((await world.lead(lead.id)).attempts).toBe(1);
  await world.skipTo(moment('2026-11-09', '11:30'));
  await world.click('alice', world.card(lead), 'touch:no_answer');
  expect((await world.lead(lead.id)).attempts).toBe(2);
});

test('a double click is one touch and one confirmation', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const card = world.card(lead);
  const before = world.whispers('alice').length;
  await Promise.all([
    world.clickOnly('alice', card, 'touch:email'),
    world.clickOnly('alice', card, 'touch:email'),
  ]);
  await world.settle();
  expect(await world.db.selectFrom('touch').selectAll().execute()).toHaveLength(1);
  expect(world.whispers('alice')).toHaveLength(before + 1);
});

test('the same click three seconds later is a touch of its own', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(world.now + 3000);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(await world.db.selectFrom('touch').selectAll().execute()).toHaveLength(2);
});

test('a touch on somebody else’s lead is refused and names who has it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const before = await world.records();
  await world.click('bob', world.card(lead), 'touch:email');
  expect(world.lastWhisper('bob')).toContain(
    `*Ada Lovelace* is <@${people.alice}>'s lead. Nothing was logged.`,
  );
  expect(await world.records()).toEqual(before);
});

test('a manager may log a touch on a rep’s lead, and it stays the rep’s', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('mona', world.card(lead), 'touch:email');
  expect(await world.lead(lead.id)).toMatchObject({ owner_id: people.alice, attempts: 1 });
  expect(textOf(world.whisper('mona'))).toContain('Logged for');
});

test('someone outside the team can’t log a touch', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('max', world.card(lead), 'touch:email');
  expect(world.lastWhisper('max')).toContain("You are not in Inbound's roster.");
  expect((await world.lead(lead.id)).attempts).toBe(0);
});

test('after the last planned attempt the card says to close the lead', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await world.click('alice', world.card(lead), 'touch:no_answer');
    await world.skipTo(moment('2026-11-02', '10:00') + attempt * 86_400_000);
  }
  const card = textOf(world.card(lead));
  expect(card).toContain('●●●●●● 6 of 6');
  expect(card).toContain('All planned attempts made');
  expect(world.lastWhisper('alice')).toContain('That was the last planned attempt.');
  expect(actionIds(world.whisper('alice'))).toEqual(['resolve', 'touch_undo', 'touch_note', 'touch_edit']);
});
