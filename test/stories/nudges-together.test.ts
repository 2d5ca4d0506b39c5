import { expect, test } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { asked, leadBeforeThirdAttempt, tryOn, twoLeadsDue } from '../support/nudged.ts';
import { actionIds, moment, people, startWorld, textOf, type World } from '../support/world.ts';

function lastAsked(world: World): Message {
  const found = asked(world, 'alice').at(-1);
  if (!found) throw new Error('Alice was asked for nothing.');
  return found;
}

/** The leads in the order in which they stand. */
function places(world: World): string[] {
  return [...textOf(lastAsked(world)).matchAll(/^\*([^*]+)\* \(/gm)].map(([, name = '']) => name);
}

test('what is due together for one rep is one direct message, and nothing in the threads', async () => {
  const world = await startWorld();
  const [ada, alan] = await twoLeadsDue(world);
  expect([...world.nudges(ada), ...world.nudges(alan)]).toEqual([]);
  expect(asked(world, 'alice').map(({ text }) => text)).toEqual(['2 leads are due']);
  const said = textOf(lastAsked(world));
  expect(places(world)).toEqual(['Ada Lovelace', 'Alan Turing']);
  expect(said.match(/^:bell: third attempt ●●○○○○ {2}<https:/gm)).toHaveLength(2);
  expect(said).toContain('Replies usually come on the third or fourth attempt');
  expect(actionIds(lastAsked(world)).filter((id) => id === 'touch:email')).toHaveLength(2);
});

test('a click in it logs the touch for its lead, whose row says so in its place; the last one settles the message', async () => {
  const world = await startWorld();
  const [ada, alan] = await twoLeadsDue(world);
  const told = world.directMessages('alice').length;
  await world.click('alice', lastAsked(world), 'touch:email', String(ada.id));
  expect(await world.lead(ada.id)).toMatchObject({ attempts: 3 });
  expect(await world.lead(alan.id)).toMatchObject({ attempts: 2 });
  expect(lastAsked(world).text).toBe('1 of 2 leads is still due');
  expect(textOf(lastAsked(world))).toMatch(/^:white_check_mark: Logged: emailed, attempt 3\. Next: <!date/m);
  expect(places(world)).toEqual(['Ada Lovelace', 'Alan Turing']);
  await world.click('alice', lastAsked(world), 'touch:no_answer', String(alan.id));
  expect(asked(world, 'alice').map(({ text }) => text)).toEqual(['Both leads are settled. Thank you.']);
  const own = ['touch_undo', 'touch_note', 'touch_edit', 'story'];
  expect(actionIds(lastAsked(world))).toEqual([...own, ...own]);
  expect(world.directMessages('alice')).toHaveLength(told);
});

test('a touch logged on the card settles its row', async () => {
  const world = await startWorld();
  const [ada] = await twoLeadsDue(world);
  await world.click('alice', world.card(ada), 'touch:email');
  expect(lastAsked(world).text).toBe('1 of 2 leads is still due');
});

test('undoing the touch in its row opens it again instead of sending another message', async () => {
  const world = await startWorld();
  const [ada] = await twoLeadsDue(world);
  await world.click('alice', lastAsked(world), 'touch:email', String(ada.id));
  await world.click('alice', lastAsked(world), 'touch_undo');
  await world.skipTo(world.now + 120_000);
  expect(asked(world, 'alice').map(({ text }) => text)).toEqual(['2 leads are due']);
  expect(world.nudges(ada)).toEqual([]);
});

test('one that is snoozed from its menu comes back by itself, in its thread', async () => {
  const world = await startWorld();
  const [ada] = await twoLeadsDue(world);
  await world.click('alice', lastAsked(world), 'snooze', `tomorrow|nudge:${ada.id}:1:3`);
  expect(textOf(lastAsked(world))).toContain(':zzz: Third attempt: put off until <!date^');
  expect(places(world)).toEqual(['Ada Lovelace', 'Alan Turing']);
  await world.skipTo(moment('2026-11-06', '08:59'));
  expect(world.nudges(ada)).toEqual([]);
  await world.skipTo(moment('2026-11-06', '09:00'));
  expect(world.nudges(ada)).toEqual(['Third attempt is due: Ada Lovelace']);
});

test('a message whose leads are all settled before it goes out is not sent', async () => {
  const world = await startWorld();
  const first = await leadBeforeThirdAttempt(world);
  const second = await world.ownedLead('alice', 'Alan Turing');
  await world.db
    .updateTable('lead')
    .set({ attempts: 2, next_attempt_at: first.next_attempt_at, nudge_at: first.nudge_at })
    .where('id', '=', second.id)
    .execute();
  world.sandbox.faults([{ match: { method: 'chat.postMessage' }, do: 'ratelimit', ms: 60_000, times: 1 }]);
  await world.skipTo(first.nudge_at ?? NaN);
  await world.click('alice', world.card(first), 'touch:email');
  await world.click('alice', world.card(second), 'touch:email');
  await world.skipTo(world.now + 180_000);
  expect(asked(world, 'alice')).toEqual([]);
});

test('a lead that is handed on is no longer asked of the one who had it', async () => {
  const world = await startWorld();
  const [ada] = await twoLeadsDue(world);
  await world.click('mona', world.card(ada), 'more', `${ada.id}:hand_on`);
  await world.submit('mona', { to: people.bob });
  expect(lastAsked(world).text).toBe('1 of 2 leads is still due');
  expect(textOf(lastAsked(world))).toContain(`:handshake: <@${people.bob}> has it now`);
  expect(places(world)).toEqual(['Ada Lovelace', 'Alan Turing']);
  await world.skipTo(world.now + 60_000);
  expect(world.nudges(ada)).toEqual(['Third attempt is due: Ada Lovelace']);
});

test('what falls due for two reps at the same time is asked of each in the thread', async () => {
  const world = await startWorld();
  const ada = await leadBeforeThirdAttempt(world);
  const alan = await world.ownedLead('bob', 'Alan Turing');
  await world.db
    .updateTable('lead')
    .set({ attempts: 2, next_attempt_at: ada.next_attempt_at, nudge_at: ada.nudge_at })
    .where('id', '=', alan.id)
    .execute();
  await world.skipTo(ada.nudge_at ?? NaN);
  expect([...world.nudges(ada), ...world.nudges(alan)]).toEqual([
    'Third attempt is due: Ada Lovelace',
    'Third attempt is due: Alan Turing',
  ]);
});

test('an attempt that is not nudged turns its card late by itself', async () => {
  const world = await startWorld();
  const lead = await tryOn(world, await world.ownedLead('alice'), '2026-11-02');
  const due = lead.next_attempt_at ?? NaN;
  await world.skipTo(due - 1);
  expect(textOf(world.card(lead))).toContain('Next due: attempt 2');
  await world.skipTo(due);
  expect(textOf(world.card(lead))).toContain(':red_circle: Attempt 2 was due <!date^');
  expect(world.nudges(lead)).toEqual([]);
  expect(asked(world, 'alice')).toEqual([]);
});

test('a row says what comes of the lead after its touch: the note, the next step, the end', async () => {
  const world = await startWorld();
  const [ada] = await twoLeadsDue(world);
  await world.click('alice', lastAsked(world), 'touch:replied', String(ada.id));
  expect(textOf(lastAsked(world))).toContain('Logged: they replied. What comes next?');
  await world.click('alice', lastAsked(world), 'touch_note');
  await world.submit('alice', { note: 'wants the offer' });
  expect(textOf(lastAsked(world))).toContain('What comes next? :memo: wants the offer');
  await world.click('alice', lastAsked(world), 'next_step', String(ada.id));
  await world.submit('alice', {
    step_said: `${ada.id}:interested`,
    step: 'Send the offer',
    step_date: '2026-11-06',
  });
  expect(textOf(lastAsked(world))).toMatch(/Logged: they replied\. Next: <!date/);
  await world.close('mona', ada, 'disqualified', 'no');
  expect(textOf(lastAsked(world))).toContain('Closed as Disqualified. They don’t know yet.');
  await world.click('alice', lastAsked(world), 'told');
  expect(textOf(lastAsked(world))).toContain('It is noted that they were told.');
});
