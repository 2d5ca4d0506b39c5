import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { actionIds, moment, people, startWorld, textOf, type World } from '../support/world.ts';

/** Ada has answered Alice's first mail. */
async function answeredLead(world: World): Promise<LeadRow> {
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(world.now + 60_000);
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.skipTo(world.now + 60_000);
  return world.lead(lead.id);
}

async function setStep(world: World, lead: LeadRow, values: Record<string, unknown> = {}) {
  await world.click('alice', world.card(lead), 'next_step');
  return world.submit('alice', {
    step_said: `${lead.id}:interested`,
    step: 'Send the offer',
    step_date: '2026-11-05',
    ...values,
  });
}

const thursday = moment('2026-11-05', '09:00');
const thursdayEvening = moment('2026-11-05', '17:00');

test('after “They replied” the next step is one click away; until then nothing else is due', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  expect(world.lastWhisper('alice')).toContain('What comes next?');
  expect(actionIds(world.whisper('alice')).slice(0, 3)).toEqual(['next_step', 'resolve', 'touch_undo']);
  await world.click('alice', world.whisper('alice'), 'next_step');
  const values = { step_said: `${lead.id}:interested`, step: 'Send the offer', step_date: '2026-11-05' };
  expect(await world.submit('alice', values)).toMatchObject({ ok: true });
  expect(await world.lead(lead.id)).toMatchObject({
    next_step: 'Send the offer',
    next_step_at: thursday,
    nudge_at: thursday,
    step_due_at: thursdayEvening,
    next_attempt_at: thursdayEvening,
    replied_at: null,
  });
  expect(textOf(world.card(lead))).toMatch(
    /:calendar: Next step: Send the offer, <!date\^\d+\^\{date_short_pretty\}\|/,
  );
  expect(world.lastWhisper('alice')).toContain(
    'Next step saved for *Ada Lovelace* (Lovelace Ltd): Send the offer, Thu 5 Nov. Until then nothing else is due.',
  );
});

test('a touch before the day leaves the step, one on its day does it, and the cadence goes on', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead, { step_time: '15:00' });
  await world.skipTo(moment('2026-11-04', '11:00'));
  await world.click('alice', world.card(lead), 'touch:linkedin');
  expect((await world.lead(lead.id)).step_due_at).toBe(moment('2026-11-05', '15:00'));
  await world.skipTo(moment('2026-11-05', '09:30'));
  await world.click('alice', world.card(lead), 'touch:email');
  const done = await world.lead(lead.id);
  expect(done).toMatchObject({ step_due_at: null, attempts: 3, replied_at: null });
  expect(done.next_attempt_at).toBeGreaterThan(world.now);
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect((await world.lead(lead.id)).step_due_at).toBe(moment('2026-11-05', '15:00'));
});

test('the touch that does the step asks what comes next, and no touch after it', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.skipTo(thursday + 60_000);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(world.lastWhisper('alice')).toContain('Next step done: Send the offer. What comes next?');
  expect(actionIds(world.whisper('alice'))).toContain('next_step');
  await world.skipTo(thursday + 120_000);
  await world.click('alice', world.card(lead), 'touch:linkedin');
  expect(world.lastWhisper('alice')).not.toContain('Next step done');
});

test('the rep is reminded on the day, once, and the reminder says what was agreed', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.skipTo(moment('2026-11-04', '16:00'));
  expect(world.thread(lead).map(({ text }) => text)).toEqual([]);
  await world.skipTo(thursday);
  await world.skipTo(thursday + 3_600_000);
  const said = [...world.thread(lead).map(textOf), ...world.directMessages('alice')];
  expect(said.filter((text) => text.includes('Send the offer'))).toHaveLength(1);
});

test('a step without a time is due today all day, and late when the working day is over', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.skipTo(thursday);
  await world.skipTo(thursdayEvening - 60_000);
  expect(textOf(world.card(lead))).toContain(':calendar: Next step: Send the offer');
  expect(await world.command('alice', '/leads')).toMatch(
    /1 due today[\s\S]*next step due <!date\^\d+\^\{date_short_pretty\}\|/,
  );
  expect(await world.command('mona', '/standup')).toContain('Nobody is late');
  await world.skipTo(thursdayEvening);
  expect(textOf(world.card(lead))).toContain(':red_circle: Next step: Send the offer');
  expect(await world.command('alice', '/leads')).toContain('1 late');
});

test('the reminder of a step without a time can be put off within its day', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.skipTo(thursday);
  const nudge = world.thread(lead).find(({ text }) => text.includes('Send the offer'));
  if (!nudge) throw new Error('Nobody was reminded.');
  await world.click('alice', nudge, 'snooze:1h');
  expect(
    world
      .thread(lead)
      .map(({ text }) => text)
      .join(),
  ).toContain('Next step with Ada Lovelace: put off until');
  await world.skipTo(moment('2026-11-05', '10:00'));
  expect(world.thread(lead).filter(({ text }) => text.includes('is due: Send the offer'))).toHaveLength(1);
  expect((await world.lead(lead.id)).step_due_at).toBe(thursdayEvening);
});

test('another reply makes the step void: it waits for an answer', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.skipTo(world.now + 60_000);
  await world.click('alice', world.card(lead), 'touch:replied');
  expect(await world.lead(lead.id)).toMatchObject({ step_due_at: null, replied_at: world.now });
  expect(textOf(world.card(lead))).toContain('*They replied.*');
});

test('a touch before the day of a step without a time says the day alone', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(world.lastWhisper('alice')).toMatch(/^Next: <!date\^\d+\^\{date_short_pretty\}\|[^>]+>\.$/m);
});

test('the step can be changed and taken back', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.click('alice', world.card(lead), 'next_step');
  const form = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(form).toContain('"initial_value":"Send the offer"');
  expect(form).not.toContain('What did they say?');
  await world.submit('alice', { step: 'Call about the offer', step_date: '2026-11-06' });
  expect(textOf(world.card(lead))).toContain('Next step: Call about the offer');
  await world.click('alice', world.card(lead), 'next_step');
  await world.sandbox.interact({
    user: people.alice,
    viewId: world.sandbox.view(people.alice)?.id ?? '',
    action: { action_id: 'step_clear' },
  });
  await world.settle();
  expect(JSON.stringify(world.sandbox.view(people.alice)?.blocks)).toContain(
    'Their reply waits for you again.',
  );
  expect(await world.lead(lead.id)).toMatchObject({ next_step: null, step_due_at: null });
  expect((await world.lead(lead.id)).replied_at).not.toBeNull();
});

test.each([
  ['wrong_person', 'add_person'],
  ['later', 'step_close:nurture'],
  ['no', 'step_close:disqualified'],
])('“%s” leads on to %s', async (said, action) => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await world.click('alice', world.card(lead), 'next_step');
  const act = async (action_id: string, value?: string): Promise<void> => {
    const viewId = world.sandbox.view(people.alice)?.id ?? '';
    await world.sandbox.interact({ user: people.alice, viewId, action: { action_id, value } });
    await world.settle();
  };
  await act('step_said', `${lead.id}:${said}`);
  expect(JSON.stringify(world.sandbox.view(people.alice)?.blocks)).toContain(`"action_id":"${action}"`);
  await act(action);
  const callback = action === 'add_person' ? 'add_person' : 'resolve';
  expect(world.sandbox.view(people.alice)?.callback_id).toBe(callback);
});

test('the form says under the field what is wrong', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  const outcome = await setStep(world, lead, { step_date: '2026-11-07' });
  expect(outcome.errors).toEqual({ step_date: 'That is no working day. The next one is Mon 9 Nov.' });
  expect((await world.lead(lead.id)).next_step).toBeNull();
});

test('a lead that nobody has gets no next step', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.click('alice', await world.oldMessage('next_step', String(lead.id)), 'next_step');
  expect(world.lastWhisper('alice')).toContain('Claim it first');
});

test('a closing that is taken back brings the step back with it, a new start forgets it', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead);
  await world.close('alice', lead, 'nurture');
  expect((await world.lead(lead.id)).step_due_at).toBeNull();
  await world.click('alice', world.card(lead), 'reopen');
  expect((await world.lead(lead.id)).step_due_at).toBe(thursdayEvening);
  await world.close('alice', lead, 'nurture');
  await world.skipTo(world.now + 26 * 3_600_000);
  await world.click('alice', world.card(lead), 'reopen');
  expect(await world.lead(lead.id)).toMatchObject({ next_step: null, step_due_at: null, attempts: 0 });
});

test('the queue puts a late step behind late replies, and says what was agreed', async () => {
  const world = await startWorld();
  const lead = await answeredLead(world);
  await setStep(world, lead, { step_time: '09:00' });
  await world.skipTo(thursday + 60_000);
  expect(await world.command('alice', '/leads')).toContain('next step was due');
});
