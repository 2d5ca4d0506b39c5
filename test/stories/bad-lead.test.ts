import { expect, test } from 'vitest';
import { actionIds, mondayMorning, people, startWorld, textOf } from '../support/world.ts';

test('one click keeps the lead, the rep, the time, the source, the rank and the attempt', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(world.now + 60_000);
  const at = world.now;
  await world.flag('alice', lead, 'too_small');
  expect(await world.db.selectFrom('flag').selectAll().execute()).toMatchObject([
    {
      lead_id: lead.id,
      user_id: people.alice,
      reason: 'too_small',
      reason_label: 'Company too small',
      source: lead.source,
      rank: 'A',
      attempt: 1,
      at,
      undone_at: null,
    },
  ]);
});

test('the card says who found what, and the lead stays open', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.flag('alice', lead, 'no_budget');
  expect(textOf(world.card(lead))).toContain(`<@${people.alice}>: no budget`);
  expect((await world.lead(lead.id)).state).toBe('owned');
});

test('the rep is told that it is saved for marketing, with Undo', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.flag('alice', lead, 'missing_phone');
  expect(world.lastWhisper('alice')).toContain('Marketing will see: *Phone number missing*, Ada Lovelace.');
  expect(actionIds(world.whisper('alice'))).toEqual(['flag_undo']);
});

test('after a reason that is a fact the rep is offered to close the lead, and can do so there', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.flag('alice', lead, 'spam');
  expect(world.lastWhisper('alice')).toContain(
    'Saved for marketing: *Spam or test*, Ada Lovelace. Close the lead as well?',
  );
  expect(actionIds(world.whisper('alice'))).toEqual(['resolve', 'flag_undo']);
  await world.click('alice', world.whisper('alice'), 'resolve');
  // How it ended and why are filled in already; spam needs no answer.
  expect(await world.submit('alice', {})).toMatchObject({ ok: true });
  expect((await world.lead(lead.id)).resolution).toBe('rejected');
});

test('after an opinion the rep reads what to find out, and from attempt 3 on may close', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.flag('alice', lead, 'too_small');
  expect(world.lastWhisper('alice')).toContain('Before attempt 3 this is an opinion.');
  expect(world.lastWhisper('alice')).toContain('Ask how many people would use it');
  expect(actionIds(world.whisper('alice'))).toEqual(['flag_undo']);
  for (const days of [1, 2]) {
    await world.skipTo(mondayMorning + days * 24 * 3_600_000);
    await world.click('alice', world.card(lead), 'touch:email');
  }
  await world.flag('alice', lead, 'no_budget');
  expect(actionIds(world.whisper('alice'))).toEqual(['resolve', 'flag_undo']);
});

test('who flags a lead that somebody else has is not offered to close it', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.flag('bob', lead, 'spam');
  expect(world.lastWhisper('bob')).toContain('Marketing will see: *Spam or test*, Ada Lovelace.');
  expect(actionIds(world.whisper('bob'))).toEqual(['flag_undo']);
});

test('a lead that nobody has yet can be flagged, and by more than one rep', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.flag('alice', lead, 'too_small');
  await world.flag('bob', lead, 'too_small');
  const card = textOf(world.card(lead));
  expect(card).toContain(`<@${people.alice}>: company too small; <@${people.bob}>: company too small`);
  expect((await world.lead(lead.id)).owner_id).toBeNull();
});

test('the same reason by the same rep is counted once, and the rep is told so', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.flag('alice', lead, 'too_small');
  await world.flag('alice', lead, 'too_small');
  expect(world.lastWhisper('alice')).toContain('You said “Company too small” about this lead before');
  expect(await world.db.selectFrom('flag').selectAll().execute()).toHaveLength(1);
});

test('Undo takes the reason back, on the card too, and it can be said again', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.flag('alice', lead, 'too_small');
  await world.click('alice', world.whisper('alice'), 'flag_undo');
  expect(textOf(world.card(lead))).not.toContain(': company too small');
  expect(textOf(world.whisper('alice'))).toContain(
    'Taken back: Ada Lovelace is no longer marked as “Company too small”.',
  );
  await world.flag('alice', lead, 'too_small');
  expect(textOf(world.card(lead))).toContain(': company too small');
});

test('only who gave a reason can take it back', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.flag('alice', lead, 'too_small');
  await world.click('bob', await world.oldMessage('flag_undo', '1'), 'flag_undo');
  expect(world.lastWhisper('bob')).toContain(`Only <@${people.alice}> can take this back.`);
  expect(textOf(world.card(lead))).toContain(': company too small');
});

test('someone outside the team can’t flag a lead', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.flag('max', lead, 'too_small');
  expect(world.lastWhisper('max')).toContain("You are not in Inbound's roster.");
  expect(await world.db.selectFrom('flag').selectAll().execute()).toEqual([]);
});

test('a reason that the playbook no longer has is refused with what to do', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('alice', await world.oldMessage('flag', `${lead.id}:ugly_logo`), 'flag');
  expect(world.lastWhisper('alice')).toContain('This reason is not in the playbook.');
});
