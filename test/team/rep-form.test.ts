import { expect, test } from 'vitest';
import { viewProblems } from '../../src/sandbox/index.ts';
import { repModal, repsModal } from '../../src/team/people/blocks.ts';
import { readRep } from '../../src/team/people/form.ts';
import type { RepSettings } from '../../src/team/reps.ts';
import { callsIn, hostileTexts } from '../support/hostile.ts';
import { someTeam } from '../support/rows.ts';

const team = someTeam({ region: 'DE-BY' });

function rep(parts: Partial<RepSettings> = {}): RepSettings {
  const { calendar } = team;
  const limits = { mostOpen: null, mostNewADay: null };
  return { userId: 'U0BOB', weight: 1, ...limits, tags: [], calendar, owed: 0, servedAt: null, ...parts };
}

function read(values: Record<string, string | string[] | null>) {
  return readRep({ userId: 'U0MONA', metadata: '', values: { weight: '1', zone: 'team', ...values } }, team);
}

test('an empty form is a rep with the team’s settings', () => {
  expect(read({ most_open: null, tags: null, days: [] })).toEqual({
    errors: {},
    values: {
      weight: 1,
      most_open: null,
      most_new_a_day: null,
      tags: '[]',
      zone: null,
      working_days: null,
      day_start: null,
      day_end: null,
      region: null,
    },
  });
});

test.each([
  ['weight', '11'],
  ['weight', ''],
  ['most_open', '0'],
  ['most_open', '1.5'],
  ['most_new', 'many'],
  ['zone', 'Mars/Olympus'],
  ['days', ['8']],
  ['days', ['x']],
  ['start', '99:00'],
  ['end', 'noon'],
  ['tags', '1st'],
  ['tags', Array.from({ length: 21 }, (_, index) => `t${index}`).join(',')],
  ['region', 'DE-XX'],
] as const)('%s can’t be %o, whatever client sends it', (field, value) => {
  expect(Object.keys(read({ [field]: typeof value === 'string' ? value : [...value] }).errors)).toEqual([
    field,
  ]);
});

test('Slack accepts the list of a hundred reps with long settings', () => {
  const tags = Array.from({ length: 20 }, (_, index) => `tag_${index}`);
  const reps = Array.from({ length: 100 }, (_, index) => rep({ userId: `U0REP${index}`, tags, weight: 9 }));
  const view = repsModal(
    team,
    reps.map((each) => ({ rep: each, row: undefined, absent: 'away until Friday' })),
  );
  expect(viewProblems({ ...view }, 'modal')).toEqual([]);
  expect(JSON.stringify(view)).toContain('more rep');
});

test.each(hostileTexts)('Slack accepts the forms of a rep whose tag is %s', (_what, text) => {
  const odd = rep({ tags: [text.slice(0, 200)] });
  for (const view of [
    repModal(team, odd, undefined, [text.slice(0, 40)]),
    repsModal(team, [{ rep: odd, row: undefined, absent: undefined }]),
  ]) {
    expect(viewProblems({ ...view }, 'modal')).toEqual([]);
    expect(callsIn(view).filter((call) => call !== '<@U0BOB')).toEqual([]);
  }
});
