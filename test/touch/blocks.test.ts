import { expect, test } from 'vitest';
import type { Rendered } from '../../src/outbox/message.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import {
  attemptDots,
  attemptName,
  nextStepText,
  nudge,
  nudgeDone,
  touchConfirmation,
  triedText,
} from '../../src/touch/blocks.ts';
import { touchKinds } from '../../src/touch/kinds.ts';
import type { LeadRow, TouchKind } from '../../src/db/schema.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime, standardPlaybook } from '../support/rows.ts';

const kinds = Object.keys(touchKinds) as TouchKind[];
const cadence = standardPlaybook.ranks['A']?.cadence ?? [];

function nudgesOf(lead: LeadRow): Rendered[] {
  return cadence.map((step, index) =>
    nudge({
      lead,
      attempt: index + 1,
      planned: cadence.length,
      tried: Array.from({ length: 40 }, (_, place) => kinds[place % kinds.length] ?? 'email'),
      step,
      playbook: standardPlaybook,
    }),
  );
}

test.each(hostileTexts)(
  'Slack accepts every nudge and confirmation about a lead that says %s',
  (_what, text) => {
    const lead = leadRow(hostileParts(text));
    const closed: LeadRow = { ...lead, state: 'resolved', resolution: 'nurture' };
    const messages = [
      ...nudgesOf(lead),
      ...[lead, closed, { ...lead, replied_at: someTime }, { ...lead, snoozed_until: someTime + 1 }].map(
        (row) => nudgeDone(row, 3, someTime),
      ),
      ...kinds.map((kind) => touchConfirmation({ touchId: 5, kind, lead, planned: 6 })),
      touchConfirmation({ touchId: 5, kind: 'email', lead: { ...lead, next_attempt_at: null }, planned: 6 }),
    ];
    for (const message of messages) {
      expect(messageProblems({ ...message })).toEqual([]);
      expect(message.text.trim()).not.toBe('');
      expect(callsIn(message)).toEqual([]);
    }
  },
);

test('dots show the attempts made, of those planned', () => {
  expect([attemptDots(0, 6), attemptDots(2, 6), attemptDots(6, 6), attemptDots(7, 6)]).toEqual([
    '○○○○○○',
    '●●○○○○',
    '●●●●●●',
    '●●●●●●●',
  ]);
});

test('attempts have a name up to the tenth, then a number', () => {
  expect([attemptName(1), attemptName(6), attemptName(10), attemptName(11)]).toEqual([
    'First attempt',
    'Sixth attempt',
    'Tenth attempt',
    'Attempt 11',
  ]);
});

test('what was tried is told once for each kind, with how often', () => {
  expect(triedText(['no_answer', 'email', 'no_answer'])).toBe('called, no answer (2×), emailed');
});

test('what the lead does not say reads as plain words in the message to copy', () => {
  const step = cadence[0];
  if (!step) throw new Error('unreachable');
  const lead = leadRow({ name: null, account: null, owner_id: null });
  const text = nextStepText(step, lead, standardPlaybook);
  expect(text).toContain('Hi there, me here.');
  expect(text).toContain('"HubSpot: Demo request"');
});

test('a name that looks like a placeholder is not filled in again', () => {
  const step = cadence[0];
  if (!step) throw new Error('unreachable');
  expect(nextStepText(step, leadRow({ name: '{rep}' }), standardPlaybook)).toContain(
    'Hi {rep}, <@U0ALICE> here.',
  );
});

test('the last planned attempt is called the last', () => {
  const last = nudgesOf(leadRow({ attempts: 5 })).at(-1);
  expect(JSON.stringify(last?.blocks)).toContain('This is the last planned attempt');
});
