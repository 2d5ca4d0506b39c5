import { expect, test } from 'vitest';
import { awayModal, awayText, renderNotice } from '../../src/away/blocks.ts';
import { nothingMoved, type Outcome } from '../../src/away/notices.ts';
import { availabilityBlocks, strangersHome } from '../../src/home/home-blocks.ts';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import type { Absence } from '../../src/team/people/store.ts';
import { hostileParts } from '../support/hostile.ts';
import { leadRow, someTeam, someTime } from '../support/rows.ts';
import { moment, textOf } from '../support/world.ts';

const zone = 'Europe/Berlin';

function absence(parts: Partial<Absence> = {}): Absence {
  return {
    id: 4,
    team_id: 'T0ACME',
    user_id: 'U0BOB',
    why: 'away',
    from_at: someTime,
    until_at: moment('2026-11-07', '00:00'),
    set_by: 'U0BOB',
    deputy_id: null,
    said: null,
    ended_at: null,
    ...parts,
  };
}

const outcomes: (Outcome | undefined)[] = [
  undefined,
  { by: 'U0MONA', how: 'left', ...nothingMoved },
  { by: 'U0MONA', how: 'back', ...nothingMoved },
  {
    by: 'U0MONA',
    how: 'handed_on',
    given: Array.from({ length: 100 }, (_, index) => ({ userId: `U0REP${index}`, leads: index + 1 })),
    open: 1,
    waiting: 2,
    stayed: 3,
    moved: [],
  },
];

test.each(outcomes)('Slack accepts what managers are asked and told (%#)', (outcome) => {
  const lead = leadRow(hostileParts('<!channel> *x*'));
  const moved = Array.from({ length: 10 }, () => ({ lead, to: 'U0ALICE', url: 'https://acme.example/p1' }));
  for (const why of ['away', 'status', 'deactivated'] as const) {
    const parts = {
      absence: absence({ why, until_at: null }),
      salesTeamId: 1,
      zone,
      held: 1,
      outcome,
      moved,
    };
    expect(messageProblems({ ...renderNotice(parts, someTime) })).toEqual([]);
  }
});

test('of leads that were handed on it is said where they are', () => {
  const outcome: Outcome = {
    by: 'U0MONA',
    how: 'handed_on',
    given: [{ userId: 'U0ALICE', leads: 2 }],
    open: 1,
    waiting: 3,
    stayed: 0,
    moved: [],
  };
  const { text } = renderNotice({ absence: absence(), salesTeamId: 1, zone, held: 0, outcome }, someTime);
  expect(text).toBe(
    '<@U0BOB> is away until Friday. <@U0MONA> handed the leads on: <@U0ALICE> has 2 more leads, 1 lead is open to claim, 3 leads wait for a rep.',
  );
});

test.each([
  [null, 'You are away until you type `/leads back`.'],
  [moment('2026-11-07', '00:00'), 'New leads come again on Monday; back earlier? Type `/leads back`.'],
  [moment('2026-11-04', '00:00'), 'New leads come again tomorrow;'],
  [moment('2026-11-21', '00:00'), 'New leads come again on Mon 23 Nov;'],
])('who is away until %o reads when leads come again', (until, expected) => {
  const begun = {
    absence: absence({ until_at: until }),
    calendar: someTeam().calendar,
    held: 0,
    covered: 0,
    asked: [],
  };
  expect(awayText(begun, 'U0BOB', someTime)).toContain(expected);
});

test('the manager who says that somebody is away reads of the button', () => {
  const begun = { absence: absence(), calendar: someTeam().calendar, held: 2, covered: 0, asked: ['U0MONA'] };
  expect(awayText(begun, 'U0MONA', someTime)).toContain(
    'Their 2 open leads stay where they are; I sent you a message with a button to hand them on. Their due dates move behind their absence. They can still claim a lead.',
  );
});

test('Slack accepts the form and every App Home', () => {
  expect(viewProblems({ ...awayModal() }, 'modal')).toEqual([]);
  for (const blocks of [
    strangersHome(),
    availabilityBlocks({ available: true }),
    availabilityBlocks({ available: false, why: 'away until Friday', until: null }),
    availabilityBlocks({ available: false, why: 'on a public holiday', until: 1 }),
  ]) {
    expect(viewProblems({ type: 'home', blocks }, 'home')).toEqual([]);
  }
});

test('on a holiday there is nothing to come back from', () => {
  const blocks = availabilityBlocks({ available: false, why: 'on a public holiday', until: 1 });
  expect(textOf({ ts: '', blocks } as unknown as Parameters<typeof textOf>[0])).not.toContain('I’m back');
});
