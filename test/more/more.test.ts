import { expect, test } from 'vitest';
import { renderLeft, renderOut, outOfLeads } from '../../src/more/blocks.ts';
import { counted, isQuiet, leftOf } from '../../src/more/left.ts';
import { queueOf } from '../../src/queue/queue.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime } from '../support/rows.ts';

const late = someTime - 1;
const ahead = someTime + 1;

test.each<[string, Partial<LeadRow>, string | undefined]>([
  ['nobody has touched, late or not', { attempts: 0, next_attempt_at: ahead }, 'untouched'],
  ['is late after one attempt', { attempts: 1, next_attempt_at: late }, 'stopped'],
  ['is late after two attempts', { attempts: 2, next_attempt_at: someTime }, 'stopped'],
  ['is late after three attempts', { attempts: 3, next_attempt_at: late }, 'late'],
  ['has an answer that waits too long', { attempts: 1, next_attempt_at: late, replied_at: 1 }, 'late'],
  ['has an agreed step that is late', { attempts: 1, next_attempt_at: late, step_due_at: late }, 'late'],
  ['its rep has put off', { attempts: 3, next_attempt_at: late, snoozed_until: ahead }, 'put_off'],
  ['its rep had put off until now', { attempts: 3, next_attempt_at: late, snoozed_until: someTime }, 'late'],
  ['is on its way', { attempts: 1, next_attempt_at: ahead }, undefined],
  ['answered before anybody wrote', { attempts: 0, next_attempt_at: ahead, replied_at: 1 }, undefined],
  ['had everything', { attempts: 6, next_attempt_at: null }, undefined],
])('a lead that %s', (_what, parts, left) => {
  expect(leftOf(leadRow(parts), someTime)).toBe(left);
});

test('kinds are counted, the most first, those of one number by name', () => {
  expect(counted(['B', 'A', 'C', 'C'])).toEqual([
    { what: 'C', leads: 2 },
    { what: 'A', leads: 1 },
    { what: 'B', leads: 1 },
  ]);
});

test.each<[string, Partial<LeadRow>, boolean]>([
  ['somebody was written to', {}, true],
  ['nobody was tried yet', { attempts: 0 }, false],
  ['they replied', { replied_at: 1 }, false],
  ['a step was agreed', { step_due_at: ahead }, false],
])('others at the account are worth a try or not where %s', (_what, parts, quiet) => {
  expect(isQuiet(leadRow(parts))).toBe(quiet);
});

test.each(hostileTexts)(
  'Slack accepts what a rep with 300 leads gets to hear about leads that say %s',
  (_what, text) => {
    const leads = Array.from({ length: 300 }, (_, index) =>
      leadRow({ ...hostileParts(text), id: index + 1 }),
    );
    const items = queueOf(leads, { endOfDay: someTime, nudgeAttempts: () => [] }, someTime);
    const url = 'https://acme-sales.slack.com/archives/C0LEADS/p1795000000000100';
    const reader = { userId: 'U0ALICE', urls: new Map(leads.map((lead) => [lead.id, url])) };
    const offer = { count: 300, leads: leads.slice(0, 5).map((lead) => ({ lead, isHidden: false })) };
    const messages = [
      renderLeft({
        left: items.map((item) => ({ ...item, why: 'stopped' as const })),
        rows: items.slice(0, 5),
        held: 300,
        narrow: leads,
        onOffer: 3,
        reader,
      }),
      renderOut({ held: 300, narrow: leads, offer, reader }),
      renderOut({ held: 0, narrow: [], offer: { count: 0, leads: [] }, reader }),
    ];
    for (const message of messages) {
      expect(messageProblems({ ...message })).toEqual([]);
      expect(callsIn(message)).toEqual([]);
    }
  },
);

test('a blind offer keeps name and account to itself', () => {
  const out = renderOut({
    held: 0,
    narrow: [],
    offer: { count: 1, leads: [{ lead: leadRow(), isHidden: true }] },
    reader: { userId: 'U0ALICE', urls: new Map() },
  });
  expect(JSON.stringify(out)).not.toMatch(/Lovelace|Analytical/);
  expect(JSON.stringify(out)).toContain('"value":"7"');
});

test('managers hear in plain words who is out of leads', () => {
  expect(outOfLeads('U0ALICE', 12)).toBe(
    ':sparkles: <@U0ALICE> is out of leads: all 12 they hold have had their attempts so far.',
  );
  expect(outOfLeads('U0ALICE', 1)).toContain('the one they hold has had its attempts');
  expect(outOfLeads('U0ALICE', 0)).toContain('asked for more leads and holds none');
});
