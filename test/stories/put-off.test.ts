import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { nudgedLead, tryOn } from '../support/nudged.ts';
import { moment, startWorld, textOf, type World } from '../support/world.ts';

/** What the card says is next. */
function cardSays(world: World, lead: { id: number }): string {
  return textOf(world.card(lead)).match(/^.*(?:Attempt \d|Next due|Next step).*$/m)?.[0] ?? '';
}

/** Ada has answered, and gets the quote on Tuesday. */
async function leadWithStep(world: World): Promise<LeadRow> {
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:replied');
  await world.click('alice', world.whisper('alice'), 'next_step');
  await world.submit('alice', {
    step_said: `${lead.id}:interested`,
    step: 'Send the quote',
    step_date: '2026-11-03',
  });
  return lead;
}

function stepNudge(world: World, lead: LeadRow): Message {
  const nudge = world.thread(lead).at(-1);
  if (!nudge) throw new Error('Nobody was asked for the step.');
  return nudge;
}

function date(at: number): string {
  return `<!date^${at / 1000}^`;
}

test('the card says until when an attempt is put off, and is late again when the snooze ends', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  expect(cardSays(world, lead)).toMatch(/^:red_circle: Attempt 3 was due/);
  const end = world.now + 3_600_000;
  await world.click('alice', world.nudge(lead), 'snooze:1h');
  expect(cardSays(world, lead)).toContain(`:zzz: Attempt 3 is put off until ${date(end)}`);
  await world.skipTo(end - 1000);
  expect(cardSays(world, lead)).toContain('put off');
  await world.skipTo(end);
  expect(cardSays(world, lead)).toMatch(/^:red_circle: Attempt 3 was due/);
});

test('over a weekend on which the clocks change, the card stays put off until Monday’s work begins', async () => {
  const world = await startWorld({ startAt: moment('2026-10-20', '09:30') });
  const lead = await tryOn(world, await world.ownedLead('alice'), '2026-10-20', '2026-10-21');
  await world.skipTo(lead.nudge_at ?? NaN);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  const monday = moment('2026-10-26', '09:00');
  expect(new Date(monday).toISOString()).toBe('2026-10-26T08:00:00.000Z');
  expect(await world.lead(lead.id)).toMatchObject({ snoozed_until: monday, redraw_at: monday });
  for (const at of [moment('2026-10-24', '12:00'), moment('2026-10-25', '12:00'), monday - 1000]) {
    await world.skipTo(at);
    expect(cardSays(world, lead)).toContain(`put off until ${date(monday)}`);
  }
  await world.skipTo(monday);
  expect(cardSays(world, lead)).toMatch(/^:red_circle: Attempt 3 was due/);
});

test('a snooze that ends while its rep is away ends on the card all the same', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.skipTo(moment('2026-11-05', '11:00'));
  await world.command('alice', '/leads away until 2026-11-11');
  expect(cardSays(world, lead)).toContain(`put off until ${date(moment('2026-11-06', '09:00'))}`);
  await world.skipTo(moment('2026-11-06', '09:00'));
  expect(world.nudges(lead)).toHaveLength(1);
  expect(cardSays(world, lead)).toMatch(/^:red_circle: Attempt 3 was due/);
});

test('a touch that is undone puts the card’s attempt off again', async () => {
  const world = await startWorld();
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.click('alice', world.card(lead), 'touch:email');
  expect(cardSays(world, lead)).toContain('Next due: attempt 4');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect(cardSays(world, lead)).toContain('Attempt 3 is put off until');
});

test('a step for the whole day that is put off within it is put off on the card no longer than that', async () => {
  const world = await startWorld();
  const lead = await leadWithStep(world);
  await world.skipTo(moment('2026-11-03', '09:00'));
  await world.click('alice', stepNudge(world, lead), 'snooze:1h');
  await world.command('alice', '/leads away until 2026-11-04 deputy @bob');
  expect(cardSays(world, lead)).toContain(`put off until ${date(moment('2026-11-03', '10:00'))}`);
  expect((await world.lead(lead.id)).redraw_at).toBe(moment('2026-11-03', '10:00'));
  await world.skipTo(moment('2026-11-03', '10:00'));
  expect(cardSays(world, lead)).toMatch(/^:calendar: Next step: Send the quote/);
  await world.skipTo(moment('2026-11-03', '17:00'));
  expect(cardSays(world, lead)).toMatch(/^:red_circle: Next step: Send the quote/);
});

test('an agreed step that is put off says so on the card', async () => {
  const world = await startWorld();
  const lead = await leadWithStep(world);
  await world.skipTo(moment('2026-11-03', '09:00'));
  await world.click('alice', stepNudge(world, lead), 'snooze:tomorrow');
  expect(cardSays(world, lead)).toContain(
    `:zzz: Next step (Send the quote) is put off until ${date(moment('2026-11-04', '09:00'))}`,
  );
});
