import { expect, test } from 'vitest';
import { actionIds, type PersonName, people, startWorld, textOf, type World } from '../support/world.ts';
import type { LeadRow } from '../../src/db/schema.ts';

async function touchedLead(world: World, owner: PersonName = 'alice'): Promise<LeadRow> {
  const lead = await world.ownedLead(owner);
  await world.click(owner, world.card(lead), 'touch:email');
  return world.lead(lead.id);
}

test.each([
  ['qualified', 'Qualified', 'yes'],
  ['nurture', 'Nurture', 'yes'],
  ['disqualified', 'Disqualified', 'yes'],
  ['unresponsive', 'Unresponsive', 'no'],
] as const)('a touched lead is closed as %s, and the card says so', async (kind, label, answered) => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  expect(await world.close('alice', lead, kind, answered)).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toMatchObject({
    state: 'resolved',
    resolution: kind,
    answered: answered === 'yes' ? 1 : 0,
    resolved_by: people.alice,
    next_attempt_at: null,
    nudge_at: null,
  });
  const said = answered === 'yes' ? 'prospect was told' : 'prospect heard nothing';
  expect(textOf(world.card(lead))).toMatch(
    new RegExp(`\\*${label}\\* by <@${people.alice}>, <!date[^>]+> · ${said}`),
  );
  expect(actionIds(world.card(lead))).toEqual(['reopen']);
});

test('an untouched lead is closed as rejected, even before anybody has claimed it', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  expect(await world.close('bob', lead, 'rejected', 'no')).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toMatchObject({ resolution: 'rejected', answered: 0, owner_id: null });
});

test('the note is kept, and stands on the card', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  await world.submit('alice', { resolution: 'nurture', answered: 'yes', note: 'Budget in spring' });
  expect((await world.lead(lead.id)).resolution_note).toBe('Budget in spring');
  expect(textOf(world.card(lead))).toContain(':memo: Budget in spring');
});

test('an untouched lead is not offered Disqualified, a touched one not Rejected', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'resolve');
  const before = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(before).toContain('"rejected"');
  expect(before).not.toContain('"disqualified"');
  await world.sandbox.closeView({ user: people.alice });
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'resolve');
  const after = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(after).toContain('"disqualified"');
  expect(after).not.toContain('"rejected"');
});

test('Rejected chosen before a touch was logged elsewhere is refused in the form with what to choose', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'resolve');
  await world.click('mona', world.card(lead), 'touch:email');
  await world.submit('alice', { resolution: 'rejected', answered: 'yes' });
  expect(world.refusal('alice')).toContain('This lead has touches, so choose Disqualified.');
  expect((await world.lead(lead.id)).state).toBe('working');
});

test('Disqualified is refused for a lead whose only touch was undone', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  await world.submit('alice', { resolution: 'disqualified', answered: 'yes' });
  expect(world.refusal('alice')).toContain('choose Rejected');
});

test('a form without a result and an answer is not accepted', async () => {
  const world = await startWorld();
  const lead = await touchedLead(world);
  await world.click('alice', world.card(lead), 'resolve');
  const outcome = await world.submit('alice', {});
  expect(Object.keys(outcome.errors ?? {}).sort()).toEqual(['answered', 'resolution']);
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
    cadence_epoch: 2,
  });
  expect(open.next_attempt_at).toBe(open.cadence_started_at + 3_600_000);
  expect(textOf(world.card(lead))).toContain('○○○○○○ 0 of 6');
  expect(world.lastWhisper('bob')).toMatch(/is open again\. Attempt 1 is due <!date\^/);
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
  await world.click('alice', world.card(lead), 'resolve');
  await world.submit('alice', { resolution: 'disqualified', answered: 'yes' });
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
