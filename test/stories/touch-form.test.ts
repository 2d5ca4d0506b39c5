import { expect, test } from 'vitest';
import type { TouchRow } from '../../src/db/schema.ts';
import { moment, people, startWorld, textOf, type World } from '../support/world.ts';

async function touches(world: World): Promise<TouchRow[]> {
  return world.db.selectFrom('touch').selectAll().where('undone_at', 'is', null).orderBy('at').execute();
}

function seconds(date: string, time: string): number {
  return moment(date, time) / 1000;
}

test('the form logs what one click can’t say: who met whom, with which message, and the confirmation repeats it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'email', message: 'first_mail', note: 'Wrote about Thursday' });
  expect(await touches(world)).toMatchObject([
    { kind: 'email', message: 'first_mail', note: 'Wrote about Thursday', attempt: 1, person_id: null },
  ]);
  expect(world.lastWhisper('alice')).toContain(
    'Logged for *Ada Lovelace* (Lovelace Ltd): emailed, with “First mail”',
  );
  expect(textOf(world.card(lead))).toContain(':memo: Wrote about Thursday');
});

test('the same form sent twice is one touch', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const at = Math.ceil(world.now / 1000);
  for (let times = 0; times < 2; times += 1) {
    await world.click('alice', world.card(lead), 'touch_form');
    await world.submit('alice', { kind: 'text', at });
  }
  expect(await touches(world)).toHaveLength(1);
});

test('one click takes the suggested message for the one used, and says so', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  expect(await touches(world)).toMatchObject([{ message: 'first_mail' }]);
  expect(textOf(world.whisper('alice'))).toContain('emailed, with “First mail”. Attempt 1 of 6 ●○○○○○');
});

test('after they replied one click takes no message of the cadence for used', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.click('alice', world.card(lead), 'touch:email');
  expect((await touches(world)).map(({ message }) => message)).toEqual([null, null]);
});

test('a call that nobody answered, and a touch on another channel, use no message', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.db.updateTable('lead').set({ phone: '+4930901820' }).execute();
  await world.click('alice', world.card(lead), 'touch:no_answer');
  await world.click('alice', world.card(lead), 'touch:linkedin');
  expect((await touches(world)).map(({ message }) => message)).toEqual([null, null]);
  await world.click('alice', world.card(lead), 'touch:voicemail');
  expect(textOf(world.whisper('alice'))).toContain(
    'left voicemail, with “First call”. Third touch of attempt 1 of 6 ●○○○○○',
  );
});

test('a touch of before is put in its place, and the later ones are counted anew', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.ownedLead('alice');
  await world.skipTo(moment('2026-11-02', '16:00'));
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'voicemail', at: seconds('2026-11-02', '10:00') });
  expect(await touches(world)).toMatchObject([
    { kind: 'voicemail', attempt: 1, at: moment('2026-11-02', '10:00') },
    { kind: 'email', attempt: 2 },
  ]);
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ attempts: 2, first_touch_at: moment('2026-11-02', '10:00') });
  expect(after.last_touch_kind).toBe('email');
});

test.each([
  ['2026-11-04', '11:00', 'This has not happened yet.'],
  ['2026-11-01', '10:00', 'This lead came on Mon 2 Nov, 09:0'],
])('a touch on %s at %s is refused in its field', async (date, time, sentence) => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-04', '10:00'));
  await world.click('alice', world.card(lead), 'touch_form');
  const outcome = await world.submit('alice', { kind: 'email', at: seconds(date, time) });
  expect(JSON.stringify(outcome)).toContain(sentence);
  expect(await touches(world)).toHaveLength(1);
});

test('a touch is at most thirty days old', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-12-14', '10:00'));
  await world.click('alice', world.card(lead), 'touch_form');
  const outcome = await world.submit('alice', { kind: 'email', at: seconds('2026-11-13', '10:00') });
  expect(JSON.stringify(outcome)).toContain('Choose a day since Sat 14 Nov.');
});

test('who called, then claimed, logs the call at its time, and the next attempt counts from it', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(moment('2026-11-02', '10:00'));
  await world.click('alice', world.card(lead), 'claim');
  const called = moment('2026-11-02', '09:30');
  await world.click('alice', world.card(lead), 'touch_form');
  const outcome = await world.submit('alice', { kind: 'no_answer', at: seconds('2026-11-02', '09:30') });
  expect(outcome).toMatchObject({ ok: true });
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ attempts: 1, first_touch_at: called, last_touch_at: called });
  const other = await world.ownedLead('alice', 'Charles Babbage');
  await world.click('alice', world.card(other), 'touch:no_answer');
  expect((await world.lead(other.id)).next_attempt_at).toBeGreaterThan(after.next_attempt_at ?? Infinity);
});

test('who logs what they did before they had the lead gets it, and its attempts count from then', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.hubspotLead();
  world.sandbox.clock.set(moment('2026-11-02', '09:20'));
  await world.click('bob', await world.oldMessage('touch_form', String(lead.id)), 'touch_form');
  await world.submit('bob', { kind: 'email', at: seconds('2026-11-02', '09:10') });
  expect(await touches(world)).toMatchObject([{ attempt: 1, at: moment('2026-11-02', '09:10') }]);
  expect(await world.lead(lead.id)).toMatchObject({ first_touch_at: moment('2026-11-02', '09:10') });
});

test('a touch of before the claim that is undone leaves the first touch due as it was', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.demoLead('Ada Lovelace');
  await world.skipTo(moment('2026-11-02', '10:30'));
  await world.click('alice', world.card(lead), 'claim');
  const { next_attempt_at: due, ladder_at: ladder } = await world.lead(lead.id);
  await world.click('alice', world.card(lead), 'touch_form');
  await world.submit('alice', { kind: 'no_answer', at: seconds('2026-11-02', '09:05') });
  const [touch] = await touches(world);
  await world.click('alice', await world.oldMessage('touch_undo', String(touch?.id)), 'touch_undo');
  expect(await world.lead(lead.id)).toMatchObject({ attempts: 0, next_attempt_at: due, ladder_at: ladder });
});

test('a message used before is warned about once, and logged when the rep insists', async () => {
  const world = await startWorld({ startAt: moment('2026-11-03', '09:00') });
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-05', '10:00'));
  await world.click('alice', world.card(lead), 'touch_form');
  const form = JSON.stringify(world.sandbox.view(people.alice));
  expect(form).toContain('Used with Ada Lovelace on Tue 3 Nov');
  await world.submit('alice', { kind: 'email', message: 'first_mail' });
  expect(JSON.stringify(world.sandbox.view(people.alice))).toContain(
    'You sent “First mail” to Ada Lovelace on Tue 3 Nov. Choose another message, or save once more',
  );
  expect(await touches(world)).toHaveLength(1);
  await world.submit('alice', {});
  expect((await touches(world)).map(({ message }) => message)).toEqual(['first_mail', 'first_mail']);
});

test('an edit puts right what was logged, as if it had been logged like that', async () => {
  const world = await startWorld({ startAt: moment('2026-11-02', '09:00') });
  const lead = await world.ownedLead('alice');
  await world.skipTo(moment('2026-11-02', '10:00'));
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-04', '10:00'));
  await world.click('alice', world.card(lead), 'touch:no_answer');
  expect(await world.lead(lead.id)).toMatchObject({ attempts: 2 });
  await world.click('alice', world.whisper('alice'), 'touch_edit');
  await world.submit('alice', { kind: 'voicemail', message: '*', at: seconds('2026-11-02', '11:00') });
  expect(await touches(world)).toMatchObject([
    { kind: 'email', attempt: 1 },
    { kind: 'voicemail', attempt: 1, message: '*', at: moment('2026-11-02', '11:00') },
  ]);
  expect(await world.lead(lead.id)).toMatchObject({ attempts: 1, last_touch_kind: 'voicemail' });
  expect(textOf(world.whisper('alice'))).toContain('left voicemail, in your own words');
});

test('who no longer has the lead corrects no touch of it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  const told = world.whisper('alice');
  await world.db.updateTable('lead').set({ owner_id: people.bob }).execute();
  await world.click('alice', told, 'touch_edit');
  expect(world.lastWhisper('alice')).toContain(`is <@${people.bob}>'s lead. Nothing was changed.`);
});

test('nobody edits a touch of somebody else, nor one of a closed lead', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('bob', await world.oldMessage('touch_edit', '1'), 'touch_edit');
  expect(world.lastWhisper('bob')).toMatch(/Only <@\w+> can edit this touch\./);
  const told = world.whisper('alice');
  await world.db
    .updateTable('lead')
    .set({ state: 'resolved', resolution: 'nurture', answered: 1, resolved_at: 1, resolved_by: people.alice })
    .execute();
  await world.click('alice', told, 'touch_edit');
  expect(world.lastWhisper('alice')).toContain('This lead is closed. Reopen it first, then edit the touch.');
  await world.click('alice', await world.oldMessage('touch_form', String(lead.id)), 'touch_form');
  expect(world.lastWhisper('alice')).toContain('This lead is closed.');
});

test('the form of somebody else’s lead is refused and names who has it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('bob', world.card(lead), 'touch_form');
  expect(world.lastWhisper('bob')).toContain('lead. Nothing was logged.');
  expect(world.sandbox.view(people.bob)).toBeUndefined();
});
