import { expect, test } from 'vitest';
import { flagConfirmation, flagTakenBack, reasonSelect } from '../../src/feedback/blocks.ts';
import { blockProblems, messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { flagRow, leadRow, standardPlaybook } from '../support/rows.ts';

test.each(hostileTexts)(
  'Slack accepts the confirmation of a reason about a lead that says %s',
  (_what, text) => {
    const flag = flagRow({ reason_label: text || '-', user_id: 'U0ALICE' });
    for (const verdict of ['closes', 'verify', 'overrides', 'ask', undefined] as const) {
      const reason = { id: 'x', label: text, kind: 'judgement' as const, verify: text };
      const meaning = verdict && { reason, verdict, from: 3 };
      const confirmation = flagConfirmation(flag, leadRow(hostileParts(text)), meaning);
      expect(messageProblems({ ...confirmation })).toEqual([]);
      expect(callsIn(confirmation)).toEqual([]);
    }
    const takenBack = { text: flagTakenBack(flag, leadRow(hostileParts(text))) };
    expect(messageProblems(takenBack)).toEqual([]);
    expect(callsIn(takenBack)).toEqual([]);
  },
);

test('Slack accepts a menu of as many reasons as a playbook may have', () => {
  const reasons = Array.from({ length: 25 }, (_, index) => ({
    id: `reason_${index}`,
    label: 'R'.repeat(60),
    kind: 'factual' as const,
  }));
  const menu = reasonSelect({ id: Number.MAX_SAFE_INTEGER }, { ...standardPlaybook, reasons });
  expect(blockProblems([{ type: 'actions', elements: [menu] }], 'message')).toEqual([]);
});
