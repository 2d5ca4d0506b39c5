import { expect, test } from 'vitest';
import { setupChanges } from '../../src/team/changes.ts';
import { settingsOf } from '../../src/team/team.ts';
import { someTeam } from '../support/rows.ts';

const before = settingsOf(someTeam({ reps: ['U1', 'U2', 'U3'] }));

test.each([
  [{ mode: 'round_robin' }, 'new leads go round robin (was: reps claim new leads)'],
  [{ dayStart: '08:00', dayEnd: '18:00' }, 'hours 08:00–18:00 (was 09:00–17:00)'],
  [{ workingDays: [1, 2, 6] }, 'days Mon Tue Sat (was Mon Tue Wed Thu Fri)'],
  [{ zone: 'America/New_York' }, 'time zone America/New_York (was Europe/Berlin)'],
  [{ marketingChannelId: 'C0NEW' }, 'digest to <#C0NEW> (was <#C0MARKETING>)'],
  [{ name: 'R&D' }, 'name R&amp;D (was Inbound)'],
  [{ managers: ['U9'] }, 'new managers: <@U9>; no longer managers: <@U0MONA>'],
] as const)('a change to %o is told with what was before', (change, expected) => {
  expect(setupChanges(before, { ...before, ...change } as typeof before).join('; ')).toBe(expected);
});

test('of the reps only those who come or go are named', () => {
  const after = { ...before, reps: ['U1', 'U3', 'U4'] };
  expect(setupChanges(before, after)).toEqual(['new reps: <@U4>', 'no longer reps: <@U2>']);
});

test('another order of the reps is a change, another order of the managers is none', () => {
  expect(setupChanges(before, { ...before, reps: ['U3', 'U1', 'U2'] })).toEqual(['reps in another order']);
  const two = { ...before, managers: ['U8', 'U9'] };
  expect(setupChanges(two, { ...two, managers: ['U9', 'U8'] })).toEqual([]);
});
