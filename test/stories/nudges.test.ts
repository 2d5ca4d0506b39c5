import { expect, test } from 'vitest';
import { leadBeforeThirdAttempt, nudgedLead, tryOn } from '../support/nudged.ts';
import { actionIds, moment, people, startWorld, temporaryFile, textOf } from '../support/world.ts';

const hour = 3_600_000;

test('attempts 3, 4 and 6 are nudged, 1, 2 and 5 are not', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  const nudgesAfter = async (date: string): Promise<number> => {
    await world.skipTo(moment(date, '09:59'));
    const before = world.nudges(lead).length;
    await world.skipTo(moment(date, '10:30'));
    return world.nudges(lead).length - before;
  };
  const due = ['2026-11-02', '2026-11-03', '2026-11-05', '2026-11-09', '2026-11-12', '2026-11-18'];
  const nudged: number[] = [];
  for (const date of due) {
    nudged.push(await nudgesAfter(date));
    await world.click('alice', world.card(lead), 'touch:no_answer');
  }
  expect((await world.lead(lead.id)).attempts).toBe(due.length);
  expect(nudged).toEqual([0, 0, 1, 1, 0, 1]);
});

test('a nudge comes when its attempt is due and not before', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  const due = (await world.lead(lead.id)).next_attempt_at ?? NaN;
  await world.skipTo(due - 1);
  expect(world.nudges(lead)).toEqual([]);
  await world.skipTo(due);
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
});

test('a nudge says for whom, why now, what was tried and what to say next', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  const said = textOf(world.nudge(lead));
  expect(said).toContain(
    `<@${people.alice}> *Third attempt is due* for *Ada Lovelace* (Lovelace Ltd) ●●○○○○`,
  );
  expect(said).toContain('*Tried so far:* called, no answer (2×).');
  expect(said).toContain('Replies usually come on the third or fourth attempt');
  expect(said).toContain('*Try next: Email* (no phone number known) · ');
  expect(said).toContain('Hi Ada, ');
  expect(said).not.toMatch(/[{}]{1}(name|rep|account)/);
});

test('a nudge is sent once, however many ticks pass', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.advance('2h');
  await world.skipTo(moment('2026-11-12', '12:00'));
  expect(world.nudges(lead)).toHaveLength(1);
});

test('a lead that nobody has taken is never nudged', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.skipTo(moment('2026-11-20', '12:00'));
  expect(world.nudges(lead)).toEqual([]);
});

test('a touch logged while the nudge waits to be sent cancels it', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  world.sandbox.faults([{ match: { method: 'chat.postMessage' }, do: 'ratelimit', ms: 60_000, times: 1 }]);
  await world.skipTo(lead.nudge_at ?? NaN);
  expect(world.nudges(lead)).toEqual([]);
  await world.click('alice', world.card(lead), 'touch:voicemail');
  await world.advance('3m');
  expect(world.nudges(lead)).toEqual([]);
});

test('the nudge’s own buttons log the touch, and it turns into "done" without buttons', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'touch:voicemail');
  expect(await world.lead(lead.id)).toMatchObject({ attempts: 3, last_touch_kind: 'voicemail' });
  expect(world.nudges(lead)).toEqual(['Third attempt: done. Thank you.']);
  expect(actionIds(world.nudge(lead))).toEqual([]);
  expect(world.whisper('alice').thread_ts).toBe(world.card(lead).ts);
});

test('a touch logged on the card settles the nudge in the thread too', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(world.nudges(lead)).toEqual(['Third attempt: done. Thank you.']);
});

test('undoing the touch that answered a nudge opens the nudge again instead of sending another', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'touch:voicemail');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  await world.advance('2m');
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
  expect(actionIds(world.nudge(lead))).toContain('snooze:1h');
});

test('a nudge that a touch cancelled before it was sent comes after all when the touch is undone', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  world.sandbox.faults([{ match: { method: 'chat.postMessage' }, do: 'ratelimit', ms: 60_000, times: 1 }]);
  await world.skipTo(lead.nudge_at ?? NaN);
  await world.click('alice', world.card(lead), 'touch:voicemail');
  await world.advance('3m');
  expect(world.nudges(lead)).toEqual([]);
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  await world.advance('3m');
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
});

test('a touch logged while nobody knows whether the nudge arrived settles it once it is found', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  world.sandbox.faults([{ match: { method: 'chat.postMessage' }, do: 'apply_then_503', times: 1 }]);
  await world.skipTo(lead.nudge_at ?? NaN);
  await world.click('alice', world.card(lead), 'touch:email');
  await world.advance('5m');
  expect(world.nudges(lead)).toEqual(['Third attempt: done. Thank you.']);
  expect(actionIds(world.nudge(lead))).toEqual([]);
});

test('the card says that an attempt is late once it was nudged', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  expect(textOf(world.card(lead))).toContain(':red_circle: Attempt 3 was due <!date^');
});

test('a reply stops the nudges', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.skipTo(moment('2026-11-20', '12:00'));
  expect(world.nudges(lead)).toEqual([]);
});

test('a reply that waits longer than the playbook allows is nudged once, and settled by the answer', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  await world.click('alice', world.card(lead), 'touch:replied');
  const { next_attempt_at: due } = await world.lead(lead.id);
  await world.skipTo((due ?? NaN) - 1);
  expect(world.thread(lead)).toEqual([]);
  await world.skipTo(due ?? NaN);
  await world.skipTo(moment('2026-11-10', '12:00'));
  expect(world.thread(lead).map(textOf)).toEqual([
    expect.stringContaining(
      `:speech_balloon: <@${people.alice}> Ada Lovelace replied on Tuesday and is still waiting. Write back, agree on a next step, or close the lead.`,
    ),
  ]);
  await world.click('alice', world.card(lead), 'touch:email');
  expect(world.thread(lead).map((message) => message.text)).toEqual([
    'Reply of Ada Lovelace: answered. Thank you.',
  ]);
});

test('a reply that was answered in time is not nudged', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.skipTo(world.now + hour);
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-04', '12:00'));
  expect(world.thread(lead)).toEqual([]);
});

test('a reply settles a nudge that is already out', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'touch:replied');
  expect(world.nudges(lead)).toEqual(['Third attempt: no longer needed, they replied.']);
});

test('a closed lead gets no nudge, and one that is out is settled', async () => {
  const world = await startWorld();
  const early = await leadBeforeThirdAttempt(world);
  await world.close('alice', early, 'qualified');
  const other = await world.ownedLead('alice', 'Alan Turing');
  await tryOn(world, other, '2026-11-03', '2026-11-04');
  await world.skipTo(moment('2026-11-09', '11:00'));
  expect(world.nudges(early)).toEqual([]);
  expect(world.nudges(other)).toHaveLength(1);
  await world.close('alice', other, 'qualified');
  expect(world.nudges(other)).toEqual(['Third attempt: no longer needed, the lead is closed.']);
});

test('reopening starts a new cadence whose third attempt is nudged again', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.close('alice', lead, 'nurture');
  await world.skipTo(moment('2026-11-08', '12:00'));
  await world.click('alice', world.card(lead), 'reopen');
  await tryOn(world, lead, '2026-11-09', '2026-11-10');
  expect(world.nudges(lead)).toHaveLength(1);
  await world.skipTo(moment('2026-11-12', '10:30'));
  expect(world.nudges(lead)).toEqual([
    'Third attempt: no longer needed.',
    'Third attempt is due: Ada Lovelace',
  ]);
});

test('after downtime a nudge is sent once, late', async () => {
  const world = await startWorld({ databasePath: temporaryFile('test.db') });
  const lead = await leadBeforeThirdAttempt(world);
  await world.goDown();
  world.sandbox.clock.set(moment('2026-11-10', '11:17'));
  await world.comeBack();
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
  await world.goDown();
  await world.comeBack();
  await world.advance('2m');
  expect(world.nudges(lead)).toHaveLength(1);
});

test('a lead that was closed by mistake and reopened asks for its attempt again where it did before', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.close('alice', lead, 'qualified');
  expect(textOf(world.nudge(lead))).toContain('no longer needed, the lead is closed.');
  await world.click('alice', world.card(lead), 'reopen');
  await world.advance('2m');
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
  expect(actionIds(world.nudge(lead))).toContain('touch:email');
});
