import { beforeEach, describe, expect, test } from 'vitest';
import { awaitView } from '../../src/demo/await-view.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { nudgedLead } from '../support/nudged.ts';
import { moment, people, type PersonName, startWorld, textOf, type World } from '../support/world.ts';

const end = moment('2026-11-06', '09:00');
const putOff = `put off until <!date^${end / 1000}^`;

let world: World;
let lead: LeadRow;

async function modal(person: PersonName): Promise<string> {
  await awaitView(world.sandbox, people[person]);
  return textOf({ ts: '', blocks: world.sandbox.view(people[person])?.blocks } as Message);
}

describe('an attempt that is put off until tomorrow', () => {
  beforeEach(async () => {
    world = await startWorld();
    lead = await nudgedLead(world);
    await world.click('alice', world.nudge(lead), 'snooze:tomorrow');
  });

  test('is later in the queue', async () => {
    const told = await world.command('alice', '/leads');
    expect(told).toContain('My queue: 1 later.');
    expect(told).toContain(`:zzz: attempt 3 is ${putOff}`);
  });

  test('is later in the Home', async () => {
    world.sandbox.openHome({ user: people.alice });
    await world.settle();
    const home = textOf({ ts: '', blocks: world.sandbox.home(people.alice)?.blocks } as Message);
    expect(home).toContain('1 later.');
    expect(home).toContain(`:zzz: attempt 3 is ${putOff}`);
  });

  test('is put off for who finds the lead, and in its story', async () => {
    expect(await world.command('mona', '/leads find ada')).toContain(
      `2 attempts made, attempt 3 is ${putOff}`,
    );
    await world.click('mona', world.whisper('mona'), 'story');
    expect(await modal('mona')).toContain(`2 of 6 · attempt 3 is ${putOff}`);
  });

  test('is put off in the closing form', async () => {
    await world.click('alice', world.card(lead), 'resolve');
    expect(await modal('alice')).toContain(`4 to go, the next one ${putOff}`);
  });

  test('has not had its touches for a rep who asks for more leads', async () => {
    const told = await world.command('alice', '/leads more');
    expect(told).toContain('1 of your 1 open lead has not had its touches');
    expect(told).toContain('1 put off\n');
    expect(told).not.toContain('1 late');
  });

  test('is not late in the standup, which counts it as put off; once the snooze is over it is late', async () => {
    const told = await world.command('mona', '/standup');
    expect(told).toContain('Nobody is late');
    expect(told).toContain('not late · 1 put off · 1 open');
    await world.skipTo(end);
    const later = await world.command('mona', '/standup');
    expect(later).toContain('*1 late* (attempt 3 ×1) · 1 open');
    expect(later).toMatch(/attempt 3 since <!date\^\d+\^[^>]+>, was put off until <!date/);
  });
});

test('what is put off until later today is in the brief as what it is', async () => {
  world = await startWorld({ briefs: true });
  lead = await world.ownedLead('alice');
  await world.skipTo(moment('2026-11-02', '13:00'));
  await world.db
    .updateTable('lead')
    .set({ snoozed_until: moment('2026-11-03', '14:00') })
    .execute();
  await world.skipTo(moment('2026-11-03', '09:00'));
  const brief = world.directMessages('alice').find((text) => text.includes('for today')) ?? '';
  expect(brief).toContain('1 for today');
  expect(brief).not.toContain('late');
  expect(brief).toMatch(/:zzz: first touch is put off until <!date/);
});
