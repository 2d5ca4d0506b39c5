import { expect, test } from 'vitest';
import { flagConfirmation, reasonSelect } from '../../src/feedback/blocks.ts';
import { blockProblems, messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { flagRow, leadRow, standardPlaybook } from '../support/rows.ts';

test.each(hostileTexts)(
  'Slack accepts the confirmation of a reason about a lead that says %s',
  (_what, text) => {
    const confirmation = flagConfirmation(
      flagRow({ reason_label: text || '-' }),
      leadRow(hostileParts(text)),
    );
    expect(messageProblems({ ...confirmation })).toEqual([]);
    expect(callsIn(confirmation)).toEqual([]);
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
