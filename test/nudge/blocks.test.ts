import { expect, test } from 'vitest';
import type { LeadRow, TouchKind } from '../../src/db/schema.ts';
import {
  agreedText,
  nudge,
  nudgeCameBack,
  nudgeDone,
  nudgeDoneDirectly,
  nudgeMoved,
  type NudgeView,
  obstacleTip,
  snoozeModal,
  snoozeMoved,
} from '../../src/nudge/blocks.ts';
import type { Rendered } from '../../src/outbox/message.ts';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import { noMemory } from '../../src/template/memory.ts';
import { touchKinds } from '../../src/touch/kinds.ts';
import { type NudgeData, nudgeFor } from '../../src/touch/nudge-slot.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime, standardPlaybook } from '../support/rows.ts';

const day = 86_400_000;
const kinds = Object.keys(touchKinds) as TouchKind[];
const cadence = standardPlaybook.ranks['A']?.cadence ?? [];
const zone = 'Europe/Berlin';
const inThread = { mention: 'U0ALICE', deputyFor: null, isDirect: false, zone };
const url = 'https://acme.slack.example/archives/C0LEADS/p1';

function view(lead: LeadRow, more: Partial<NudgeView> = {}): NudgeView {
  const about = more.nudge ?? nudgeFor(lead);
  return {
    lead,
    nudge: about,
    planned: cadence.length,
    touches: [],
    step: cadence[about.attempt - 1],
    playbook: standardPlaybook,
    memory: noMemory,
    answers: [],
    breadth: undefined,
    reader: inThread,
    now: someTime,
    ...more,
  };
}

/** Every wording of a nudge about this lead. */
function nudgesOf(lead: LeadRow): Rendered[] {
  const touches = Array.from({ length: 40 }, (_, place) => ({
    kind: kinds[place % kinds.length] ?? 'email',
    note: place % 2 === 0 ? (lead.message ?? '-') : null,
  }));
  const rows = [
    ...cadence.map((_step, attempts) => ({ ...lead, attempts })),
    { ...lead, ignored_at: someTime, obstacle: 'deal_size' },
    { ...lead, replied_at: someTime },
    {
      ...lead,
      next_step_at: someTime,
      step_due_at: someTime,
      next_step_set_at: someTime - day,
      next_step: lead.message,
    },
  ];
  const direct = { ...inThread, mention: null, deputyFor: 'U0BOB', isDirect: true, url };
  return rows.flatMap((row) => [
    nudge(view(row, { touches })),
    nudge(view(row, { touches, reader: direct })),
    nudge(view(row, { touches, step: undefined, breadth: { known: 2, tried: 1, aim: 5 } })),
  ]);
}

function settledOf(lead: LeadRow): Rendered[] {
  const attempt: NudgeData = { leadId: lead.id, attempt: 3, epoch: 1 };
  const reply = { ...attempt, repliedAt: someTime };
  const step = { ...attempt, stepAt: someTime };
  const rows: LeadRow[] = [
    lead,
    { ...lead, state: 'resolved', resolution: 'nurture' },
    { ...lead, replied_at: someTime },
    { ...lead, attempts: 2, next_attempt_at: someTime, snoozed_until: someTime + 1 },
    { ...lead, next_step_at: someTime + 1, step_due_at: someTime + 1, next_step: 'call' },
  ];
  return [
    ...rows.flatMap((row) => [attempt, reply, step].map((about) => nudgeDone(row, about, someTime))),
    ...rows.map((row) => nudgeDoneDirectly(row, attempt, someTime, { url: 'https://acme.slack.com/p1' })),
    nudgeCameBack(attempt),
    nudgeMoved(lead, 'U0BOB'),
    nudgeMoved(lead, null),
    nudgeCameBack(step),
  ];
}

test.each(hostileTexts)('Slack accepts every nudge about a lead that says %s', (_what, text) => {
  const lead = leadRow(hostileParts(text));
  const messages = [...nudgesOf(lead), ...settledOf(lead)];
  for (const message of messages) {
    expect(messageProblems({ ...message })).toEqual([]);
    expect(message.text.trim()).not.toBe('');
    expect(callsIn(message)).toEqual([]);
  }
});

test('Slack accepts the forms around a nudge', () => {
  for (const modal of [snoozeModal(nudgeFor(leadRow()), '2026-11-10'), snoozeMoved(someTime)])
    expect(viewProblems(modal)).toEqual([]);
});

test('a nudge repeats how to reach the lead and the last two notes', () => {
  const touches = ['one', 'two', null, 'three <!here>'].map((note) => ({ kind: 'email' as const, note }));
  const text = JSON.stringify(nudge(view(leadRow({ attempts: 2 }), { touches })));
  expect(text).toContain('<tel:+4930901820|+4930901820>');
  expect(text).toContain(':memo: two\\n:memo: three &lt;!here&gt;');
  expect(text).not.toContain(':memo: one');
});

test('a waiting reply names the day it came, by the rep’s clock', () => {
  const sundayNight = Date.UTC(2026, 10, 1, 23, 30);
  expect(JSON.stringify(nudge(view(leadRow({ replied_at: sundayNight }))).blocks)).toContain(
    ':speech_balloon: <@U0ALICE> Ada Lovelace replied on Monday and is still waiting. Write back, agree on a next step, or close the lead.',
  );
});

test('an agreed next step is named with the day on which it was agreed', () => {
  const agreed = (daysAgo: number): string => {
    const next_step_set_at = someTime - daysAgo * day;
    const step = { next_step: 'send the offer', next_step_at: someTime, step_due_at: someTime };
    return nudge(view(leadRow({ ...step, next_step_set_at }))).text;
  };
  const said = 'Your next step with Ada Lovelace is due: send the offer';
  expect(agreed(6)).toBe(`${said} (agreed Wednesday)`);
  expect(agreed(7)).toBe(`${said} (agreed Tue 27 Oct)`);
});

test('the last planned attempt is called the last', () => {
  expect(JSON.stringify(nudge(view(leadRow({ attempts: 5 }))).blocks)).toContain(
    'This is the last planned attempt',
  );
});

test('with thirty replies the team’s own numbers say why now', () => {
  const answers = [
    { attempt: 1, answers: 20 },
    { attempt: 3, answers: 10 },
  ];
  expect(JSON.stringify(nudge(view(leadRow({ attempts: 2 }), { answers })).blocks)).toContain(
    '33% of this team’s replies came on attempt 3 or later.',
  );
});

test('a deputy is called in the thread, and whoever is away is not', () => {
  const reader = { ...inThread, mention: 'U0BOB', deputyFor: 'U0ALICE' };
  const said = JSON.stringify(nudge(view(leadRow(), { reader })));
  expect(said).toContain('<@U0BOB> *Second attempt is due*');
  expect(said).not.toContain('U0ALICE');
});

test('an obstacle that was named is shown as chosen, and can be taken back', () => {
  const select = JSON.stringify(nudge(view(leadRow({ obstacle: 'deal_size' }))));
  expect(select).toContain('"initial_option":{"text":{"type":"plain_text","text":"The deal looks too small"');
  expect(select).toContain('Nothing any more');
  expect(JSON.stringify(nudge(view(leadRow())))).not.toContain('Nothing any more');
});

test('the tip for an obstacle is the playbook’s', () => {
  const obstacle = standardPlaybook.obstacles.find(({ id }) => id === 'deal_size');
  expect(obstacleTip(obstacle)).toContain('Find out how many teams could use it before you judge.');
});

test.each([
  [
    { known: 2, tried: 1, aim: 5 },
    '1 of 5 people tried at Analytical Engines. Who else there could help?',
    true,
  ],
  [{ known: 5, tried: 2, aim: 5 }, '2 of 5 people tried at Analytical Engines.', false],
])('a nudge says how many people are tried there, and asks for the next (%o)', (breadth, text, asks) => {
  const said = JSON.stringify(nudge(view(leadRow({ attempts: 2 }), { breadth })).blocks);
  expect(said).toContain(text);
  expect(said.includes('"action_id":"add_person"')).toBe(asks);
});

test('where enough people are tried the nudge says nothing about it', () => {
  const said = nudge(view(leadRow({ attempts: 2 }), { breadth: { known: 6, tried: 5, aim: 5 } }));
  expect(JSON.stringify(said.blocks)).not.toContain('people tried');
});

test('a nudge for a lead that has replied suggests the channel and no text for strangers', () => {
  const touches = [{ kind: 'replied' as const, note: null }];
  const said = JSON.stringify(nudge(view(leadRow({ attempts: 3 }), { touches })).blocks);
  expect(said).toContain('They have answered before: go on from what they said.');
  expect(said).toContain('"action_id":"messages"');
  expect(said).not.toContain('rich_text_preformatted');
});

test('the nudge for an agreed step has the buttons for another step and for the end', () => {
  const lead = leadRow({ next_step_at: someTime, step_due_at: someTime, next_step: 'call' });
  const said = JSON.stringify(nudge(view(lead)).blocks);
  for (const action of ['next_step', 'resolve', 'touch_form'])
    expect(said).toContain(`"action_id":"${action}"`);
});

test('a step that was agreed on the same day was agreed today', () => {
  const step = { next_step: 'call', next_step_set_at: someTime };
  expect(agreedText(leadRow(step), zone, someTime + 60_000)).toBe('call (agreed today)');
});
