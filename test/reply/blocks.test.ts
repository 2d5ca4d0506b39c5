import { expect, test } from 'vitest';
import { clearedView, stepModal } from '../../src/reply/blocks.ts';
import { said as labels, type Said } from '../../src/reply/said.ts';
import { viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileParts, hostileTexts } from '../support/hostile.ts';
import { leadRow, someTime } from '../support/rows.ts';

const saids = [undefined, ...(Object.keys(labels) as Said[])];

test.each(hostileTexts)('Slack accepts the form for the next step of a lead that says %s', (_what, text) => {
  const step = { next_step: text.slice(0, 150) || '-', next_step_at: someTime, step_due_at: someTime };
  for (const lead of [leadRow(hostileParts(text)), leadRow({ ...hostileParts(text), ...step })]) {
    const shown = saids.map((said) =>
      stepModal({ lead, zone: 'Europe/Berlin', suggestedDay: '2026-11-04', said, asks: true, place: {} }),
    );
    for (const view of [...shown, clearedView(lead)]) {
      expect(viewProblems({ ...view }, 'modal')).toEqual([]);
      expect(callsIn(view)).toEqual([]);
    }
  }
});
