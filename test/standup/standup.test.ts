import { expect, test } from 'vitest';
import { messageProblems } from '../../src/sandbox/index.ts';
import { renderStandup } from '../../src/standup/blocks.ts';
import { type HeldStanding, standupFrom } from '../../src/standup/standup.ts';
import type { OpenGroup } from '../../src/standup/store.ts';
import { callsIn, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTeam, someTime } from '../support/rows.ts';

function group(parts: Partial<OpenGroup>): OpenGroup {
  return {
    ownerId: 'U0ALICE',
    attempts: 0,
    open: 0,
    overdue: 0,
    repliedLate: 0,
    putOff: 0,
    ignored: 0,
    today: 0,
    replied: 0,
    steps: 0,
    stepsLate: 0,
    finished: 0,
    ...parts,
  };
}

test('a rep’s groups add up, and late leads are told by attempt, lowest first', () => {
  const { reps } = standupFrom(
    someTeam(),
    [
      group({ attempts: 2, open: 5, overdue: 3, putOff: 1, today: 1, steps: 1, stepsLate: 1, ignored: 1 }),
      group({ attempts: 0, open: 4, overdue: 2, replied: 1, repliedLate: 1 }),
      group({ attempts: 6, open: 1, finished: 1 }),
    ],
    [{ ownerId: 'U0ALICE', resolved: 5, qualified: 2 }],
  );
  expect(reps[0]).toEqual({
    userId: 'U0ALICE',
    open: 10,
    overdue: 5,
    dueToday: 1,
    lateOn: [
      { attempt: 1, leads: 1 },
      { attempt: 3, leads: 2 },
    ],
    untouched: 3,
    repliesWaiting: 1,
    repliesLate: 1,
    stepsLate: 1,
    putOff: 1,
    ignored: 1,
    toClose: 1,
    resolvedThisWeek: 5,
    qualifiedThisWeek: 2,
    late: [],
  });
});

test('the latest rep comes first; on equal terms the roster decides', () => {
  const { reps } = standupFrom(
    someTeam({ reps: ['a', 'b', 'c'] }),
    [group({ ownerId: 'c', open: 2, overdue: 2, attempts: 1 })],
    [],
  );
  expect(reps.map((rep) => rep.userId)).toEqual(['c', 'a', 'b']);
});

test('leads on offer are nobody’s and counted apart', () => {
  const standup = standupFrom(someTeam(), [group({ ownerId: null, open: 4 })], []);
  expect(standup.unclaimed).toBe(4);
  expect(standup.reps.map((rep) => rep.open)).toEqual([0, 0]);
});

test('leads that were closed without an owner belong to no rep', () => {
  const standup = standupFrom(someTeam(), [], [{ ownerId: null, resolved: 2, qualified: 0 }]);
  expect(standup.reps.map((rep) => rep.resolvedThisWeek)).toEqual([0, 0]);
});

test('a team of sixty still fits into one message, the rest is counted', () => {
  const reps = Array.from({ length: 60 }, (_, index) => `U${index}`);
  const groups = reps.flatMap((ownerId) =>
    Array.from({ length: 7 }, (_, attempts) => group({ ownerId, attempts, open: 9, overdue: 9 })),
  );
  const rendered = renderStandup(standupFrom(someTeam({ reps }), groups, []));
  expect(messageProblems({ ...rendered })).toEqual([]);
  expect(JSON.stringify(rendered)).toMatch(/[23]\d more reps, none of them later than these\./);
});

test.each(hostileTexts)('Slack accepts the standup of a team named %s', (_what, text) => {
  const name = text.slice(0, 60).trim() || 'Sales';
  const rendered = renderStandup(standupFrom(someTeam({ name }), [], []));
  expect(messageProblems({ ...rendered })).toEqual([]);
  expect(callsIn(rendered)).toEqual([]);
});

test('late leads and leads on offer are named, with the way to their cards', () => {
  const lead = leadRow({ attempts: 2, next_attempt_at: someTime - 1 });
  const standup = standupFrom(someTeam(), [group({ open: 1, overdue: 1, attempts: 2 })], []);
  const url = 'https://acme-sales.slack.com/archives/C0LEADS/p1';
  const reps = standup.reps.map((rep) => (rep.overdue > 0 ? { ...rep, late: [{ lead, url }] } : rep));
  const offered = [{ lead: leadRow({ name: 'Nobody Has', owner_id: null }), url: undefined }];
  const said = JSON.stringify(renderStandup({ ...standup, reps, offered }).blocks);
  expect(said).toContain('*1 late* (attempt 3 ×1)');
  expect(said).toMatch(
    /• \*Ada Lovelace\* \(Analytical Engines\): attempt 3 since <!date[^>]+>  <https:[^>]+\|Open card>/,
  );
  expect(said).toMatch(/• \*Nobody Has\* \(Analytical Engines\), rank A, has no rep since <!date/);
});

test('a reply that waits too long is late, and no late attempt', () => {
  const groups = [group({ open: 3, overdue: 2, replied: 2, repliedLate: 1, attempts: 1 })];
  const said = JSON.stringify(renderStandup(standupFrom(someTeam(), groups, [])).blocks);
  expect(said).toContain('*2 late* (1 reply waiting, attempt 2 ×1)');
  expect(said).toContain('1 reply to answer');
});

test('what is held is told in one line, with the way to the oldest, and counts as nobody’s', () => {
  const standup = standupFrom(someTeam(), [], []);
  const url = 'https://acme-sales.slack.com/archives/C0MARKETING/p1';
  const told = (held: Partial<HeldStanding>): string =>
    JSON.stringify(
      renderStandup({ ...standup, held: { leads: 3, since: someTime, weekday: 'Tuesday', url, ...held } })
        .blocks,
    );
  expect(told({})).toContain(
    `Nobody is late, every lead has a rep.\\n:hourglass: 3 leads wait for marketing, the oldest since Tuesday  <${url}|Look at it>`,
  );
  expect(told({ leads: 1, url: undefined })).toContain('1 lead waits for marketing since Tuesday"');
  expect(told({ weekday: null })).toContain('the oldest since <!date^');
  expect(JSON.stringify(renderStandup(standup).blocks)).not.toContain('marketing');
});

test('leads without a rep that somebody began are late; what is not named is counted', () => {
  const groups = [group({ ownerId: null, open: 6 }), group({ ownerId: null, attempts: 2, open: 2 })];
  const standup = standupFrom(someTeam(), groups, []);
  const offered = [{ lead: leadRow({ attempts: 2, owner_id: null }), url: undefined }];
  const said = JSON.stringify(renderStandup({ ...standup, offered }));
  expect(said).toContain('2 leads late, 8 leads without a rep (2 begun and left behind).');
  expect(said).toMatch(/has no rep since <!date[^>]+>, 2 attempts made/);
  expect(said).toContain('…and 7 more leads without a rep.');
  expect(said).toContain('"action_id":"hand_on"');
});

test('what is late and not named is counted, and a first touch that is late is called so', () => {
  const standup = standupFrom(someTeam(), [group({ open: 5, overdue: 5 })], []);
  const lead = leadRow({ attempts: 0, next_attempt_at: someTime - 1 });
  const late = [1, 2, 3].map(() => ({ lead, url: undefined }));
  const reps = standup.reps.map((rep) => (rep.overdue > 0 ? { ...rep, late } : rep));
  const said = JSON.stringify(renderStandup({ ...standup, reps }));
  expect(said).toContain('*Ada Lovelace* (Analytical Engines): untouched, first touch late since <!date');
  expect(said).toContain('…and 2 more late');
});

test('where to see the leads without a rep is said, and so are questions that wait for a manager', () => {
  const standup = standupFrom(someTeam(), [group({ ownerId: null, open: 6 })], []);
  const offered = [{ lead: leadRow({ owner_id: null }), url: undefined }];
  const url = 'https://acme-sales.slack.com/archives/C0LEADS/p1';
  const said = JSON.stringify(
    renderStandup({ ...standup, offered, channels: ['C0LEADS'], questions: { open: 1, url } }),
  );
  expect(said).toContain('…and 5 more leads without a rep: their cards are in <#C0LEADS>.');
  expect(said).toContain(`1 possible duplicate waits for your word  <${url}|Decide>`);
});

test('who is away is marked', () => {
  const standup = standupFrom(someTeam(), [], []);
  const reps = standup.reps.map((rep) => ({ ...rep, absent: 'away until Friday' }));
  expect(JSON.stringify(renderStandup({ ...standup, reps }))).toContain('(away until Friday)');
});
