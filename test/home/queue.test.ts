import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { renderQueue } from '../../src/home/blocks.ts';
import { queueOf, type QueueRules } from '../../src/home/queue.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime } from '../support/rows.ts';

const endOfDay = someTime + 10 * 3_600_000;

function rules(nudged: number[] = []): QueueRules {
  return { nudgeAttempts: () => nudged, endOfDay: () => endOfDay };
}

function order(leads: LeadRow[]): [number, string][] {
  return queueOf(leads, rules([3, 4, 6]), someTime).map(({ lead, reason }) => [lead.id, reason]);
}

test('the queue begins with replies that wait too long and ends with what is due another day', () => {
  const leads = [
    leadRow({ id: 9, attempts: 0, next_attempt_at: someTime - 900 }),
    leadRow({ id: 8, attempts: 1, next_attempt_at: someTime, replied_at: someTime - 5 }),
    leadRow({ id: 1, attempts: 1, next_attempt_at: endOfDay + 1 }),
    leadRow({ id: 2, attempts: 6, next_attempt_at: null }),
    leadRow({ id: 3, attempts: 1, next_attempt_at: someTime + 50, replied_at: someTime - 5 }),
    leadRow({ id: 4, attempts: 1, next_attempt_at: endOfDay }),
    leadRow({ id: 5, attempts: 1, next_attempt_at: someTime }),
    leadRow({ id: 6, attempts: 0, next_attempt_at: someTime + 900 }),
    leadRow({ id: 7, attempts: 2, next_attempt_at: someTime - 1 }),
  ];
  expect(order(leads)).toEqual([
    [8, 'late_reply'],
    [7, 'late_nudged'],
    [9, 'late_first_touch'],
    [5, 'late'],
    [3, 'replied'],
    [6, 'first_touch'],
    [4, 'today'],
    [2, 'to_close'],
    [1, 'later'],
  ]);
});

test('within a group the earlier due date comes first, then the older lead', () => {
  const leads = [
    leadRow({ id: 9, attempts: 0, next_attempt_at: someTime + 5 }),
    leadRow({ id: 8, attempts: 0, next_attempt_at: someTime + 5 }),
    leadRow({ id: 10, attempts: 0, next_attempt_at: someTime - 5 }),
  ];
  expect(order(leads).map(([id]) => id)).toEqual([10, 8, 9]);
});

test('the order does not depend on how the database returned the leads', () => {
  const lead = fc.record({
    attempts: fc.nat(6),
    next_attempt_at: fc.option(fc.integer({ min: someTime - 1e8, max: someTime + 1e8 })),
    replied_at: fc.option(fc.constant(someTime - 1)),
  });
  fc.assert(
    fc.property(fc.array(lead, { maxLength: 12 }), (parts) => {
      const leads = parts.map((part, index) => leadRow({ ...part, id: index + 1 }));
      expect(order([...leads].reverse())).toEqual(order(leads));
    }),
  );
});

test.each(hostileTexts)('Slack accepts a full queue with a lead that says %s', (_what, text) => {
  const leads = Array.from({ length: 40 }, (_, index) => leadRow({ id: index + 1 }));
  leads[0] = leadRow({ ...hostileParts(text), id: 1 });
  const urls = new Map(leads.map((lead) => [lead.id, 'https://acme-sales.slack.com/archives/C0LEADS/p1']));
  const queue = renderQueue(queueOf(leads, rules(), someTime), urls);
  expect(messageProblems({ ...queue })).toEqual([]);
  expect(callsIn(queue)).toEqual([]);
});

test('a lead whose card is not posted yet stands in the queue without a link', () => {
  const queue = renderQueue(queueOf([leadRow()], rules(), someTime), new Map());
  expect(JSON.stringify(queue)).not.toContain('Open card');
});

test('the summary counts what is late, due today, to close and later', () => {
  const leads = [
    leadRow({ id: 1, next_attempt_at: someTime }),
    leadRow({ id: 2, attempts: 0, next_attempt_at: someTime - 1 }),
    leadRow({ id: 3, next_attempt_at: endOfDay }),
    leadRow({ id: 4, attempts: 6, next_attempt_at: null }),
    leadRow({ id: 5, next_attempt_at: endOfDay + 1 }),
  ];
  expect(renderQueue(queueOf(leads, rules(), someTime), new Map()).text).toBe(
    'My queue: 2 late, 1 due today, 1 to close, 1 later.',
  );
});
