import { expect, test } from 'vitest';
import { messageProblems } from '../../src/sandbox/index.ts';
import { attemptDots, attemptName, touchConfirmation, triedText } from '../../src/touch/blocks.ts';
import { nextStepText } from '../../src/template/blocks.ts';
import { touchKinds } from '../../src/touch/kinds.ts';
import type { Playbook } from '../../src/playbook/schema.ts';
import type { LeadRow, TouchKind } from '../../src/db/schema.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, personRow, standardPlaybook, touchRow } from '../support/rows.ts';

/** One call and one mail, worded for these tests. */
const twoSteps: Playbook = {
  ...standardPlaybook,
  ranks: {
    A: {
      label: 'A',
      requires: [],
      qualifyFirst: false,
      ladder: { unclaimed: {}, untouched: {} },
      cadence: [
        { after: { unit: 'days', amount: 1 }, channel: 'call', message: 'ring' },
        { after: { unit: 'days', amount: 1 }, channel: 'email', message: 'write' },
      ],
    },
  },
  messages: {
    ring: { label: 'Ring', text: 'Hi {name}, {rep} here, about "{source}" at {account}.', variants: [] },
    write: { label: 'Write', text: 'Hi {name}, shall we?', variants: [] },
  },
};

const confirmed = {
  touch: touchRow(),
  lead: leadRow(),
  planned: 6,
  stepDone: null,
  place: 2,
  person: null,
  messageLabel: null,
  next: 'tomorrow',
};
const kinds = Object.keys(touchKinds) as TouchKind[];

test.each(hostileTexts)('Slack accepts every confirmation about a lead that says %s', (_what, text) => {
  const lead = leadRow(hostileParts(text));
  const messages = [
    ...kinds.map((kind) =>
      touchConfirmation({ ...confirmed, lead, touch: touchRow({ kind, note: text }), messageLabel: text }),
    ),
    touchConfirmation({
      ...confirmed,
      next: '',
      lead,
      person: personRow({ name: text, email: text, phone: text }),
    }),
  ];
  for (const message of messages) {
    expect(messageProblems({ ...message })).toEqual([]);
    expect(message.text.trim()).not.toBe('');
    expect(callsIn(message)).toEqual([]);
  }
});

test('dots show the attempts made, of those planned', () => {
  expect([attemptDots(0, 6), attemptDots(2, 6), attemptDots(6, 6), attemptDots(7, 6)]).toEqual([
    '○○○○○○',
    '●●○○○○',
    '●●●●●●',
    '●●●●●●',
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
  expect(triedText(['no_answer', 'email', 'no_answer'])).toBe('called, no answer (2×) · emailed');
});

function said(lead: Partial<LeadRow>, place: number, playbook = twoSteps): string {
  const step = playbook.ranks['A']?.cadence[place];
  if (!step) throw new Error('unreachable');
  return nextStepText(step, leadRow(lead), playbook);
}

test('what the lead does not say reads as plain words in the message to copy', () => {
  expect(said({ name: null, account: null }, 0)).toContain(
    'Hi there, (your name) here, about "Demo request" at your company.',
  );
});

test('the rep is no mention and the app no part of the source in a text to copy', () => {
  expect(said({ source: 'HubSpot: Ebook: how to' }, 0)).toContain('(your name) here, about "Ebook: how to"');
  expect(said({ source: 'Webinar' }, 0)).toContain('about "Webinar"');
});

test('a name that looks like a placeholder is not filled in again', () => {
  expect(said({ name: '{rep}' }, 0)).toContain('Hi {rep}, (your name) here');
});

test.each([
  [0, { phone: null }, '*Try next: Email* (no phone number known) · Write\n>Hi Ada'],
  // The call's words are meant for an attempt that was made already.
  [1, { email: null }, '*Try next: Call* (no mail address known)'],
  [0, { phone: null, email: null }, '*Try next: Call* · Ring'],
  [1, {}, '*Try next: Email* · Write'],
] as const)('of the ways to reach a lead the step takes one that is there (%#)', (place, parts, expected) => {
  expect(said(parts, place)).toContain(expected);
});

test('a playbook without any message for the other channel names the channel alone', () => {
  const cadence = twoSteps.ranks['A']?.cadence.slice(0, 1) ?? [];
  const ladder = { unclaimed: {}, untouched: {} };
  const ranks = { A: { label: 'A', requires: [], qualifyFirst: false, ladder, cadence } };
  const calls = { ...twoSteps, ranks };
  expect(said({ phone: null }, 0, calls)).toBe('*Try next: Email* (no phone number known)');
});
