import { expect, test } from 'vitest';
import { awaitView } from '../../src/demo/await-view.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { asked, nudgedLead, twoLeadsDue } from '../support/nudged.ts';
import { actionIds, moment, people, startWorld, textOf, type World } from '../support/world.ts';

async function putOffLead(world: World, span = 'tomorrow'): Promise<LeadRow> {
  const lead = await nudgedLead(world);
  await world.click('alice', world.nudge(lead), `snooze:${span}`);
  return world.lead(lead.id);
}

function audits(world: World, action: string) {
  return world.db.selectFrom('audit').selectAll().where('action', '=', action).execute();
}

function lastAsked(world: World): Message {
  const message = asked(world, 'alice').at(-1);
  if (!message) throw new Error('Alice was asked for nothing.');
  return message;
}

test('“Bring it back now” opens the nudge again in its place, and no second one comes', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  const whispers = world.whispers('alice').length;
  expect(actionIds(world.nudge(lead))).toEqual(['bring_back']);
  await world.click('alice', world.nudge(lead), 'bring_back');
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
  expect(actionIds(world.nudge(lead))).toEqual(expect.arrayContaining(['touch:email', 'snooze:1h']));
  expect(textOf(world.card(lead))).toContain(':red_circle: Attempt 3 was due');
  expect(world.whispers('alice')).toHaveLength(whispers);
  for (const at of [world.now + 60_000, moment('2026-11-05', '11:00')]) {
    await world.skipTo(at);
    expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
    expect(asked(world, 'alice')).toEqual([]);
  }
});

test('what is brought back and not done is asked for once more, as any nudge', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  await world.click('alice', world.nudge(lead), 'bring_back');
  await world.skipTo(world.now + 60_000);
  await world.skipTo(moment('2026-11-05', '14:05'));
  expect(asked(world, 'alice')).toHaveLength(1);
  await world.skipTo(moment('2026-11-06', '09:00'));
  expect(world.nudges(lead)).toHaveLength(1);
});

test('brought back after a second snooze, it is open in the newest message alone', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world, '1h');
  await world.skipTo(lead.snoozed_until ?? NaN);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.click('alice', world.nudge(lead), 'bring_back');
  await world.skipTo(world.now + 120_000);
  expect(world.nudges(lead)).toEqual([
    'Third attempt: it came back below.',
    'Third attempt is due: Ada Lovelace',
  ]);
  expect(asked(world, 'alice')).toEqual([]);
});

test('a double click brings it back once', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  const nudge = world.nudge(lead);
  await Promise.all([
    world.clickOnly('alice', nudge, 'bring_back'),
    world.clickOnly('alice', nudge, 'bring_back'),
  ]);
  await world.settle();
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
  const [audit, ...more] = await audits(world, 'nudge.brought_back');
  expect(more).toEqual([]);
  expect(audit).toMatchObject({ actor: people.alice, lead_id: lead.id });
  expect(JSON.parse(audit?.detail ?? '')).toMatchObject({ attempt: 3, until: lead.snoozed_until });
});

test('what was touched, closed, or is somebody else’s is not brought back, and a sentence says why', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  const old = await world.oldMessage('bring_back', `nudge:${lead.id}:1:3`);
  await world.click('bob', old, 'bring_back');
  expect(world.lastWhisper('bob')).toContain(`*Ada Lovelace* is <@${people.alice}>'s lead.`);
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', old, 'bring_back');
  expect(world.lastWhisper('alice')).toContain('There is nothing to bring back: the lead has moved on');
  await world.close('alice', lead, 'qualified');
  await world.click('alice', old, 'bring_back');
  expect(world.lastWhisper('alice')).toContain('This lead is closed.');
  expect(await audits(world, 'nudge.brought_back')).toEqual([]);
});

test('a snooze that was taken back does not come again when a touch is undone', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  await world.click('alice', world.nudge(lead), 'bring_back');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  await world.skipTo(world.now + 120_000);
  expect((await world.lead(lead.id)).snoozed_until).toBeNull();
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
});

test('at night it is open at once, and nobody is called', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world, 'week');
  await world.skipTo(moment('2026-11-05', '22:00'));
  await world.click('alice', world.nudge(lead), 'bring_back');
  expect(world.nudges(lead)).toEqual(['Third attempt is due: Ada Lovelace']);
  await world.skipTo(moment('2026-11-06', '09:00'));
  await world.skipTo(moment('2026-11-06', '09:30'));
  expect(world.nudges(lead)).toHaveLength(1);
});

test('in a message about several leads each that is put off has its button', async () => {
  const world = await startWorld();
  const [ada, alan] = await twoLeadsDue(world);
  await world.click('alice', lastAsked(world), 'snooze', `tomorrow|nudge:${ada.id}:1:3`);
  expect(lastAsked(world).text).toBe('1 of 2 leads is still due');
  await world.click('alice', lastAsked(world), 'bring_back', `nudge:${ada.id}:1:3`);
  await world.skipTo(world.now + 120_000);
  expect(asked(world, 'alice').map(({ text }) => text)).toEqual(['2 leads are due']);
  expect([...world.nudges(ada), ...world.nudges(alan)]).toEqual([]);
});

test('brought back after it came twice, it does not come a third time together with another lead', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world, '1h');
  await world.skipTo(lead.snoozed_until ?? NaN);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  const alan = await world.ownedLead('alice', 'Alan Turing');
  await world.click('alice', world.nudge(lead), 'bring_back');
  const due = { next_attempt_at: world.now, nudge_at: world.now };
  await world.db.updateTable('lead').set(due).where('id', '=', alan.id).execute();
  await world.skipTo(world.now + 60_000);
  expect(world.nudges(alan)).toEqual(['First attempt is due: Alan Turing']);
  expect(asked(world, 'alice')).toEqual([]);
});

test('a step for the whole day that is brought back on it is asked for in no second message', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'next_step');
  await world.submit('alice', { step: 'Send the offer', step_date: '2026-11-03' });
  const asks = () => world.thread(lead).filter(({ text }) => text.startsWith('Your next step'));
  await world.skipTo(moment('2026-11-03', '09:00'));
  await world.click('alice', asks().at(-1) as Message, 'snooze:1h');
  await world.skipTo(moment('2026-11-03', '10:00'));
  await world.click('alice', asks().at(-1) as Message, 'snooze:1h');
  const alan = await world.ownedLead('alice', 'Alan Turing');
  const step = world.thread(lead).findLast((message) => actionIds(message).includes('bring_back'));
  await world.click('alice', step as Message, 'bring_back');
  const due = { next_attempt_at: world.now, nudge_at: world.now };
  await world.db.updateTable('lead').set(due).where('id', '=', alan.id).execute();
  await world.skipTo(world.now + 60_000);
  expect(asks()).toHaveLength(1);
  expect(asked(world, 'alice')).toEqual([]);
});

test('from the queue it is brought back, and its row says that it is late', async () => {
  const world = await startWorld();
  await putOffLead(world);
  await world.command('alice', '/leads');
  const told = world.whispers('alice').length;
  await world.click('alice', world.whisper('alice'), 'bring_back');
  expect(world.whispers('alice')).toHaveLength(told);
  expect(world.lastWhisper('alice')).toContain(':bell: attempt 3 was due');
  expect(actionIds(world.whisper('alice'))).not.toContain('bring_back');
});

test('from `/leads find` it is brought back by who may, and the answer says so', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  await world.command('mona', '/leads find Ada');
  const found = world.whisper('mona');
  await world.click('mona', found, 'bring_back:say');
  expect((await world.lead(lead.id)).snoozed_until).toBeNull();
  expect(world.lastWhisper('mona')).toMatch(
    /\*Ada Lovelace\* \(Lovelace Ltd\) is not put off any more\. Attempt 3 was due <!date/,
  );
  const said = world.whispers('mona').length;
  await world.click('mona', found, 'bring_back:say');
  expect(world.whispers('mona')).toHaveLength(said);
  await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  await world.command('bob', '/leads find Ada');
  expect(actionIds(world.whisper('bob'))).toEqual(['story']);
});

test('from the Home it is brought back, and its row says that it is late', async () => {
  const world = await startWorld();
  await putOffLead(world);
  world.sandbox.openHome({ user: people.alice });
  await world.settle();
  const home = () => world.sandbox.home(people.alice);
  const viewId = home()?.id ?? '';
  await world.sandbox.interact({ viewId, user: people.alice, action: { action_id: 'bring_back' } });
  await world.settle();
  const shown = textOf({ ts: '', blocks: home()?.blocks } as Message);
  expect(shown).toContain('attempt 3 was due');
  expect(shown).not.toMatch(/not put off any more|is put off/);
});

test('the story tells who put what off, and who brought it back', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  await world.click('alice', world.nudge(lead), 'bring_back');
  await world.command('alice', '/leads find Ada');
  await world.click('alice', world.whisper('alice'), 'story');
  await awaitView(world.sandbox, people.alice);
  const story = JSON.stringify(world.sandbox.view(people.alice)?.blocks);
  expect(story).toMatch(/put attempt 3 off until <!date/);
  expect(story).toContain(`<@${people.alice}> brought attempt 3 back.`);
});

test('a lead that was closed by mistake is put off as before when it is reopened', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world);
  await world.close('alice', lead, 'disqualified', 'no');
  expect((await world.lead(lead.id)).snoozed_until).toBeNull();
  await world.click('alice', world.card(lead), 'reopen');
  const { snoozed_until, nudge_at } = lead;
  expect(await world.lead(lead.id)).toMatchObject({ snoozed_until, nudge_at });
  await world.skipTo(world.now + 60_000);
  expect(actionIds(world.nudge(lead))).toEqual(['bring_back']);
});

test('an undone touch brings back no snooze of whoever had the lead before', async () => {
  const world = await startWorld();
  const lead = await putOffLead(world, 'week');
  await world.skipTo(world.now + 60_000);
  await world.click('mona', world.card(lead), 'more', `${lead.id}:hand_on`);
  await world.submit('mona', { to: people.bob });
  await world.click('bob', world.card(lead), 'touch:voicemail');
  await world.click('bob', world.whisper('bob'), 'touch_undo');
  expect(await world.lead(lead.id)).toMatchObject({ attempts: 2, snoozed_until: null });
});

test('the snooze of a step that is gone does not put off the attempt that comes instead', async () => {
  const world = await startWorld();
  const lead = await world.ownedLead('alice');
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.card(lead), 'next_step');
  await world.submit('alice', { step: 'Send the offer', step_date: '2026-11-03' });
  await world.skipTo(moment('2026-11-03', '09:00'));
  const step = world.thread(lead).at(-1);
  if (!step) throw new Error('Nobody was asked for the step.');
  await world.click('alice', step, 'snooze:week');
  await world.click('alice', world.card(lead), 'next_step');
  await awaitView(world.sandbox, people.alice);
  const viewId = world.sandbox.view(people.alice)?.id ?? '';
  await world.sandbox.interact({ viewId, user: people.alice, action: { action_id: 'step_clear' } });
  await world.settle();
  expect((await world.lead(lead.id)).step_due_at).toBeNull();
  await world.click('alice', world.card(lead), 'touch:email');
  await world.click('alice', world.whisper('alice'), 'touch_undo');
  expect((await world.lead(lead.id)).snoozed_until).toBeNull();
});
