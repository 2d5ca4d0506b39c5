import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { type Reader, renderQueue } from '../../src/queue/blocks.ts';
import { queueOf, type QueueRules } from '../../src/queue/queue.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { oneClickKinds } from '../../src/touch/kinds.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime } from '../support/rows.ts';

const endOfDay = someTime + 10 * 3_600_000;

function rules(nudged: number[] = []): QueueRules {
  return { nudgeAttempts: () => nudged, endOfDay };
}

function readerOf(leads: LeadRow[]): Reader {
  const url = 'https://acme-sales.slack.com/archives/C0LEADS/p1795000000000100';
  return { userId: 'U0ALICE', urls: new Map(leads.map((lead) => [lead.id, url])) };
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
    [5, 'late'],
    [7, 'late_nudged'],
    [9, 'late_first_touch'],
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
  const queue = renderQueue(queueOf(leads, rules(), someTime), readerOf(leads));
  expect(messageProblems({ ...queue })).toEqual([]);
  expect(callsIn(queue)).toEqual([]);
});

test('a lead whose card is not posted yet stands in the queue without a link', () => {
  const queue = renderQueue(queueOf([leadRow()], rules(), someTime), readerOf([]));
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
  expect(renderQueue(queueOf(leads, rules(), someTime), readerOf(leads)).text).toBe(
    'My queue: 2 late, 1 due today, 1 to close, 1 later.',
  );
});

test('a promised step that is late stands with the replies, one of another day at the end', () => {
  const step = (id: number, at: number): LeadRow =>
    leadRow({ id, next_step: 'Send the quote', next_step_at: at, step_due_at: at, next_attempt_at: at });
  const leads = [
    step(1, endOfDay + 1),
    step(2, endOfDay),
    leadRow({ id: 3, attempts: 1, next_attempt_at: someTime }),
    step(4, someTime),
  ];
  expect(order(leads)).toEqual([
    [4, 'late_step'],
    [3, 'late'],
    [2, 'step_today'],
    [1, 'step_later'],
  ]);
  const queue = JSON.stringify(renderQueue(queueOf(leads, rules(), someTime), readerOf([])));
  expect(queue).toMatch(/next step was due <[^>]*>: Send the quote/);
  expect(queue.match(/: Send the quote/g)).toHaveLength(3);
});

test('what was put off is due when the rep said, but a reply can’t be put off', () => {
  const late = { attempts: 1, next_attempt_at: someTime - 5 };
  const leads = [
    leadRow({ ...late, id: 1, snoozed_until: endOfDay + 1 }),
    leadRow({ ...late, id: 2, snoozed_until: someTime + 5 }),
    leadRow({ ...late, id: 3, snoozed_until: someTime }),
    leadRow({ ...late, id: 4, snoozed_until: endOfDay + 1, replied_at: someTime - 9 }),
  ];
  expect(order(leads)).toEqual([
    [4, 'late_reply'],
    [3, 'late'],
    [2, 'today'],
    [1, 'later'],
  ]);
  const queue = JSON.stringify(renderQueue(queueOf(leads, rules(), someTime), readerOf([])));
  expect(queue.match(/attempt 2 is put off until/g)).toHaveLength(2);
});

test('no late lead stands behind one that is not late, whatever its attempt', () => {
  const lead = fc.record({
    attempts: fc.nat(6),
    next_attempt_at: fc.option(fc.integer({ min: someTime - 1e8, max: someTime + 1e8 })),
    replied_at: fc.option(fc.constant(someTime - 1)),
    snoozed_until: fc.option(fc.integer({ min: someTime - 1e8, max: someTime + 1e8 })),
  });
  fc.assert(
    fc.property(fc.array(lead, { maxLength: 12 }), (parts) => {
      const leads = parts.map((part, index) => leadRow({ ...part, id: index + 1 }));
      const urgencies = queueOf(leads, rules([3, 4, 6]), someTime).map(({ urgency }) => urgency === 'late');
      expect(urgencies).toEqual([...urgencies].sort((a, b) => Number(b) - Number(a)));
    }),
  );
});

test('every lead of the queue has its one-click buttons and a way to its story', () => {
  const queue = renderQueue(queueOf([leadRow()], rules(), someTime), readerOf([]));
  const ids = [...JSON.stringify(queue).matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual(['story', ...oneClickKinds.map((kind) => `touch:${kind}`), 'touch_form']);
});

test('a lead that is looked after for somebody else says for whom', () => {
  const leads = [leadRow({ id: 1 }), leadRow({ id: 2, owner_id: 'U0BOB' })];
  const queue = JSON.stringify(renderQueue(queueOf(leads, rules(), someTime), readerOf([])));
  expect(queue.match(/for <@/g)).toEqual(['for <@']);
  expect(queue).toContain('for <@U0BOB>');
});

test.each([
  ['300 plain leads', {}],
  ['300 leads of marks that escaping makes longer', hostileParts('<&>'.repeat(1000))],
])('Slack accepts the queue of %s', (_what, parts) => {
  const leads = Array.from({ length: 300 }, (_, index) => leadRow({ ...parts, id: index + 1 }));
  const queue = renderQueue(queueOf(leads, rules(), someTime), readerOf(leads));
  expect(messageProblems({ ...queue })).toEqual([]);
  expect(JSON.stringify(queue)).toMatch(/\d+ more leads after these/);
});
