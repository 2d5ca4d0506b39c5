import { expect, test } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { changedPlaybook, withoutLadders } from '../support/playbooks.ts';
import {
  actionIds,
  botUserId,
  moment,
  people,
  startWorld,
  temporaryFile,
  textOf,
  type World,
} from '../support/world.ts';

const quietLadders = (): { playbookPath: string; briefs: true } => ({
  playbookPath: changedPlaybook(withoutLadders),
  briefs: true,
});

function briefs(world: World, person: keyof typeof people = 'alice'): Message[] {
  return world.sandbox
    .directMessages(people[person])
    .filter((message) => /for today|today’s leads/.test(message.text ?? ''));
}

function newest(world: World): Message {
  const found = briefs(world).at(-1);
  if (!found) throw new Error('No brief came.');
  // Where a click on it happens: in the conversation with the app.
  return { ...found, channel: botUserId };
}

/** 09:00 of that day in Berlin, in winter. */
function startOfWork(at: number): number {
  return moment(new Date(at).toISOString().slice(0, 10), '09:00');
}

async function clickBrief(world: World, actionId: string, value: string): Promise<void> {
  await world.click('alice', newest(world), actionId, value);
}

test('a rep starts the day with one message: the leads in order with their buttons, brought up to date by clicks', async () => {
  const world = await startWorld(quietLadders());
  const first = await world.ownedLead('alice', 'Ada Lovelace');
  const second = await world.ownedLead('alice', 'Charles Babbage');
  await world.click('alice', world.card(second), 'touch:email');
  await world.skipTo(moment('2026-11-03', '08:59'));
  expect(briefs(world)).toEqual([]);
  await world.skipTo(moment('2026-11-03', '09:00'));
  expect(newest(world).text).toMatch(/^2 for today/);
  const text = textOf(newest(world));
  expect(text.indexOf('Ada Lovelace')).toBeLessThan(text.indexOf('Charles Babbage'));
  await clickBrief(world, 'touch:voicemail', String(first.id));
  expect((await world.lead(first.id)).attempts).toBe(1);
  expect(newest(world).text).toMatch(/^1 of 2 left for today/);
  expect(textOf(newest(world))).toContain('Logged: left voicemail, attempt 1.');
  expect(actionIds(newest(world)).filter((id) => id === 'touch:email')).toHaveLength(1);
  await world.click('alice', world.card(second), 'touch:voicemail');
  expect(newest(world).text).toBe('All of today’s leads are done. Thank you.');
  expect(briefs(world)).toHaveLength(1);
});

test('a click in the brief says in its row what was logged, with the way back, and whispers nothing below it', async () => {
  const world = await startWorld(quietLadders());
  const names = ['Ada Lovelace', 'Charles Babbage', 'Mary Somerville'];
  const leads = [];
  for (const name of names) leads.push(await world.ownedLead('alice', name));
  await world.skipTo(moment('2026-11-03', '08:59'));
  await world.skipTo(moment('2026-11-03', '09:00'));
  const places = (): string[] =>
    [...textOf(newest(world)).matchAll(/\*(\d)\.\* \*([^*]+)\*/g)].map(
      ([, place, name]) => `${place} ${name}`,
    );
  const before = places();
  const said = world.directMessages('alice').length;
  await clickBrief(world, 'touch:voicemail', String(leads[0]?.id));
  await clickBrief(world, 'touch:no_answer', String(leads[1]?.id));
  expect(places()).toEqual(before);
  expect(world.directMessages('alice')).toHaveLength(said);
  await clickBrief(world, 'touch_undo', '1');
  expect(places()).toEqual(before);
  expect(newest(world).text).toMatch(/^2 of 3 left/);
  expect(briefs(world)).toHaveLength(1);
  await world.close('mona', leads[2]!, 'rejected', 'no');
  expect(places()).toEqual(before);
  expect(textOf(newest(world))).toContain('Closed as Rejected. They don’t know yet.');
  await world.skipTo(moment('2026-11-03', '12:00'));
  await clickBrief(world, 'touch:email', String(leads[0]?.id));
  expect(places()).toEqual(before);
  expect(actionIds(newest(world)).filter((id) => id === 'touch_undo')).toHaveLength(1);
});

test('a row that asks what comes next says it once it is said, wherever that was', async () => {
  const world = await startWorld(quietLadders());
  const [first, second] = [
    await world.ownedLead('alice', 'Ada Lovelace'),
    await world.ownedLead('alice', 'Charles Babbage'),
  ];
  await world.skipTo(moment('2026-11-03', '08:59'));
  await world.skipTo(moment('2026-11-03', '09:00'));
  await clickBrief(world, 'touch:replied', String(first.id));
  await clickBrief(world, 'touch:replied', String(second.id));
  expect(textOf(newest(world)).match(/What comes next\?/g)).toHaveLength(2);
  await world.close('alice', first, 'disqualified', 'no');
  expect(textOf(newest(world))).toContain('Closed as Disqualified. They don’t know yet.');
  await clickBrief(world, 'told', String(first.id));
  expect(textOf(newest(world))).toContain('It is noted that they were told.');
  await clickBrief(world, 'next_step', String(second.id));
  await world.submit('alice', { step_said: `${second.id}:later`, step: 'Call', step_date: '2026-11-05' });
  expect(textOf(newest(world))).not.toContain('What comes next?');
});

test('what was put off in the brief is back in its row when it is asked for again', async () => {
  const world = await startWorld(quietLadders());
  const lead = await world.ownedLead('alice');
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await world.skipTo((await world.lead(lead.id)).next_attempt_at ?? NaN);
    await world.click('alice', world.card(lead), 'touch:email');
  }
  const due = (await world.lead(lead.id)).next_attempt_at ?? NaN;
  await world.skipTo(startOfWork(due));
  await world.skipTo(due);
  await world.click('alice', world.nudge(lead), 'snooze:1h');
  expect(textOf(newest(world))).toContain('put off until');
  await world.skipTo(world.now + 61 * 60_000);
  expect(world.nudges(lead).at(-1)).toContain('Third attempt is due');
  expect(textOf(newest(world))).not.toContain('put off until');
});

test('an empty day brings nothing, nor does a day off', async () => {
  const world = await startWorld(quietLadders());
  await world.skipTo(moment('2026-11-03', '09:00'));
  expect(briefs(world)).toEqual([]);
  await world.ownedLead('alice');
  await world.skipTo(moment('2026-11-07', '09:00'));
  await world.skipTo(moment('2026-11-08', '12:00'));
  expect(briefs(world)).toEqual([]);
  await world.skipTo(moment('2026-11-09', '09:00'));
  expect(briefs(world)).toHaveLength(1);
  await world.skipTo(moment('2026-11-09', '15:00'));
  expect(briefs(world)).toHaveLength(1);
});

test('who is away gets none, and who has switched it off gets none', async () => {
  const world = await startWorld(quietLadders());
  await world.ownedLead('alice', 'Ada Lovelace');
  await world.ownedLead('bob', 'Charles Babbage');
  await world.command('alice', '/leads away until friday');
  await world.db
    .insertInto('preference')
    .values({ team_id: (await world.newestLead()).team_id, user_id: people.bob, brief: 0 })
    .onConflict((conflict) =>
      conflict.columns(['team_id', 'user_id']).doUpdateSet({ brief: 0, next_brief_at: null }),
    )
    .execute();
  await world.skipTo(moment('2026-11-03', '09:00'));
  expect([...briefs(world, 'alice'), ...briefs(world, 'bob')]).toEqual([]);
  await world.skipTo(moment('2026-11-09', '09:00'));
  expect(briefs(world, 'alice')).toHaveLength(1);
  expect(briefs(world, 'bob')).toEqual([]);
});

test('the brief comes at the rep’s own time, and a changed time brings no second one that day', async () => {
  const world = await startWorld(quietLadders());
  await world.ownedLead('alice');
  const choose = async (brief_time: string): Promise<void> => {
    world.sandbox.openHome({ user: people.alice });
    await world.settle();
    const viewId = world.sandbox.home(people.alice)?.id ?? '';
    await world.sandbox.interact({ viewId, user: people.alice, action: { action_id: 'preferences' } });
    await world.settle();
    await world.submit('alice', { brief_time });
  };
  await choose('10:30');
  await world.skipTo(moment('2026-11-03', '09:00'));
  expect(briefs(world)).toEqual([]);
  await world.skipTo(moment('2026-11-03', '10:30'));
  expect(briefs(world)).toHaveLength(1);
  await choose('11:00');
  await world.skipTo(moment('2026-11-03', '10:31'));
  await world.skipTo(moment('2026-11-03', '11:00'));
  expect(briefs(world)).toHaveLength(1);
  await world.skipTo(moment('2026-11-04', '11:00'));
  expect(briefs(world)).toHaveLength(2);
});

test('a nudge that is due as the day begins stands in the brief, and in no message beside it', async () => {
  const world = await startWorld(quietLadders());
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-03', '09:30'));
  await world.click('alice', world.card(lead), 'touch:voicemail');
  const due = (await world.lead(lead.id)).nudge_at ?? 0;
  expect(due).toBeGreaterThan(0);
  const before = world.directMessages('alice').length;
  await world.db
    .updateTable('lead')
    .set({ nudge_at: moment('2026-11-05', '09:00'), next_attempt_at: moment('2026-11-05', '09:00') })
    .where('id', '=', lead.id)
    .execute();
  await world.skipTo(moment('2026-11-05', '09:00'));
  expect(newest(world).text).toBe('1 for today: 1 late');
  expect(world.nudges(lead).filter((text) => /Third attempt is due/.test(text))).toEqual([]);
  expect(world.directMessages('alice')).toHaveLength(before + 1);
  expect((await world.lead(lead.id)).nudge_at).toBeNull();
  await world.skipTo(moment('2026-11-05', '13:30'));
  expect(world.directMessages('alice').length).toBe(before + 2);
});

test('after a long downtime no brief comes that is no morning brief any more', async () => {
  const world = await startWorld({ ...quietLadders(), databasePath: temporaryFile('brief.db') });
  await world.ownedLead('alice');
  await world.skipTo(world.now + 60_000);
  await world.goDown();
  world.sandbox.clock.set(moment('2026-11-03', '14:00'));
  await world.comeBack();
  expect(briefs(world)).toEqual([]);
  await world.goDown();
  world.sandbox.clock.set(moment('2026-11-04', '11:00'));
  await world.comeBack();
  expect(briefs(world)).toHaveLength(1);
  await world.goDown();
  await world.comeBack();
  expect(briefs(world)).toHaveLength(1);
});

test('of more than ten due nudges the brief gives those it names; the others come after these have had their time', async () => {
  const world = await startWorld(quietLadders());
  for (let index = 1; index <= 12; index += 1) await world.ownedLead('alice', `Person Number${index}`);
  const due = moment('2026-11-03', '08:59');
  await world.skipTo(due);
  await world.db
    .updateTable('lead')
    .set({ state: 'working', attempts: 2, next_attempt_at: due, nudge_at: due })
    .execute();
  await world.skipTo(moment('2026-11-03', '09:00'));
  const waiting = (await world.leads()).filter((lead) => lead.nudge_at !== null);
  expect(waiting.map((lead) => lead.nudge_at)).toEqual([
    moment('2026-11-03', '13:00'),
    moment('2026-11-03', '13:00'),
  ]);
  expect(textOf(newest(world))).toContain('12 for today: 12 late');
  expect(textOf(newest(world))).toContain('And 2 more');
});
