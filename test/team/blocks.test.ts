import { expect, test } from 'vitest';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import { greeting, marketingHello, setupDone, setupModal } from '../../src/team/blocks.ts';
import { zoneGroups } from '../../src/team/zones.ts';
import { callsIn, hostileTexts } from '../support/hostile.ts';
import { someTeam, standardPlaybook } from '../support/rows.ts';

const { working } = standardPlaybook;

test('Slack accepts the greeting', () => {
  expect(messageProblems({ ...greeting() })).toEqual([]);
});

test.each(hostileTexts)(
  'Slack accepts the setup form and what is said about a team named %s',
  (_what, text) => {
    const team = someTeam({ name: text.slice(0, 60).trim() || 'Sales' });
    expect(viewProblems({ ...setupModal('C0LEADS', team, working, 'U0MONA') }, 'modal')).toEqual([]);
    for (const message of [
      marketingHello(team),
      setupDone(team, 'U0MONA', true),
      setupDone(team, 'U0MONA', false),
    ]) {
      expect(messageProblems({ ...message })).toEqual([]);
      expect(callsIn(message).filter((call) => call !== '<@U0MONA')).toEqual([]);
    }
  },
);

test('Slack accepts the form of a new team', () => {
  expect(viewProblems({ ...setupModal('C0LEADS', undefined, working, 'U0MONA') }, 'modal')).toEqual([]);
});

test('what is said about a team of a hundred reps still fits', () => {
  const reps = Array.from({ length: 100 }, (_, index) => `U0REP${1000 + index}`);
  expect(messageProblems({ ...setupDone(someTeam({ reps }), 'U0MONA', true) })).toEqual([]);
});

test('every time zone that can be chosen is one that the calendar knows', () => {
  const zones = zoneGroups().flatMap((group) => group.options.map((option) => option.value ?? ''));
  expect(zones).toContain('Europe/Berlin');
  expect(zones).toContain('America/New_York');
  for (const zone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  expect(new Set(zones).size).toBe(zones.length);
});
