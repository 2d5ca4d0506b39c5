import { expect, test } from 'vitest';
import { renderBrief } from '../../src/brief/blocks.ts';
import { forToday, whatWaits } from '../../src/brief/today.ts';
import { leadTitle } from '../../src/lead/lead.ts';
import { queueOf } from '../../src/queue/queue.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime } from '../support/rows.ts';

const endOfDay = someTime + 10 * 3_600_000;
const reader = { userId: 'U0ALICE', urls: new Map<number, string>() };

function queue(leads: LeadRow[]) {
  return queueOf(leads, { endOfDay, nudgeAttempts: () => [3] }, someTime);
}

test('a brief has what is late or due today and who waits for an answer, and nothing else', () => {
  const items = queue([
    leadRow({ id: 1, next_attempt_at: someTime - 1 }),
    leadRow({ id: 2, next_attempt_at: endOfDay }),
    leadRow({ id: 3, next_attempt_at: endOfDay + 1 }),
    leadRow({ id: 4, next_attempt_at: endOfDay + 1, replied_at: someTime - 1 }),
    leadRow({ id: 5, next_attempt_at: null }),
    leadRow({ id: 6, next_attempt_at: someTime - 1, snoozed_until: endOfDay + 1 }),
  ]);
  expect(forToday(items).map(({ lead }) => lead.id)).toEqual([1, 4, 2]);
  expect(whatWaits(forToday(items))).toBe('1 late, 1 reply waits, 1 due today');
});

test('the headline counts down to thanks', () => {
  const open = queue([
    leadRow({ id: 1, next_attempt_at: someTime - 1 }),
    leadRow({ id: 2, next_attempt_at: endOfDay }),
  ]);
  const view = { open, done: [], others: [], toClose: 0, reader };
  const others = queue([leadRow({ id: 3, next_attempt_at: someTime - 2 })]);
  expect(renderBrief({ ...view, others }).text).toBe('3 for today: 2 late, 1 due today');
  expect(renderBrief({ ...view, done: ['done', 'done'] }).text).toBe(
    '2 of 4 left for today: 1 late, 1 due today',
  );
  expect(renderBrief({ ...view, open: [], done: ['done'] }).text).toBe(
    'All of today’s leads are done. Thank you.',
  );
});

test.each(hostileTexts)('Slack accepts a brief of 300 leads that say %s', (_what, text) => {
  const leads = Array.from({ length: 300 }, (_, index) =>
    leadRow({ ...hostileParts(text), id: index + 1, next_attempt_at: someTime }),
  );
  for (const [open, done] of [
    [queue(leads), []],
    [queue(leads), leads.map((lead) => `:white_check_mark: ${leadTitle(lead)} · third attempt: done.`)],
    [[], leads.map((lead) => `:white_check_mark: ${leadTitle(lead)} · third attempt: done.`)],
  ] as const) {
    const brief = renderBrief({ open, done, others: queue(leads), toClose: 3, reader });
    expect(messageProblems({ ...brief })).toEqual([]);
    expect(callsIn(brief)).toEqual([]);
  }
});
