import { expect, test } from 'vitest';
import type { Resolution } from '../../src/db/schema.ts';
import {
  keptView,
  renderClosed,
  renderReturned,
  renderTold,
  renderUntold,
} from '../../src/resolution/blocks.ts';
import { type Choice, choiceValue, readChoice } from '../../src/resolution/choice.ts';
import { placeIn, withPlace } from '../../src/slack/place.ts';
import { type ClosingView, resolveModal } from '../../src/resolution/modal.ts';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import { closingAnswers } from '../../src/playbook/answers.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, standardPlaybook } from '../support/rows.ts';

const standing = {
  attempts: 2,
  planned: 6,
  verifyFrom: 3,
  heard: false,
  isManager: false,
  contacted: true,
  nextAttemptAt: 1_795_000_000_000,
  isPutOff: false,
  isLate: false,
};

function view(parts: Partial<ClosingView> & { choice?: Choice } = {}): ClosingView {
  return {
    lead: leadRow(),
    playbook: standardPlaybook,
    standing,
    choice: { leadId: 7 },
    signature: null,
    place: {},
    returnOn: '2027-02-01',
    ...parts,
  };
}

/** The form after each of its choices. */
const choices: Choice[] = [
  { leadId: 7 },
  { leadId: 7, resolution: 'qualified' },
  { leadId: 7, resolution: 'nurture' },
  { leadId: 7, resolution: 'unresponsive' },
  ...(['disqualified', 'rejected'] satisfies Resolution[]).flatMap((resolution) => [
    { leadId: 7, resolution },
    ...standardPlaybook.reasons.map(({ id: reason }) => ({ leadId: 7, resolution, reason })),
  ]),
];

test.each(hostileTexts)('Slack accepts every step of the form about a lead that says %s', (_what, text) => {
  const lead = leadRow(hostileParts(text));
  const reasons = standardPlaybook.reasons.map((reason) => ({ ...reason, verify: text }));
  for (const choice of choices) {
    for (const isManager of [false, true]) {
      const form = resolveModal(
        view({
          lead,
          choice,
          playbook: { ...standardPlaybook, reasons },
          standing: { ...standing, contacted: choice.resolution !== 'rejected', isManager },
        }),
      );
      expect(viewProblems({ ...form }, 'modal')).toEqual([]);
      expect(callsIn(form)).toEqual([]);
    }
  }
});

test.each(hostileTexts)('Slack accepts what is said after closing a lead that says %s', (_what, text) => {
  const lead = leadRow({ ...hostileParts(text), state: 'resolved', resolution: 'nurture', answered: 0 });
  const said = [
    renderUntold(lead, 'closed as Nurture.', text),
    renderUntold({ ...lead, email: null }, 'closed as Nurture.', text),
    renderClosed(lead, 'closed as Nurture.'),
    renderTold(lead),
    renderReturned(lead, {
      agreed: 'in August',
      note: text,
      whose: ', for <@U0ALICE>',
      url: 'https://acme.slack.com/archives/C0LEADS/p1',
    }),
  ];
  for (const message of said) {
    expect(messageProblems({ ...message })).toEqual([]);
    expect(callsIn(message)).toEqual([]);
  }
  const reason = { id: 'x', label: text || '-', kind: 'judgement' as const, verify: text };
  const kept = keptView(lead, reason, 'verify', standing);
  expect(viewProblems({ ...kept }, 'modal')).toEqual([]);
  expect(callsIn(kept)).toEqual([]);
});

test('Slack accepts the form for the longest ids and as many reasons and answers as a playbook may have', () => {
  const id = (index: number): string => `${'x'.repeat(37)}_${String(index).padStart(2, '0')}`;
  const numbers = Array.from({ length: 25 }, (_, index) => index);
  const playbook = {
    ...standardPlaybook,
    reasons: numbers.map((index) => ({
      id: id(index),
      label: 'R'.repeat(60),
      kind: 'factual' as const,
      answer: id(24),
    })),
    answers: numbers.map((index) => ({ id: id(index), label: 'A'.repeat(60), text: 'Hi {name}' })),
  };
  const choice = {
    leadId: Number.MAX_SAFE_INTEGER,
    resolution: 'disqualified' as const,
    reason: id(3),
    answer: id(7),
  };
  const form = resolveModal(view({ playbook, choice, lead: leadRow({ id: Number.MAX_SAFE_INTEGER }) }));
  expect(viewProblems({ ...form }, 'modal')).toEqual([]);
});

test('while it is locked, the form says what unlocks Unresponsive', () => {
  const form = JSON.stringify(resolveModal(view()));
  expect(form).toMatch(/:lock: Unresponsive unlocks after attempt 6: 4 to go, next <!date\^/);
  expect(form).not.toContain('"7:unresponsive"');
  const last = JSON.stringify(resolveModal(view({ standing: { ...standing, attempts: 6 } })));
  expect(last).not.toContain(':lock:');
  expect(last).toContain('"7:unresponsive"');
});

test('the answer that fits the reason stands first, and its words are filled in', () => {
  const form = resolveModal(
    view({
      standing: { ...standing, attempts: 3 },
      choice: { leadId: 7, resolution: 'disqualified', reason: 'no_budget' },
    }),
  );
  const said = JSON.stringify(form);
  expect(said).toContain('It seems that now is not the time');
  expect(said.indexOf('No budget now')).toBeLessThan(said.indexOf('Not a fit'));
});

test.each([
  ['competitor', false],
  ['no_budget', false],
  ['bounced', false],
  ['spam', true],
  ['duplicate', true],
])('closing for %s offers to leave them without an answer: %s', (reason, expected) => {
  const answers = closingAnswers(
    standardPlaybook,
    'disqualified',
    standardPlaybook.reasons.find(({ id }) => id === reason),
  );
  expect(answers.some(({ text }) => text === undefined)).toBe(expected);
  expect(answers.some(({ text }) => text !== undefined)).toBe(true);
});

test.each([{}, { channelId: 'D0ALICE' }, { channelId: 'C0LEADS', threadTs: '1790000000.000100' }])(
  'the form remembers where it was opened: %o',
  (place) => {
    const choice = { leadId: 7, resolution: 'disqualified' as const, reason: 'spam' };
    const memory = withPlace(choiceValue(choice), place);
    expect(readChoice(memory)).toEqual(choice);
    expect(placeIn(memory)).toEqual(place);
  },
);

test.each([
  ['disqualified', ['No fit for us', 'No lead from the start', 'Something is missing: the lead stays open']],
  ['rejected', ['No lead from the start', 'No fit for us', 'Something is missing: the lead stays open']],
] as const)('the reasons for %s stand in groups, those that fit it first', (resolution, groups) => {
  const contacted = resolution === 'disqualified';
  const form = view({ choice: { leadId: 7, resolution }, standing: { ...standing, contacted } });
  const text = JSON.stringify(resolveModal(form).blocks);
  const places = groups.map((group) => text.indexOf(`"${group}"`));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
