import { expect, test } from 'vitest';
import { resolveModal } from '../../src/resolution/blocks.ts';
import { viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow } from '../support/rows.ts';

test.each(hostileTexts)('Slack accepts the form that closes a lead that says %s', (_what, text) => {
  for (const last_touch_at of [null, 1_795_000_000_000]) {
    const form = resolveModal(leadRow({ ...hostileParts(text), last_touch_at }));
    expect(viewProblems({ ...form }, 'modal')).toEqual([]);
    expect(callsIn(form)).toEqual([]);
  }
});
