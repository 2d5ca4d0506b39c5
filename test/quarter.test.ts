import { expect, test } from 'vitest';
import { playQuarter } from './support/quarter/quarter.ts';

const small = { reps: 5, leads: 100, days: 28, seed: 6 };

test('over four weeks no lead is lost, nobody is asked for what is done, and nobody is called at night', async () => {
  const quarter = await playQuarter(small);
  expect(quarter.wrong).toEqual([]);
  expect(quarter.failures).toEqual([]);
  expect(quarter.seen.nudges).toBeGreaterThan(20);
  expect(quarter.seen.bundles).toBeGreaterThan(20);
  expect(quarter.seen.briefs).toBeGreaterThan(30);
  for (const [what, times] of Object.entries(quarter.done)) expect(times, what).toBeGreaterThan(0);
}, 120_000);

test('the witness notices a message in quiet hours, outside of working hours, and on a day off', async () => {
  const { wrong } = await playQuarter({
    ...small,
    leads: 40,
    days: 14,
    mistake: (rep) => ({ ...rep, quiet: { from: '09:00', to: '10:00' }, dayEnd: '12:00', workingDays: [1] }),
  });
  expect(wrong.join('\n')).toMatch(/in quiet hours/);
  expect(wrong.join('\n')).toMatch(/outside working hours/);
}, 120_000);
