import { expect, test } from 'vitest';
import { renderCard } from '../../src/card/card.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { flagRow, leadRow, someTime, standardPlaybook } from '../support/rows.ts';

const originUrl = 'https://acme-sales.slack.com/archives/C0LEADS/p1795000000000100';

function card(parts: Partial<LeadRow> = {}, flags = [flagRow()]): ReturnType<typeof renderCard> {
  return renderCard({ lead: leadRow(parts), flags, playbook: standardPlaybook, originUrl });
}

const states: [string, Partial<LeadRow>][] = [
  ['offered', { state: 'offered', owner_id: null, next_attempt_at: null, last_touch_at: null }],
  ['owned', { state: 'owned', attempts: 0, last_touch_at: null, last_touch_kind: null }],
  ['working', {}],
  ['replied', { replied_at: someTime, last_touch_kind: 'replied' }],
  ['through', { attempts: 6, next_attempt_at: null }],
  [
    'resolved',
    { state: 'resolved', resolution: 'nurture', answered: 0, resolved_at: someTime, resolved_by: 'U0ALICE' },
  ],
];

const combinations = states.flatMap(([state, parts]) =>
  hostileTexts.map(([what, text]) => [state, what, parts, text] as const),
);

test.each(combinations)(
  'Slack accepts the card of a lead that is %s and says %s',
  (_state, _what, parts, text) => {
    const flags = [1, 2, 3, 4, 5].map((id) => flagRow({ id, reason_label: text || '-' }));
    const rendered = card({ ...parts, ...hostileParts(text) }, flags);
    expect(messageProblems({ ...rendered })).toEqual([]);
    expect(callsIn(rendered)).toEqual([]);
  },
);

test('a card’s notification is a whole sentence that names lead, account, rank and state', () => {
  expect(card().text).toBe('Lead: Ada Lovelace, Analytical Engines. A: asked for a demo. 1 attempt made.');
});

test('a lead known only by its phone number is named by it', () => {
  expect(card({ name: null, email: null }).text).toContain('Lead: +4930901820');
});

test('mail address and phone number can be clicked', () => {
  const text = JSON.stringify(card().blocks);
  expect(text).toContain('<mailto:ada@analytical.example|ada@analytical.example>');
  expect(text).toContain('<tel:+4930901820|+4930901820>');
});

test('every line of a message stays inside the quote', () => {
  const text = JSON.stringify(card({ message: 'one\n*two*\r\nthree' }).blocks);
  expect(text).toContain('>one\\n>*two*\\n>three');
});

test('of many reasons the first three are named and the rest counted', () => {
  const flags = [1, 2, 3, 4, 5].map((id) => flagRow({ id, user_id: `U${id}` }));
  const text = JSON.stringify(card({}, flags).blocks);
  expect(text).toContain(
    'Company too small (<@U1>), Company too small (<@U2>), Company too small (<@U3>) and 2 more',
  );
});

test('more attempts than planned are all shown as made', () => {
  expect(JSON.stringify(card({ attempts: 8 }).blocks)).toContain('●●●●●●●● 8 of 6');
});

test('every button says for a screen reader which lead it is about', () => {
  const labels = [...JSON.stringify(card().blocks).matchAll(/"accessibility_label":"([^"]+)"/g)];
  expect(labels.length).toBeGreaterThanOrEqual(6);
  for (const [, label] of labels) expect(label).toContain('Ada Lovelace');
});
