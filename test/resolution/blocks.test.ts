import { expect, test } from 'vitest';
import { resolveModal } from '../../src/resolution/blocks.ts';
import { viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow } from '../support/rows.ts';

test.each(hostileTexts)('Slack accepts the form that closes a lead that says %s', (_what, text) => {
  for (const contacted of [false, true]) {
    const form = resolveModal(leadRow(hostileParts(text)), contacted);
    expect(viewProblems({ ...form }, 'modal')).toEqual([]);
    expect(callsIn(form)).toEqual([]);
  }
});
