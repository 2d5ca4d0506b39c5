import { expect, test } from 'vitest';
import {
  actionIds,
  berlin,
  botUserId,
  type PersonName,
  people,
  startWorld,
  textOf,
  type World,
} from '../support/world.ts';
import { addWorkingDays } from '../../src/calendar/working-time.ts';
import { workingCalendar } from '../../src/calendar/working-calendar.ts';
import type { LeadRow } from '../../src/db/schema.ts';

const calendar = workingCalendar({ zone: berlin, days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' });

async function touchedLead(world: World, owner: PersonName = 'alice'): Promise<LeadRow> {
  const lead = await world.ownedLead(owner);
  await world.click(owner, world.card(lead), 'touch:email');
  return world.lead(lead.id);
}

/** The whole cadence, one attempt a working day. */
async function workedOut(world: World): Promise<LeadRow> {
  const lead = await world.ownedLead('alice');
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await world.click('alice', world.card(lead), 'touch:email');
    await world.skipTo(addWorkingDays(calendar, world.now, 1));
  }
  return world.lead(lead.id);
}

test.each([
  ['qualified', 'Qualified', 'yes'],
  ['nurture', 'Nurture', 'yes'],
  ['disqualified', 'Disqualified', 'no'],
] as const)('a touched lead is closed as %s, and the card says so', async (kind, label, answered) => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  expect(await world.close('alice', lead, kind, answered)).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toMatchObject({
    state: 'resolved',
    resolution: kind,
    answered: answered === 'yes' ? 1 : 0,
    needs_answer: 1,
    resolved_by: people.alice,
    next_attempt_at: null,
    nudge_at: null,
  });
  const said = answered === 'yes' ? 'prospect was told' : 'prospect heard nothing';
  expect(textOf(world.card(lead))).toMatch(
    new RegExp(`\\*${label}\\* by <@${people.alice}>, <!date[^>]+>.* · ${said}`),
  );
  expect(actionIds(world.card(lead))).toEqual(
    answered === 'yes' ? ['reopen', 'story'] : ['told', 'reopen', 'story'],
  );
});

test('Unresponsive is there once the whole cadence is worked, and not before', async () => {
  const world = await startWorld();
  const lead = await workedOut(world);
  expect(await world.close('alice', lead, 'unresponsive')).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toMatchObject({
    resolution: 'unresponsive',
    answer: 'closing_the_file',
    answered: 1,
  });
});

test('an attempt that is undone while the form is open locks Unresponsive again', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    if (attempt > 1) await world.skipTo(addWorkingDays(calendar, world.now, 1));
    await world.click('alice', world.card(lead), 'touch:email');
  }
  await world.click('alice', world.card(lead), 'resolve');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  const outcome = await world.submit('alice', { close_as: `${lead.id}:unresponsive` });
  expect(outcome.errors).toEqual({
    close_as: 'Unresponsive unlocks after attempt 6: 1 to go. Log the next one, or choose another end.',
  });
  expect((await world.lead(lead.id)).state).toBe('working');
});

test('nobody skips the gate: a manager’s form does not offer Unresponsive early either', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('mona', world.card(lead), 'resolve');
  const form = JSON.stringify(world.sandbox.view(people.mona)?.blocks);
  expect(form).toContain('Unresponsive unlocks after attempt 6: 5 to go, next <!date^');
  expect(form).not.toContain(`${lead.id}:unresponsive`);
});

test('an untouched lead is closed as rejected, even before anybody has claimed it', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  expect(await world.close('bob', lead, 'rejected', 'no')).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toMatchObject({
    resolution: 'rejected',
    resolution_reason: 'competitor',
    answered: 0,
    owner_id: null,
  });
});

test('the form shows at once what belongs to each choice, and the words are recorded as they were sent', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  const choose = async (action: string, value: string): Promise<string> => {
    const view = world.sandbox.view(people.alice);
    await world.sandbox.interact({
      user: people.alice,
      viewId: view?.id ?? '',
      action: { action_id: action, value },
    });
    await world.settle();
    return JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  };
  expect(await choose('close_as', `${lead.id}:disqualified`)).toContain('Why is it no lead for us?');
  expect(await choose('close_reason', `${lead.id}:disqualified:competitor`)).toContain(
    'Hi Ada,\\n\\nI had a look at whether we could be of use to Lovelace Ltd',
  );
  const other = `${lead.id}:disqualified:competitor:outside_our_market`;
  expect(await choose('close_answer:disqualified:competitor', other)).toContain(
    'The market that we work in does not include Lovelace Ltd',
  );
  const words = { 'close_words:outside_our_market': 'Dear Ada, sorry.', close_told: 'sent' };
  await world.submit('alice', words);
  expect(await world.lead(lead.id)).toMatchObject({ answer: 'outside_our_market', answered: 1 });
  const { detail } = await world.db
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'lead.resolved')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(detail)).toEqual({
    resolution: 'disqualified',
    reason: 'competitor',
    answer: 'outside_our_market',
    needsAnswer: true,
    answered: true,
    told: 'sent',
    text: 'Dear Ada, sorry.',
  });
});

test('an opinion before attempt 3 is saved for marketing, and the lead stays open with what to find out', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  await world.submit('alice', { close_as: `${lead.id}:disqualified` });
  await world.submit('alice', { close_reason: `${lead.id}:disqualified:too_small` });
  const kept = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(kept).toContain('Before attempt 3 this is an opinion.');
  expect(kept).toContain('Ask how many people would use it and what is planned for next year.');
  expect((await world.lead(lead.id)).state).toBe('working');
  expect(textOf(world.card(lead))).toContain(`<@${people.alice}>: company too small`);
});

test('a manager may close for an opinion all the same, and it is on record', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  expect(await world.close('mona', lead, 'disqualified', 'yes', 'too_small')).toMatchObject({ ok: true });
  expect((await world.lead(lead.id)).resolution_reason).toBe('too_small');
  const audit = await world.db
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'lead.resolved')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(audit.detail)).toMatchObject({ override: true, reason: 'too_small' });
  expect(textOf(world.card(lead))).toContain('over an opinion, before attempt 3');
});

test('once they have said something, an opinion is none any more', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'touch:replied');
  expect(await world.close('alice', lead, 'disqualified', 'yes', 'no_budget')).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toMatchObject({
    resolution: 'disqualified',
    answer: 'no_budget_now',
  });
});

test('missing data is a question: it is saved, and the lead stays open', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  await world.submit('alice', { close_as: `${lead.id}:disqualified` });
  await world.submit('alice', { close_reason: `${lead.id}:disqualified:missing_phone` });
  expect(JSON.stringify(world.sandbox.view(people.alice)?.blocks)).toContain(
    'Missing data is a question, not an exit.',
  );
  expect((await world.lead(lead.id)).state).toBe('working');
  expect(await world.db.selectFrom('flag').selectAll().execute()).toMatchObject([
    { reason: 'missing_phone' },
  ]);
});

test('spam is closed without an answer, and nobody waits for one', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.close('alice', lead, 'rejected', 'no', 'spam');
  expect(await world.lead(lead.id)).toMatchObject({ answer: 'spam', answered: 0, needs_answer: 0 });
  expect(textOf(world.card(lead))).toContain('nobody to answer');
  expect(actionIds(world.card(lead))).toEqual(['reopen', 'story']);
});

test('“Not yet” gives a mail link with the rep’s own words, and a button for when they know', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  await world.submit('alice', { close_as: `${lead.id}:disqualified` });
  await world.submit('alice', { close_reason: `${lead.id}:disqualified:competitor` });
  await world.submit('alice', { 'close_words:not_a_fit': 'Sorry, Ada.', close_told: 'no' });
  expect(world.lastWhisper('alice')).toContain('body=Sorry%2C%20Ada.|Open in your mail program');
  await world.click('alice', world.whisper('alice'), 'told');
  expect(await world.lead(lead.id)).toMatchObject({ answered: 1 });
  expect(textOf(world.card(lead))).toContain('prospect was told');
  await world.click('alice', world.whisper('alice'), 'told_undo');
  expect(await world.lead(lead.id)).toMatchObject({ answered: 0 });
  expect(actionIds(world.card(lead))).toEqual(['told', 'reopen', 'story']);
});

test('closed from a direct message, the words to send come there, and not in the channel', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.db.updateTable('preference').set({ nudge_in: 'direct' }).execute();
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.skipTo(addWorkingDays(calendar, world.now, 1));
  const nudge = world.sandbox.directMessages(people.alice).at(-1);
  if (!nudge) throw new Error('Nobody was asked.');
  await world.click('alice', { ...nudge, channel: botUserId }, 'resolve');
  await world.submit('alice', { close_as: `${lead.id}:disqualified` });
  await world.submit('alice', { close_reason: `${lead.id}:disqualified:competitor` });
  const before = world.whispers('alice').length;
  await world.submit('alice', { 'close_words:not_a_fit': 'Sorry, Ada.', close_told: 'no' });
  expect((await world.lead(lead.id)).state).toBe('resolved');
  expect(world.whispers('alice')).toHaveLength(before);
  expect(world.directMessages('alice').join()).toContain('They don’t know yet.');
});

test('“They were told” is for who had the lead, and for managers', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.close('alice', lead, 'disqualified', 'no');
  await world.click('bob', world.card(lead), 'told');
  expect(world.lastWhisper('bob')).toContain(`was <@${people.alice}>'s lead: they or a manager can say so.`);
  await world.click('mona', world.card(lead), 'told');
  expect((await world.lead(lead.id)).answered).toBe(1);
  await world.click('alice', await world.oldMessage('told', String(lead.id)), 'told');
  expect(world.lastWhisper('alice')).toContain('was told already, or needs no answer.');
});

test('the note is kept, and stands on the card', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  await world.submit('alice', { close_as: `${lead.id}:nurture` });
  await world.submit('alice', { close_told: 'spoken', note: 'Budget in spring' });
  expect((await world.lead(lead.id)).resolution_note).toBe('Budget in spring');
  expect(textOf(world.card(lead))).toContain(':memo: Budget in spring');
});

test('an untouched lead is not offered Disqualified, a touched one not Rejected', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'resolve');
  const before = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(before).toContain(`${lead.id}:rejected`);
  expect(before).not.toContain(`${lead.id}:disqualified`);
  await world.sandbox.closeView({ user: people.alice });
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'resolve');
  const after = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(after).toContain(`${lead.id}:disqualified`);
  expect(after).not.toContain(`${lead.id}:rejected`);
});

test('Rejected chosen before a touch was logged elsewhere is refused in the form with what to choose', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'resolve');
  await world.click('mona', world.card(lead), 'touch:email');
  const outcome = await world.submit('alice', { close_as: `${lead.id}:rejected` });
  expect(outcome.errors?.['close_as']).toContain('This lead has touches, so choose Disqualified.');
  expect((await world.lead(lead.id)).state).toBe('working');
});

test('Disqualified is refused for a lead whose only touch was undone', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  const outcome = await world.submit('alice', { close_as: `${lead.id}:disqualified` });
  expect(outcome.errors?.['close_as']).toContain('choose Rejected');
});

test('a form without a result, a reason or an answer is not accepted', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  expect(Object.keys((await world.submit('alice', {})).errors ?? {})).toEqual(['close_as']);
  await world.submit('alice', { close_as: `${lead.id}:disqualified` });
  expect(Object.keys((await world.submit('alice', {})).errors ?? {})).toEqual(['close_reason']);
  await world.submit('alice', { close_reason: `${lead.id}:disqualified:competitor` });
  expect(Object.keys((await world.submit('alice', {})).errors ?? {})).toEqual(['close_told']);
});

test('a rep can’t close somebody else’s lead, a manager can', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('bob', world.card(lead), 'resolve');
  expect(world.lastWhisper('bob')).toContain(`is <@${people.alice}>'s lead. Nothing was changed.`);
  expect(world.sandbox.view(people.bob)).toBeUndefined();
  expect(await world.close('mona', lead, 'qualified')).toMatchObject({ ok: true });
});

test('reopening after a day brings the lead back to the rep who had it, with a new cadence', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.close('alice', lead, 'nurture');
  await world.skipTo(world.now + 26 * 3_600_000);
  await world.click('bob', world.card(lead), 'reopen');
  const open = await world.lead(lead.id);
  expect(open).toMatchObject({
    state: 'owned',
    owner_id: people.alice,
    attempts: 0,
    resolution: null,
    answered: null,
    answer: null,
    needs_answer: null,
    return_at: null,
    cadence_epoch: 2,
  });
  expect(open.next_attempt_at).toBe(open.cadence_started_at + 3_600_000);
  expect(textOf(world.card(lead))).toContain('○○○○○○ 0 of 6');
  expect(world.lastWhisper('bob')).toMatch(/is open again\. Attempt 1 is due <!date\^/);
});

test('a lead whose attempts are all made is not said to be on offer when a mistaken closing is taken back', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await world.skipTo((await world.lead(lead.id)).next_attempt_at ?? NaN);
    await world.click('alice', world.card(lead), 'touch:email');
  }
  await world.close('alice', lead, 'unresponsive');
  await world.click('alice', world.card(lead), 'reopen');
  expect(world.lastWhisper('alice')).toContain('is open again. All planned attempts are made');
});

test('a lead that nobody had is on offer again when reopened', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.close('bob', lead, 'rejected');
  await world.click('bob', world.card(lead), 'reopen');
  expect(actionIds(world.card(lead))).toEqual(['claim', 'flag', 'resolve', 'more']);
  await world.click('carol', world.card(lead), 'claim');
  expect((await world.lead(lead.id)).owner_id).toBe(people.carol);
});

test('reopening is for the team', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.close('bob', lead, 'rejected');
  await world.click('max', world.card(lead), 'reopen');
  expect(world.lastWhisper('max')).toContain("You are not in Inbound's roster.");
  expect((await world.lead(lead.id)).state).toBe('resolved');
});

test('a lead that was contacted, closed and reopened can be disqualified, and not rejected', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.close('alice', lead, 'nurture');
  await world.click('alice', world.card(lead), 'reopen');
  await world.close('alice', lead, 'disqualified');
  expect((await world.lead(lead.id)).resolution).toBe('disqualified');
});

test('a lead whose owner has left the roster is on offer when it is reopened', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world, 'carol');
  await world.close('carol', lead, 'nurture');
  await world.command('mona', '/leads setup');
  await world.submit('mona', { reps: [people.alice, people.bob] });
  await world.click('bob', world.card(lead), 'reopen');
  expect(world.lastWhisper('bob')).toContain('is open again. It is on offer.');
  expect(await world.lead(lead.id)).toMatchObject({ state: 'offered', owner_id: null, attempts: 0 });
  expect(actionIds(world.card(lead))).toContain('claim');
});

test('reopening soon takes a mistaken closing back: attempts, reply and note are as they were', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'touch:replied');
  const before = await world.lead(lead.id);
  await world.close('alice', lead, 'nurture');
  await world.skipTo(world.now + 60_000);
  await world.click('alice', world.card(lead), 'reopen');
  const { attempts, replied_at, next_attempt_at, cadence_epoch, state } = before;
  expect(await world.lead(lead.id)).toMatchObject({
    attempts,
    replied_at,
    next_attempt_at,
    cadence_epoch,
    state,
  });
});

test('a closing that is taken back takes the reason along that was given in it', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.close('alice', lead, 'disqualified');
  expect(textOf(world.card(lead))).toContain('competitor, student or vendor');
  await world.click('alice', world.card(lead), 'reopen');
  expect(textOf(world.card(lead))).not.toContain('competitor, student or vendor');
  expect(await world.lead(lead.id)).toMatchObject({ resolution_reason: null, state: 'working' });
});

test.each([
  ['nurture', 'yes', 'closed as Nurture. It comes back on Mon 1 Feb 2027. It is noted that they were told.'],
  ['nurture', 'no', 'closed as Nurture. It comes back on Mon 1 Feb 2027. They don’t know yet.'],
  ['qualified', 'yes', 'closed as Qualified. They know where they stand.'],
] as const)('who closes a lead as %s (told: %s) reads how it was closed', async (end, told, text) => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.close('alice', lead, end, told);
  expect(world.lastWhisper('alice')).toContain(`*Ada Lovelace* (Lovelace Ltd): ${text}`);
});

test('a closing that nobody needed to hear of says so, and is taken back from where it is confirmed', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.close('alice', lead, 'disqualified', 'yes', 'spam');
  expect(world.lastWhisper('alice')).toContain('closed as Disqualified. Nobody needed an answer.');
  await world.click('alice', world.whisper('alice'), 'reopen');
  expect((await world.lead(lead.id)).state).toBe('working');
});
