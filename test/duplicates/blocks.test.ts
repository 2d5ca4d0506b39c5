import { expect, test } from 'vitest';
import { renderDuplicate } from '../../src/duplicates/blocks.ts';
import type { DuplicateRow } from '../../src/duplicates/store.ts';
import { draftOf } from '../../src/intake/draft.ts';
import type { SetAside } from '../../src/intake/probable.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime } from '../support/rows.ts';

const row: DuplicateRow = {
  id: 4,
  team_id: 'T0ACME',
  sales_team_id: 1,
  lead_id: 7,
  arrivals: '[]',
  email_key: null,
  phone: null,
  decide_by: someTime,
  decision: null,
  decided_by: null,
  decided_at: null,
  created_at: someTime,
};

test.each(hostileTexts)(
  'Slack accepts the question and its answers where both sides say %s',
  (_what, text) => {
    const known = leadRow(hostileParts(text));
    const { name, email, phone, account, title, source, message } = known;
    const draft = draftOf({ name, email, phone, account, title, source, message });
    const arrivals: SetAside[] = [1, 2, 3].map((at) => ({ way: 'webhook', key: `webhook:1:${at}`, draft }));
    const view = {
      known: leadRow({ ...hostileParts(text), email: 'x@y.example' }),
      arrivals,
      managers: ['U0MONA'],
    };
    const became = { lead: known, url: 'https://acme.example/archives/C0LEADS/p1', isOwn: true };
    const decided = { decision: 'different', decided_by: 'U0MAX', decided_at: someTime } as const;
    const open = renderDuplicate({ ...view, managers: [], row });
    const messages = [
      open,
      renderDuplicate({ ...view, row: { ...row, ...decided, decision: 'same' } }),
      renderDuplicate({ ...view, row: { ...row, ...decided } }),
      renderDuplicate({ ...view, row: { ...row, ...decided }, became }),
      renderDuplicate({ ...view, row: { ...row, decision: 'different', decided_at: someTime }, became }),
    ];
    for (const message of messages) {
      expect(messageProblems({ ...message })).toEqual([]);
      expect(callsIn(message)).toEqual([]);
    }
  },
);

test('both sides say what is missing, so that nobody has to guess', () => {
  const arrivals: SetAside[] = [
    { way: 'hand', key: 'hand:1', draft: draftOf({ name: 'Ada', phone: '+4930901821' }) },
  ];
  const { blocks } = renderDuplicate({ row, known: leadRow({ phone: null }), arrivals, managers: [] });
  expect(JSON.stringify(blocks)).toMatch(/Known.*no phone number.*New.*no mail address/);
});
