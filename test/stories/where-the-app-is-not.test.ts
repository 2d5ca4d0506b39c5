import { expect, test } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { memoryLog } from '../support/memory-log.ts';
import { channels, startWorld, textOf, type World } from '../support/world.ts';

/** What Alice was answered last in a channel in which the app is no member. */
function answer(world: World): Message {
  return { ...world.whisper('alice', 'sales'), channel: channels.sales };
}

test('a click in an answer is answered there, also where the app is no member', async () => {
  const memory = memoryLog();
  const world = await startWorld({ log: memory.log });
  await world.ownedLead('alice');
  await world.command('alice', '/leads find Ada', 'sales');
  const found = answer(world);
  await world.click('alice', found, 'touch:email');
  expect(textOf(answer(world))).toContain('Logged for *Ada Lovelace*');
  await world.click('alice', answer(world), 'touch_undo');
  expect(textOf(answer(world))).toContain('no longer counts');
  await world.db.updateTable('lead').set({ owner_id: 'U0BOB' }).execute();
  await world.click('alice', found, 'touch:email');
  expect(textOf(answer(world))).toContain('Nothing was logged.');
  expect(memory.errors()).toEqual([]);
});

test('what a form says there comes as a direct message, and no manager is bothered', async () => {
  const memory = memoryLog();
  const world = await startWorld({ log: memory.log });
  await world.ownedLead('alice');
  await world.command('alice', '/leads find Ada', 'sales');
  await world.click('alice', answer(world), 'touch_form');
  await world.submit('alice', { kind: 'email' });
  expect(world.directMessages('alice').at(-1)).toContain('Logged for *Ada Lovelace*');
  expect(world.directMessages('mona')).toEqual([]);
  expect(memory.errors()).toEqual([]);
});
