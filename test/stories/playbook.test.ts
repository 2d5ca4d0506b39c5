import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionIds, moment, startWorld, temporaryFile, textOf, type World } from '../support/world.ts';

const standard = readFileSync('data/playbook.yml', 'utf8');

async function worldWithPlaybook(): Promise<{ world: World; write: (yaml: string) => Promise<void> }> {
  const playbookPath = temporaryFile('playbook.yml');
  writeFileSync(playbookPath, standard);
  const world = await startWorld({ playbookPath });
  const write = async (yaml: string): Promise<void> => {
    writeFileSync(playbookPath, yaml);
    await world.advance('1m');
  };
  return { world, write };
}

test('a lead keeps the playbook it started with, the next one starts with the new one', async () => {
  const { world, write } = await worldWithPlaybook();
  const old = await world.ownedLead('alice', 'Old Example');
  await write(standard.replace('nudgeAttempts: [3, 4, 6]', 'nudgeAttempts: [2]'));
  const young = await world.ownedLead('alice', 'Young Sample');
  expect([old.playbook_version, young.playbook_version]).toEqual([1, 2]);
  for (const lead of [old, young]) await world.click('alice', world.card(lead), 'touch:email');
  await world.skipTo(moment('2026-11-03', '12:00'));
  expect(world.nudges(old)).toEqual([]);
  expect(world.nudges(young)).toEqual(['Second attempt is due: Young Sample']);
});

test('a shorter cadence changes the dots of new leads only', async () => {
  const { world, write } = await worldWithPlaybook();
  const old = await world.ownedLead('alice', 'Old Example');
  await write(standard.replace('      - { after: 4d, channel: call, message: last_call }\n', ''));
  const young = await world.ownedLead('alice', 'Young Sample');
  await world.click('alice', world.card(old), 'touch:email');
  expect(textOf(world.card(old))).toContain('1 of 6');
  expect(textOf(world.card(young))).toContain('0 of 5');
});

test('a playbook that was there before is the same version again', async () => {
  const { world, write } = await worldWithPlaybook();
  await write(standard.replace('nudgeAttempts: [3, 4, 6]', 'nudgeAttempts: [2]'));
  await write(standard);
  expect((await world.hubspotLead()).playbook_version).toBe(1);
});

test('a mistake keeps the last good playbook and tells the managers line and field, once', async () => {
  const { world, write } = await worldWithPlaybook();
  const broken = standard.replace('attemptGap: 4h', 'attemptGap: soon');
  await write(broken);
  await world.advance('5m');
  const line = standard.split('\n').findIndex((text) => text.startsWith('attemptGap:')) + 1;
  expect(world.directMessages('mona')).toHaveLength(1);
  expect(world.directMessages('mona')[0]).toContain(`line ${line}: attemptGap`);
  expect(world.directMessages('alice')).toEqual([]);
  const lead = await world.hubspotLead();
  expect(lead.playbook_version).toBe(1);
  expect(actionIds(world.card(lead))).toContain('claim');
});

test('a reason taken out of the playbook can still be given on a lead that started with it', async () => {
  const { world, write } = await worldWithPlaybook();
  const lead = await world.hubspotLead();
  await write(standard.replace('  - { id: no_budget, label: No budget, kind: judgement }\n', ''));
  await world.flag('alice', lead, 'no_budget');
  expect(textOf(world.card(lead))).toMatch(/<@U0ALICE>.*no budget/i);
});
