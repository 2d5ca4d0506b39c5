import { expect, test } from 'vitest';
import { leadBeforeThirdAttempt, nudgedLead } from '../support/nudged.ts';
import { moment, people, startWorld, textOf } from '../support/world.ts';

const hour = 3_600_000;

test('"Snooze 1 hour" brings the nudge back after an hour, and the old one points to it', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  const clicked = world.now;
  const whispers = world.whispers('alice').length;
  await world.click('alice', world.nudge(lead), 'snooze:1h');
  expect(textOf(world.nudge(lead))).toMatch(/:zzz: Third attempt: put off until <!date\^/);
  expect(world.whispers('alice')).toHaveLength(whispers);
  await world.skipTo(clicked + hour - 1000);
  expect(world.nudges(lead)).toHaveLength(1);
  await world.skipTo(clicked + hour + 2000);
  const back = ['Third attempt: it came back below.', 'Third attempt is due: Ada Lovelace'];
  expect(world.nudges(lead)).toEqual(back);
  await world.click('alice', world.nudge(lead), 'touch:email');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  await world.advance('2m');
  expect(world.nudges(lead)).toEqual(back);
});

test('a snooze belongs to its attempt: undoing a touch brings it back', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  await world.skipTo(moment('2026-11-06', '08:59'));
  expect(world.nudges(lead)).toEqual([expect.stringMatching(/^Third attempt: put off until/)]);
  await world.skipTo(moment('2026-11-06', '09:00'));
  expect(world.nudges(lead)).toHaveLength(2);
});

test('a snooze belongs to its attempt: the next one is not put off by it', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.click('alice', world.card(lead), 'touch:email');
  const after = await world.lead(lead.id);
  expect(after).toMatchObject({ attempts: 3, snoozed_until: null, nudge_at: after.next_attempt_at });
});

test('a snooze on the old nudge of an attempt that is made is refused', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  const old = await world.oldMessage('snooze:1h', `${lead.id}:3:1`);
  await world.click('alice', world.card(lead), 'touch:email');
  const before = await world.records();
  await world.click('alice', old, 'snooze:1h');
  expect(world.lastWhisper('alice')).toContain('There is nothing to put off: this attempt is made already');
  expect(await world.records()).toEqual(before);
});

test('an hour’s snooze that ends with the working day comes back next morning, as it says', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.skipTo(moment('2026-11-05', '16:00'));
  await world.click('alice', world.nudge(lead), 'snooze:1h');
  expect((await world.lead(lead.id)).snoozed_until).toBe(moment('2026-11-06', '09:00'));
});

test('"Snooze until tomorrow" brings it back when the next working day starts', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.skipTo(moment('2026-11-06', '08:59'));
  expect(world.nudges(lead)).toHaveLength(1);
  await world.skipTo(moment('2026-11-06', '09:00'));
  expect(world.nudges(lead)).toHaveLength(2);
});

test('a snoozed attempt that is made in the meantime is not nudged again', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:1h');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(world.now + 3 * hour);
  expect(world.nudges(lead)).toEqual(['Third attempt: done. Thank you.']);
});

test('somebody else can’t snooze a rep’s nudge', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('bob', world.nudge(lead), 'snooze:1h');
  expect(world.lastWhisper('bob')).toContain(
    `*Ada Lovelace* is <@${people.alice}>'s lead. Nothing was changed.`,
  );
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
});

test('"Until next week" brings it back on Monday', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:week');
  await world.skipTo(moment('2026-11-09', '08:59'));
  expect(world.nudges(lead)).toHaveLength(1);
  await world.skipTo(moment('2026-11-09', '09:00'));
  expect(world.nudges(lead)).toHaveLength(2);
});

test('"Until a date…" asks for the day, which may not lie behind', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:date');
  expect(await world.submit('alice', { date: '2026-11-05' })).toMatchObject({
    errors: { date: 'Choose a day that is still to come.' },
  });
  await world.submit('alice', { date: '2026-11-12' });
  expect((await world.lead(lead.id)).snoozed_until).toBe(moment('2026-11-12', '09:00'));
});

test('a date on a weekend moves to Monday, and the form says so', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:date');
  await world.submit('alice', { date: '2026-11-14' });
  expect((await world.lead(lead.id)).snoozed_until).toBe(moment('2026-11-16', '09:00'));
  const view = world.sandbox.view(people.alice);
  expect(JSON.stringify(view?.blocks)).toContain(
    'That is no working day of yours. It comes back on the next one',
  );
});

test('a reply is not put off', async () => {
  const world = await startWorld();
  const lead = await leadBeforeThirdAttempt(world);
  await world.click('alice', world.card(lead), 'touch:replied');
  const { replied_at: repliedAt, next_attempt_at: due } = await world.lead(lead.id);
  await world.skipTo(due ?? NaN);
  const old = await world.oldMessage('snooze:1h', `nudge:${lead.id}:1:reply:${repliedAt}`);
  await world.click('alice', old, 'snooze:1h');
  expect(world.lastWhisper('alice')).toContain('They wait for your answer.');
});
