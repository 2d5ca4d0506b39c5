import { expect, test } from 'vitest';
import { completeModal, turnDownModal } from '../../src/gate/blocks.ts';
import { renderHeldCard } from '../../src/gate/held-card.ts';
import { renderHeldImport } from '../../src/gate/held-import.ts';
import type { GateDecision } from '../../src/gate/store.ts';
import type { LeadRow } from '../../src/db/schema.ts';
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

function turnedDown(label: string): GateDecision {
  const detail = { resolution: 'rejected', answered: false, reason: 'x', label, needsAnswer: true };
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
    renderHeldCard({ lead, decision: undefined, originUrl }),
    renderHeldCard({ lead: { ...lead, state: 'offered' }, decision: decision(), originUrl }),
    renderHeldCard({ lead: { ...lead, state: 'owned', owner_id: 'U0BOB' }, decision: decision(), originUrl }),
    renderHeldCard({ lead: closed, decision: turnedDown(text.slice(0, 60)), originUrl }),
    ...[0, 1, 20, 21, 101, 50_000].map((left) =>
      renderHeldImport({
        importId: 3,
        fileName: text,
        left,
        underWay: left,
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
    turnDownModal(lead, playbook, playbook.answers[3]),
    turnDownModal({ ...lead, email: null }, standardPlaybook, standardPlaybook.answers[0]),
    turnDownModal(lead, standardPlaybook, standardPlaybook.answers.at(-1)),
  ];
  for (const form of forms) {
    expect(viewProblems({ ...form }, 'modal')).toEqual([]);
    expect(callsIn(form)).toEqual([]);
  }
});

function importText(left: number, underWay = 0): string {
  const rendered = renderHeldImport({ importId: 3, fileName: 'fair.csv', left, underWay, reasons: [] });
  return JSON.stringify(rendered.blocks);
}

test('a list offers only batches that are smaller than what is left', () => {
  expect(importText(1100)).toMatch(/Release 20".*Release 100".*Release all \(1,100\)/);
  expect(importText(100)).not.toContain('Release 100"');
  expect(importText(20)).not.toContain('Release 20"');
  expect(importText(1)).toContain('1 lead waits for marketing');
  expect(importText(0, 900)).toContain('no lead waits any more. 900 more are on their way to the reps.');
  expect(importText(0)).not.toContain('button');
});
