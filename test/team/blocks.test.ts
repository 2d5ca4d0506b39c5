import { expect, test } from 'vitest';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import { greeting, marketingHello, setupChanged, setupDone, setupModal } from '../../src/team/blocks.ts';
import { setupChanges } from '../../src/team/changes.ts';
import { settingsOf } from '../../src/team/team.ts';
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
    const elsewhere = [{ name: team.name, channelId: 'C0OTHER' }];
    const forms = [
      setupModal('C0LEADS', team, working, 'U0MONA'),
      setupModal('C0NEW', undefined, working, 'U0MONA', elsewhere),
    ];
    for (const form of forms) {
      expect(viewProblems({ ...form }, 'modal')).toEqual([]);
      expect(callsIn(form).filter((call) => call !== '<#C0LEADS')).toEqual([]);
    }
    const changes = setupChanges(settingsOf(someTeam()), settingsOf(team));
    const changed = { text: setupChanged('U0MONA', changes) };
    for (const message of [marketingHello(team), setupDone(team, 'U0MONA'), changed]) {
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
  expect(messageProblems({ ...setupDone(someTeam({ reps }), 'U0MONA') })).toEqual([]);
});

test('every time zone that can be chosen is one that the calendar knows', () => {
  const zones = zoneGroups().flatMap((group) => group.options.map((option) => option.value ?? ''));
  expect(zones).toContain('Europe/Berlin');
  expect(zones).toContain('America/New_York');
  for (const zone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  expect(new Set(zones).size).toBe(zones.length);
});
