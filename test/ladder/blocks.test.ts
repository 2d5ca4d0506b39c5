import { expect, test } from 'vitest';
import { renderBlindCard } from '../../src/card/blind.ts';
import { claimQuestion, claimRequestOpen, claimRequestSettled } from '../../src/claims/blocks.ts';
import {
  askedModal,
  giveBackModal,
  handOnModal,
  proposalAsked,
  proposalOpen,
  proposalSettled,
} from '../../src/handover/blocks.ts';
import { reminder, report } from '../../src/ladder/blocks.ts';
import { renderHandedOver } from '../../src/routing/handed-over.ts';
import { messageProblems, viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTeam, someTime, touchRow } from '../support/rows.ts';
import type { TouchRow } from '../../src/db/schema.ts';

const url = 'https://acme.example/archives/C0INBOUND/p1';

function touch(note: string): TouchRow {
  return touchRow({ note, at: someTime });
}

test.each(hostileTexts)(
  'Slack accepts every message and form about moving a lead that says %s',
  (_what, text) => {
    const lead = leadRow({
      ...hostileParts(text),
      marketing_persona: text,
      sales_persona: text,
      ladder_from: someTime,
    });
    const free = { ...lead, state: 'offered', owner_id: null } as const;
    const team = someTeam({ name: text.slice(0, 60) });
    const now = someTime + 90 * 60_000;
    const many = (count: number) =>
      Array.from({ length: count }, () => ({
        lead,
        url,
        now,
        isOpen: true,
        isSameLadder: true,
        before: ['U0BOB'],
      }));
    const touches = Array.from({ length: 12 }, () => touch(text.slice(0, 1000)));
    const proposal = {
      id: 1,
      leadId: 7,
      from: 'U0ALICE',
      to: 'U0BOB',
      reason: text.slice(0, 200),
      at: someTime,
      answer: null,
    };
    const question = {
      leadId: 7,
      count: 9,
      leads: Array.from({ length: 5 }, () => lead),
      urls: new Map([[7, url]]),
      now,
    };
    const messages = [
      renderBlindCard(free),
      ...[1, 2, 200].flatMap((count) => [
        reminder(many(count), team),
        reminder(many(count), { ...team, blindClaim: true }),
        report('untouched', many(count), team),
        report(
          'unclaimed',
          many(count).map((view) => ({ ...view, lead: free })),
          team,
        ),
        report(
          'untouched',
          many(count).map((view) => ({ ...view, isOpen: false })),
          team,
        ),
        reminder(
          many(count).map((view, place) => ({ ...view, isOpen: place > 0 })),
          team,
        ),
      ]),
      claimQuestion({ ...question, needsManager: false, isUsed: false }),
      claimQuestion({ ...question, needsManager: true, isUsed: false }),
      claimQuestion({ ...question, count: 0, leads: [], needsManager: false, isUsed: true }),
      claimRequestOpen(free, 'U0BOB', 3, url),
      claimRequestSettled(lead, 'U0BOB'),
      proposalOpen(lead, proposal, { touches, url, now }),
      proposalSettled(lead, proposal),
      proposalAsked(lead, proposal),
      proposalAsked(lead, { ...proposal, answer: 'lead.swap_declined' }),
      renderHandedOver(lead, touches, { by: 'app', url, now }),
      renderHandedOver(lead, [], { by: 'U0BOB', url: undefined, now }),
    ];
    for (const message of messages) {
      expect(messageProblems({ ...message })).toEqual([]);
      expect(callsIn(message)).toEqual([]);
      expect(message.text.trim()).not.toBe('');
    }
    for (const view of [
      handOnModal(lead, true, ['<@U0BOB>']),
      handOnModal(lead, false, []),
      giveBackModal(lead),
      askedModal(lead, 'U0BOB'),
    ])
      expect(viewProblems({ ...view })).toEqual([]);
  },
);
