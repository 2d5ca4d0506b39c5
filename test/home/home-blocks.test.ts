import { expect, test } from 'vitest';
import * as blocks from '../../src/home/home-blocks.ts';
import { type ClosedGroup, numbersOf } from '../../src/home/numbers.ts';
import { defaultPreferences } from '../../src/preference/preference.ts';
import { queueOf } from '../../src/queue/queue.ts';
import { viewProblems } from '../../src/sandbox/index.ts';
import { touchConfirmation } from '../../src/touch/blocks.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime, touchRow } from '../support/rows.ts';

const group: ClosedGroup = {
  leads: 1,
  attempts: 6,
  planned: 6,
  answered: true,
  needsAnswer: true,
  isSilent: false,
};

test('the numbers count answers, silence and full cadences, and leave out whom nobody has to answer', () => {
  const numbers = numbersOf(
    [
      { attempt: 4, replies: 2 },
      { attempt: 1, replies: 1 },
    ],
    [
      { ...group, leads: 3 },
      { ...group, leads: 2, answered: false, isSilent: true, attempts: 2 },
      { ...group, leads: 4, isSilent: true },
      { ...group, leads: 5, needsAnswer: false, answered: false },
      { ...group, leads: 1, isSilent: true, planned: 0, attempts: 0 },
    ],
  );
  expect(numbers).toEqual({
    replies: [
      { attempt: 1, replies: 1 },
      { attempt: 4, replies: 2 },
    ],
    toAnswer: 10,
    answered: 8,
    silent: 7,
    fully: 4,
  });
});

test('replies are bars, one line for each attempt up to the last that brought one', () => {
  const text = JSON.stringify(
    blocks.numbersBlocks(
      numbersOf(
        [
          { attempt: 1, replies: 5 },
          { attempt: 3, replies: 10 },
        ],
        [],
      ),
    ),
  );
  expect(text).toContain(`attempt 1  ${'█'.repeat(10)} 5\\nattempt 2   0\\nattempt 3  ${'█'.repeat(20)} 10`);
});

test('attempts far beyond any plan share the last bar', () => {
  const replies = Array.from({ length: 300 }, (_, index) => ({ attempt: index + 1, replies: 1000 }));
  const text = JSON.stringify(blocks.numbersBlocks(numbersOf(replies, [])));
  expect(text).toContain(`12 ${'█'.repeat(20)} 289000`);
  expect(text).not.toContain('13 ');
});

test('before there are numbers there is nothing about them', () => {
  expect(blocks.numbersBlocks(numbersOf([], []))).toEqual([]);
});

test.each(hostileTexts)('Slack accepts the Home of a rep with 300 leads that say %s', (_what, text) => {
  const leads = Array.from({ length: 300 }, (_, index) =>
    leadRow({ ...hostileParts(text), id: index + 1, owner_id: 'U0BOB', next_step: text }),
  );
  const items = queueOf(leads, { endOfDay: someTime, nudgeAttempts: () => [] }, someTime);
  const url = 'https://acme-sales.slack.com/archives/C0LEADS/p1795000000000100';
  const urls = new Map(leads.map((lead) => [lead.id, url]));
  const said = touchConfirmation({
    touch: touchRow({ note: text }),
    lead: leadRow(hostileParts(text)),
    planned: 6,
    place: 1,
    stepDone: null,
    person: null,
    messageLabel: text,
    next: 'tomorrow',
  });
  const home = {
    type: 'home',
    blocks: [
      ...blocks.noticeBlocks(said),
      ...blocks.availabilityBlocks({ available: false, why: 'away until Friday', until: null }),
      ...blocks.queueBlocks(items, items, { userId: 'U0ALICE', urls, isLive: true }),
      ...blocks.numbersBlocks(numbersOf([{ attempt: 3, replies: 12 }], [{ ...group, isSilent: true }])),
      ...blocks.settingsBlocks({
        ...defaultPreferences,
        signature: text,
        quiet: { from: '20:00', to: '08:00' },
      }),
    ],
  };
  expect(viewProblems(home, 'home')).toEqual([]);
  expect(callsIn(home)).toEqual([]);
  expect(JSON.stringify(home).length).toBeLessThan(200_000);
  expect(JSON.stringify(home)).toMatch(/\d+ more leads after these/);
});
