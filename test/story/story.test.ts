import { expect, test } from 'vitest';
import { viewProblems } from '../../src/sandbox/index.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { auditText } from '../../src/story/audit-text.ts';
import { storyModal } from '../../src/story/blocks.ts';
import { entriesOf, type Known } from '../../src/story/entries.ts';
import { renderFound } from '../../src/story/find-blocks.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { flagRow, leadRow, someTime, touchRow } from '../support/rows.ts';

function known(parts: Partial<Known> = {}): Known {
  return {
    lead: leadRow({ created_at: someTime - 9000 }),
    signals: [],
    routing: [],
    touches: [],
    people: [],
    nudges: [],
    flags: [],
    audit: [],
    messageLabel: (id) => (id === 'first_mail' ? 'First mail' : id),
    ...parts,
  };
}

function texts(parts: Partial<Known>): string[] {
  return entriesOf(known(parts)).map(({ text }) => text);
}

const nudgeRow = {
  due: null,
  id: 1,
  team_id: 'T0ACME',
  lead_id: 7,
  user_id: 'U0ALICE',
  about: 'nudge:7:1:3',
  slot: 'nudge:7:1:3',
  at: someTime,
  again_at: null,
};
const personRow = {
  id: 4,
  team_id: 'T0ACME',
  sales_team_id: 1,
  lead_id: 7,
  name: 'Charles Babbage',
  name_key: 'charles babbage',
  email: null,
  email_key: null,
  phone: null,
  title: null,
  added_by: 'U0ALICE',
  removed_at: null,
  at: someTime,
};

test('a story begins with how the lead came and ends with what happened last', () => {
  const at = (minutes: number): number => someTime + minutes * 60_000;
  const story = texts({
    routing: [{ at: at(1), steps: ['It is Alice’s turn.', '<@U0ALICE> has it.'] }],
    touches: [
      touchRow({ at: at(20), logged_at: at(20), kind: 'replied' }),
      touchRow({
        at: at(2),
        logged_at: at(90),
        message: 'first_mail',
        person_id: 4,
        note: 'She reads on trains',
      }),
    ],
    people: [{ ...personRow, at: at(1.5) }],
    nudges: [{ ...nudgeRow, at: at(15) }],
    flags: [flagRow({ at: at(16), undone_at: at(17) })],
    audit: [
      {
        at: at(30),
        actor: 'U0ALICE',
        action: 'lead.resolved',
        detail: '{"resolution":"nurture","answered":true}',
      },
    ],
    signals: [{ at: at(18), way: 'webhook', source: 'Ebook', message: 'Me again', added_by: null }],
  });
  expect(story).toEqual([
    ':inbox_tray: Came as a post via HubSpot: Demo request: “Please call me”. Rank A, asked for a demo.',
    ':compass: It is Alice’s turn. <@U0ALICE> has it.',
    ':bust_in_silhouette: <@U0ALICE> added Charles Babbage.',
    expect.stringMatching(
      /^:outbox_tray: Attempt 1: <@U0ALICE>: emailed with Charles Babbage, with the message “First mail”, logged <!date.*>\.\n:memo: She reads on trains$/,
    ),
    ':bell: <@U0ALICE> was reminded of attempt 3.',
    ':triangular_flag_on_post: <@U0BOB>: company too small.',
    '<@U0BOB> took “company too small” back.',
    ':repeat: Came in again (came by webhook via Ebook): “Me again”.',
    ':speech_balloon: <@U0ALICE>: they replied.',
    ':checkered_flag: <@U0ALICE> closed it: Nurture. The prospect was told.',
  ]);
});

test('reminders say what they were about and where they stood', () => {
  const about = (what: string, slot = 'x'): string | undefined =>
    texts({ nudges: [{ ...nudgeRow, about: `nudge:7:1:${what}`, slot }] })[1];
  expect(about('reply:99', 'brief:U0ALICE:2026-11-03')).toBe(
    ':bell: <@U0ALICE> was reminded of the reply in the morning brief.',
  );
  expect(about('step:99', 'bundle:U0ALICE:1')).toBe(
    ':bell: <@U0ALICE> was reminded of the next step directly.',
  );
});

test('a touch of an earlier start says so', () => {
  expect(texts({ lead: leadRow({ cadence_epoch: 2 }), touches: [touchRow()] })[1]).toContain(
    '(an earlier start)',
  );
});

test('what nobody has worded reads plainly, and broken detail breaks nothing', () => {
  const said = (action: string, detail = '{}', actor = 'U0ALICE'): string | undefined =>
    auditText({ at: someTime, actor, action, detail });
  expect(said('lead.sent_to_moon')).toBe('Lead sent to moon (<@U0ALICE>).');
  expect(said('lead.resolved', 'no json')).toContain('closed it');
  expect(said('lead.given_back', '{"from":"U0BOB","reason":"<!channel> away."}')).toBe(
    ':handshake: <@U0ALICE> took it back from <@U0BOB>: &lt;!channel&gt; away.',
  );
  expect(said('lead.post_deleted', '{}', 'app')).toBe('The original post was deleted in Slack.');
  expect(said('touch.logged')).toBeUndefined();
});

test.each(hostileTexts)('Slack accepts the story and the finding of a lead that says %s', (_what, text) => {
  const lead = leadRow(hostileParts(text));
  const touches = Array.from({ length: 60 }, (_, index) =>
    touchRow({ id: index + 1, note: text, message: text }),
  );
  const entries = entriesOf(
    known({
      lead,
      touches,
      signals: touches.map(({ at }) => ({
        at,
        way: 'post' as const,
        source: text,
        message: text,
        added_by: null,
      })),
      people: [{ ...personRow, name: text }],
      flags: [flagRow({ reason_label: text, reason: text })],
      audit: [
        {
          at: someTime,
          actor: 'U0ALICE',
          action: 'lead.given_back',
          detail: JSON.stringify({ from: 'U0BOB', reason: text }),
        },
      ],
    }),
  );
  for (const page of [undefined, 1, 2]) {
    const view = storyModal({
      lead,
      entries,
      page,
      url: 'https://acme.slack.com/archives/C0LEADS/p1',
      planned: 6,
      now: someTime,
    });
    expect(viewProblems(view)).toEqual([]);
    expect(callsIn(view)).toEqual([]);
  }
  for (const leads of [[lead], Array.from({ length: 10 }, () => lead)]) {
    const found = renderFound({
      leads: leads.map((each) => ({ lead: each, isHidden: false, isWorkable: true })),
      hasMore: true,
      urls: new Map(),
      now: someTime,
    });
    expect(messageProblems({ ...found })).toEqual([]);
    expect(callsIn(found)).toEqual([]);
  }
});

test('a long story has pages: the last one has the newest, every entry is on one of them', () => {
  const touches = Array.from({ length: 300 }, (_, index) =>
    touchRow({ id: index + 1, at: someTime + index, note: `note ${index};` }),
  );
  const entries = entriesOf(known({ touches }));
  const shown = (page?: number): string =>
    JSON.stringify(
      storyModal({ lead: leadRow(), entries, page, url: undefined, planned: 6, now: someTime }).blocks,
    );
  const last = shown();
  const pages = Number(/Page \d+ of (\d+)/.exec(last)?.[1]);
  expect(last).toContain('note 299;');
  expect(last).not.toContain('"Later"');
  expect(shown(1)).not.toContain('"Earlier"');
  const all = Array.from({ length: pages }, (_, index) => shown(index + 1)).join('');
  for (const { note } of touches) expect(all.split(note ?? '-')).toHaveLength(2);
  expect(shown(999)).toBe(last);
});
