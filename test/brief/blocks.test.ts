import { expect, test } from 'vitest';
import { renderBrief } from '../../src/brief/blocks.ts';
import { forToday, whatWaits } from '../../src/brief/today.ts';
import { queueOf } from '../../src/queue/queue.ts';
import { settledRow } from '../../src/queue/settled.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime, touchRow } from '../support/rows.ts';

const endOfDay = someTime + 10 * 3_600_000;
const reader = { userId: 'U0ALICE', urls: new Map<number, string>(), isLive: true };
const nothing = { result: '', buttons: [] };
const looking = { userId: 'U0ALICE', zone: 'Europe/Berlin', now: someTime };

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
  const done = settledRow(leadRow({ id: 9 }), touchRow(), looking, nothing);
  const view = { rows: open, others: [], toClose: 0, reader };
  const others = queue([leadRow({ id: 3, next_attempt_at: someTime - 2 })]);
  expect(renderBrief({ ...view, others }).text).toBe('3 for today: 2 late, 1 due today');
  expect(renderBrief({ ...view, rows: [done, ...open, done] }).text).toBe(
    '2 of 4 left for today: 1 late, 1 due today',
  );
  expect(renderBrief({ ...view, rows: [done] }).text).toBe('All of today’s leads are done. Thank you.');
});

test.each(hostileTexts)('Slack accepts a brief of 300 leads that say %s', (_what, text) => {
  const leads = Array.from({ length: 300 }, (_, index) =>
    leadRow({ ...hostileParts(text), id: index + 1, next_attempt_at: someTime }),
  );
  const open = queue(leads);
  const touch = touchRow({ user_id: reader.userId });
  const done = leads.map((lead) => settledRow(lead, touch, looking, nothing));
  const closed = leads.map((lead) => settledRow({ ...lead, state: 'resolved' }, touch, looking, nothing));
  for (const rows of [open, done, closed, [...done.slice(0, 5), ...open.filter(({ lead }) => lead.id > 5)]]) {
    const brief = renderBrief({ rows, others: queue(leads), toClose: 3, reader });
    expect(messageProblems({ ...brief })).toEqual([]);
    expect(callsIn(brief)).toEqual([]);
  }
});

test('a row that is done is as tall as before and has no buttons that log, so that nothing moves under the finger', () => {
  const [item] = queue([leadRow({ next_attempt_at: someTime })]);
  if (!item) throw new Error('No item.');
  const touch = touchRow({ kind: 'voicemail', attempt: 3, logged_at: someTime });
  const lines = (blocks: ReturnType<typeof renderBrief>['blocks'] = []): number[] =>
    blocks.map((block) => ('text' in block ? JSON.stringify(block.text).split('\\n').length : 1));
  const view = { others: [], toClose: 0, reader };
  const open = renderBrief({ ...view, rows: [item] });
  const done = renderBrief({ ...view, rows: [settledRow(item.lead, touch, looking, nothing)] });
  expect(lines(done.blocks)).toEqual(lines(open.blocks));
  expect(JSON.stringify(done.blocks)).toContain('Logged: left voicemail, attempt 3.');
  expect(JSON.stringify(done.blocks)).toContain('"touch_undo"');
  expect(JSON.stringify(done.blocks)).not.toContain('"touch:');
  const later = { ...looking, now: someTime + 11 * 60_000 };
  const past = renderBrief({ ...view, rows: [settledRow(item.lead, touch, later, nothing)] });
  expect(lines(past.blocks)).toEqual(lines(open.blocks));
  expect(JSON.stringify(past.blocks)).not.toContain('touch_undo');
});

test('the row of a last planned attempt offers to close the lead', () => {
  const lead = leadRow({ next_attempt_at: null });
  const touch = touchRow({ attempt: 6, logged_at: someTime });
  const row = settledRow(lead, touch, looking, nothing);
  expect(row.result).toBe(
    ':white_check_mark: Logged: emailed, attempt 6. That was the last planned attempt.',
  );
  expect(row.buttons.map(({ action_id: id }) => id)).toEqual([
    'resolve',
    'touch_undo',
    'touch_note',
    'touch_edit',
  ]);
});
