import { expect, test } from 'vitest';
import { type CardView, renderCard } from '../../src/card/card.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { flagRow, leadRow, someTime, standardPlaybook, touchRow } from '../support/rows.ts';

const originUrl = 'https://acme-sales.slack.com/archives/C0LEADS/p1795000000000100';

function card(
  parts: Partial<LeadRow> = {},
  flags = [flagRow()],
  view: Partial<CardView> = {},
): ReturnType<typeof renderCard> {
  return renderCard({
    lead: leadRow(parts),
    flags,
    touches: [touchRow()],
    ownerIsGone: false,
    now: someTime,
    playbook: standardPlaybook,
    originUrl,
    ...view,
  });
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
    const resolution_note = parts.state === 'resolved' ? text : null;
    const rendered = card({ ...parts, ...hostileParts(text), resolution_note }, flags, {
      touches: [touchRow({ note: text })],
    });
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
    '<@U1>: company too small; <@U2>: company too small; <@U3>: company too small and 2 more',
  );
});

test('what one person said stands behind their name once', () => {
  const flags = [flagRow(), flagRow({ id: 4, reason_label: 'CRM says duplicate' })];
  expect(JSON.stringify(card({}, flags).blocks)).toContain('<@U0BOB>: company too small, CRM says duplicate');
});

test('attempts beyond the plan are counted apart', () => {
  expect(JSON.stringify(card({ attempts: 8 }).blocks)).toContain('●●●●●● 6 of 6, and 2 more');
});

test('an attempt that is late says so instead of what is due next', () => {
  const text = JSON.stringify(card({ attempts: 3, next_attempt_at: someTime - 1 }).blocks);
  expect(text).toContain(':red_circle: Attempt 4 was due <!date^');
  expect(text).not.toContain('Next due');
});

test('a touch that somebody else logged names them', () => {
  const byMona = card({}, [], { touches: [touchRow({ user_id: 'U0MONA' })] });
  expect(JSON.stringify(byMona.blocks)).toContain('Last: emailed by <@U0MONA>, <!date^');
  expect(JSON.stringify(card().blocks)).toContain('Last: emailed, <!date^');
});

test('the last touch’s note stands on the card, in one line', () => {
  const view = {
    touches: [touchRow({ note: 'a note before' }), touchRow({ note: 'Back on\nThursday <!here>' })],
  };
  expect(JSON.stringify(card({}, [], view).blocks)).toContain(':memo: Back on Thursday &lt;!here&gt;');
  expect(JSON.stringify(card({}, [], view).blocks)).not.toContain('a note before');
});

test.each([
  [1, 'prospect was told'],
  [0, 'prospect heard nothing'],
])('a closed card says who closed it and what the prospect knows (%s)', (answered, told) => {
  const closed = {
    state: 'resolved',
    owner_id: null,
    attempts: 0,
    last_touch_at: null,
    last_touch_kind: null,
    resolution: 'rejected',
    resolution_note: 'Wrong country',
    answered,
    resolved_at: someTime,
    resolved_by: 'U0ALICE',
  } as const;
  const text = JSON.stringify(card(closed, []).blocks);
  expect(text).toMatch(new RegExp(`:checkered_flag: \\*Rejected\\* by <@U0ALICE>, <!date[^>]+> · ${told}`));
  expect(text).toContain(':memo: Wrong country');
  expect(text).not.toContain('Nobody has it yet');
});

test('the card of a lead whose owner has left says so, and offers it', () => {
  const text = JSON.stringify(card({}, [], { ownerIsGone: true }).blocks);
  expect(text).toContain('<@U0ALICE> has left the roster');
  expect(text).toContain('"action_id":"claim"');
});

test('every button says for a screen reader which lead it is about', () => {
  const labels = [...JSON.stringify(card().blocks).matchAll(/"accessibility_label":"([^"]+)"/g)];
  expect(labels.length).toBeGreaterThanOrEqual(6);
  for (const [, label] of labels) expect(label).toContain('Ada Lovelace');
});

test('the card of a lead that waits says what for, to a screen reader too', () => {
  const waiting = { state: 'offered', owner_id: null, waits_for: 'everybody is full' } as const;
  const { text, blocks } = card(waiting, []);
  expect(text).toMatch(/Waits: everybody is full\.$/);
  expect(JSON.stringify(blocks)).toContain('Waits: everybody is full. It goes to a rep by itself');
  expect(JSON.stringify(blocks)).not.toContain('Nobody has it yet');
});
