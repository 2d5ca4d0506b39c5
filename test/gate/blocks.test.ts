import { expect, test } from 'vitest';
import { completeModal, turnDownModal } from '../../src/gate/blocks.ts';
import { renderHeldCard } from '../../src/gate/held-card.ts';
import { type HeldImportView, renderHeldImport } from '../../src/gate/held-import.ts';
import { listModal, turnDownRestModal } from '../../src/gate/list-blocks.ts';
import type { GateDecision } from '../../src/gate/store.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { leadTitle } from '../../src/lead/lead.ts';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime, standardPlaybook } from '../support/rows.ts';

function heldRow(parts: Partial<LeadRow> = {}): LeadRow {
  return leadRow({
    state: 'held',
    held_reasons: JSON.stringify(['Rank D (from a list) is qualified first.']),
    owner_id: null,
    // Ours is named on purpose; the hostile texts name C0LEADS.
    channel_id: 'C0INBOUND',
    rank: 'D',
    ...parts,
  });
}

function decision(parts: Partial<GateDecision> = {}): GateDecision {
  return { action: 'lead.released', actor: 'U0MAX', at: someTime, detail: '{}', ...parts };
}

function turnedDown(label: string, text: string): GateDecision {
  const detail = { resolution: 'rejected', answered: false, reason: 'x', label, needsAnswer: true, text };
  return decision({ action: 'lead.turned_down', detail: JSON.stringify(detail) });
}

test.each(hostileTexts)('Slack accepts every held card and form about a lead that says %s', (_what, text) => {
  const lead = heldRow({
    ...hostileParts(text),
    campaign: text,
    rank_reason: text.slice(0, 60),
    held_reasons: JSON.stringify([text.slice(0, 90), text.slice(0, 90)]),
    details: JSON.stringify(Array.from({ length: 20 }, () => ({ label: text, value: text }))),
  });
  const closed = { ...lead, state: 'resolved', resolution: 'rejected', resolved_at: someTime } as const;
  const originUrl = 'https://acme.example/archives/C0LEADS/p1';
  const cards = [
    renderHeldCard({ lead, decision: undefined, originUrl, canTakeBack: false }),
    renderHeldCard({
      lead: { ...lead, state: 'offered' },
      decision: decision(),
      originUrl,
      canTakeBack: false,
    }),
    renderHeldCard({
      lead: { ...lead, state: 'owned', owner_id: 'U0BOB' },
      decision: decision(),
      originUrl,
      canTakeBack: false,
    }),
    renderHeldCard({
      lead: closed,
      decision: turnedDown(text.slice(0, 60), text),
      originUrl,
      canTakeBack: true,
    }),
    ...[0, 1, 20, 21, 101, 50_000].map((left) =>
      renderHeldImport({
        importId: 3,
        fileName: text,
        left,
        underWay: left,
        closing: left,
        outcomes: [1, 2, 3].map((leads) => ({ action: 'lead.released', actor: 'U0MAX', leads })),
        reasons: [1, 2, 3].map((leads) => ({ leads, reasons: lead.held_reasons ?? '' })),
      }),
    ),
  ];
  for (const card of cards) {
    expect(messageProblems({ ...card })).toEqual([]);
    expect(callsIn(card)).toEqual([]);
    expect(card.text.trim()).not.toBe('');
  }
  const label = text.trim().slice(0, 60) || '-';
  const long = `{name} {account} ${text.slice(0, 1450)}`;
  const playbook = {
    ...standardPlaybook,
    answers: Array.from({ length: 25 }, (_, index) => ({ id: `reason_${index}`, label, text: long })),
  };
  const forms = [
    completeModal(lead, playbook),
    completeModal({ ...lead, name: null, account: null }, playbook),
    turnDownModal(lead, playbook),
    listModal(
      {
        importId: 3,
        offset: 10,
        fileName: text,
        left: 50_000,
        leads: Array.from({ length: 10 }, () => lead),
      },
      `Released: ${leadTitle(lead)}.`,
    ),
    turnDownRestModal({ importId: 3, fileName: text, left: 50_000, changed: true }, playbook),
    turnDownRestModal({ importId: 3, fileName: text, left: 1 }, playbook, playbook.answers[3]),
    turnDownModal(lead, playbook, playbook.answers[3], { place: { importId: 3, offset: 49_990 } }),
    completeModal(lead, playbook, { importId: 3, offset: 49_990 }),
    turnDownModal(lead, playbook, playbook.answers[3]),
    turnDownModal({ ...lead, email: null }, standardPlaybook, standardPlaybook.answers[0]),
    turnDownModal(lead, standardPlaybook, standardPlaybook.answers.at(-1)),
  ];
  for (const form of forms) {
    expect(viewProblems({ ...form }, 'modal')).toEqual([]);
    expect(callsIn(form)).toEqual([]);
  }
});

function importText(left: number, more: Partial<HeldImportView> = {}): string {
  const view = {
    importId: 3,
    fileName: 'fair.csv',
    left,
    underWay: 0,
    closing: 0,
    reasons: [],
    outcomes: [],
  };
  const rendered = renderHeldImport({ ...view, ...more });
  return JSON.stringify(rendered.blocks);
}

test('a list offers only batches that are smaller than what is left', () => {
  expect(importText(1100)).toMatch(/Release 20".*Release 100".*Release all \(1,100\)/);
  expect(importText(100)).not.toContain('Release 100"');
  expect(importText(20)).not.toContain('Release 20"');
  expect(importText(1)).toContain('1 lead waits for marketing');
  expect(importText(0, { underWay: 900 })).toContain(
    'no lead waits any more. 900 more are on their way to the reps.',
  );
  expect(importText(0)).not.toContain('button');
});

test('both ways to release ask first, with the number', () => {
  const text = importText(1100);
  expect(text).toContain("Release the next 20 leads to the reps? You can't take this back.");
  expect(text).toContain("Release all 1,100 leads to the reps? You can't take this back.");
});

test('a list says why its leads wait, in the words of people', () => {
  const list = JSON.stringify(['Rank D (from a list) is qualified first.']);
  const more = JSON.stringify(['Rank D (from a list) is qualified first.', 'The company is missing.']);
  expect(importText(11, { reasons: [{ reasons: list, leads: 11 }] })).toContain(
    'Why they wait: all 11 are of rank D (from a list), and marketing checks those first. The oldest go first.',
  );
  const two = importText(3, {
    reasons: [
      { reasons: list, leads: 2 },
      { reasons: more, leads: 1 },
    ],
  });
  expect(two).toContain('• 2 are of rank D (from a list), and marketing checks those first.');
  expect(two).toContain(
    '• 1 is of rank D (from a list), and marketing checks those first. The company is missing.',
  );
});

test('a list that is done says what became of it, and by whom', () => {
  const text = importText(0, {
    outcomes: [
      { action: 'lead.released', actor: 'U0MAX', leads: 3 },
      { action: 'lead.turned_down', actor: 'U0MONA', leads: 1 },
    ],
  });
  expect(text).toContain('*fair.csv*: 3 leads released by <@U0MAX>, 1 turned down by <@U0MONA>.');
});

test('what needs no answer is closed, not turned down politely', () => {
  const spam = standardPlaybook.answers.find(({ id }) => id === 'spam');
  const view = turnDownModal(heldRow(), standardPlaybook, spam);
  expect([view.title.text, view.submit?.text]).toEqual(['Close as spam', 'Close as spam']);
  const polite = turnDownModal(heldRow(), standardPlaybook, standardPlaybook.answers[0]);
  expect([polite.title.text, polite.submit?.text]).toEqual(['Turn down politely', 'Turn down']);
});
