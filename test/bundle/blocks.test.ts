import { expect, test } from 'vitest';
import { type BundleRow, renderBundle } from '../../src/bundle/blocks.ts';
import type { LeadRow, TouchRow } from '../../src/db/schema.ts';
import { answeredRow } from '../../src/queue/settled.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { nudgeFor } from '../../src/touch/nudge-slot.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime, touchRow } from '../support/rows.ts';

const zone = 'Europe/Berlin';
const url = 'https://acme.slack.example/archives/C0LEADS/p1';
const looking = { userId: 'U0ALICE', zone, now: someTime };

function openLead(lead: LeadRow): BundleRow {
  return { lead, nudge: nudgeFor(lead), planned: 6, settled: undefined };
}

/** Of a lead whose third attempt was asked for. */
function settled(lead: LeadRow, touch?: Partial<TouchRow>, movedTo?: string): BundleRow {
  const nudge = { leadId: lead.id, epoch: 1, attempt: 3 };
  const logged = touch && touchRow({ attempt: 3, logged_at: someTime, ...touch });
  return { lead, nudge, planned: 6, settled: answeredRow({ lead, nudge, touch: logged, movedTo }, looking) };
}

function message(rows: readonly BundleRow[]) {
  const urls = new Map(rows.map(({ lead }) => [lead.id, url]));
  const reader = { userId: looking.userId, urls, isLive: true };
  return renderBundle({ rows, answers: [], reader, looking });
}

/** The names in the order in which they stand. */
function places(rows: readonly BundleRow[]): string[] {
  return [...JSON.stringify(message(rows).blocks).matchAll(/"text":"\*([^*]+)\* \(/g)].map(
    ([, name = '']) => name,
  );
}

/** How tall each block is. */
function heights(rows: readonly BundleRow[]): number[] {
  return (message(rows).blocks ?? []).map((block) =>
    'text' in block ? JSON.stringify(block.text).split('\\n').length : 1,
  );
}

const ada = leadRow({ id: 1, attempts: 2 });
const alan = leadRow({ id: 2, name: 'Alan Turing', attempts: 2 });

test('leads that are due have their buttons, and say what is due and where their card is', () => {
  const both = message([openLead(ada), openLead(alan)]);
  expect(both.text).toBe('2 leads are due');
  const said = JSON.stringify(both.blocks);
  expect(said).toContain('*Ada Lovelace* (Analytical Engines) · A: asked for a demo');
  expect(said).toContain(`:bell: third attempt ●●○○○○  <${url}|Open card>`);
  expect(said.match(/"action_id":"touch:email"/g)).toHaveLength(2);
});

test.each([
  ['was logged', settled({ ...ada, attempts: 3 }, {}), 'Logged: emailed, attempt 3.', '"touch_undo"'],
  [
    'is put off',
    settled({ ...ada, next_attempt_at: someTime, snoozed_until: someTime + 1 }, { attempt: 2 }),
    ':zzz: Third attempt: put off until <!date^',
    '"bring_back"',
  ],
])('a lead that %s stays in its place, as tall as it was, with the way back', (_what, row, said, button) => {
  const before = [openLead(ada), openLead(alan)];
  const after = [row, openLead(alan)];
  expect(places(after)).toEqual(places(before));
  expect(heights(after)).toEqual(heights(before));
  expect(message(after).text).toBe('1 of 2 leads is still due');
  const shown = JSON.stringify(message(after).blocks);
  expect(shown).toContain(said);
  expect(shown).toContain(button);
  expect(shown.match(/"action_id":"touch:email"/g)).toHaveLength(1);
});

test('a lead that somebody else has now stays in its place, without buttons that log', () => {
  const row = settled({ ...ada, owner_id: 'U0BOB' }, {}, 'U0BOB');
  expect(JSON.stringify(message([row, openLead(alan)]).blocks)).toContain(':handshake: <@U0BOB> has it now');
});

test('of many leads ten have buttons, the others are counted, and the next one follows at the end', () => {
  const leads = Array.from({ length: 14 }, (_, index) =>
    leadRow({ id: index + 1, name: `Person ${index + 1}`, attempts: 2 }),
  );
  const open = leads.map(openLead);
  const before = places(open);
  expect(before).toHaveLength(10);
  expect(JSON.stringify(message(open).blocks)).toContain('And 4 more leads: `/leads` shows them all.');
  const done = [...leads.slice(0, 2).map((lead) => settled({ ...lead, attempts: 3 }, {})), ...open.slice(2)];
  expect(places(done)).toEqual([...before, 'Person 11', 'Person 12']);
  const said = JSON.stringify(message(done).blocks);
  expect(said.match(/"action_id":"touch:email"/g)).toHaveLength(10);
  expect(said).toContain('And 2 more leads: `/leads` shows them all.');
});

test('when all is settled the message thanks, and its rows stay', () => {
  const rows = [ada, alan].map((lead) => settled({ ...lead, attempts: 3 }, {}));
  expect(message(rows).text).toBe('Both leads are settled. Thank you.');
  expect(heights(rows)).toEqual(heights([ada, alan].map(openLead)));
});

test.each(hostileTexts)('Slack accepts a message about 60 leads that say %s', (_what, text) => {
  const leads = Array.from({ length: 60 }, (_, index) =>
    leadRow({
      ...hostileParts(text),
      id: index + 1,
      owner_id: 'U0BOB',
      ...(index % 3 === 0 && { next_step_at: 1, step_due_at: 1, next_step_set_at: 1, next_step: text }),
    }),
  );
  const open = leads.map(openLead);
  const done = leads.map((lead) => settled({ ...lead, attempts: 3 }, { note: text }));
  const closed = leads.map((lead) => settled({ ...lead, state: 'resolved', resolution: 'nurture' }));
  const late = { next_attempt_at: someTime, snoozed_until: someTime + 1 };
  const putOff = leads.map((lead) => settled({ ...lead, ...late }));
  for (const start of [open, done, closed, putOff])
    for (const length of [0, 5, 15, 60]) {
      const bundle = message([...start.slice(0, length), ...open.slice(length)]);
      expect(messageProblems({ ...bundle })).toEqual([]);
      expect(callsIn(bundle)).toEqual([]);
    }
});
