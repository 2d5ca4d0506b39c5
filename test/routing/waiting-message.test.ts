import { expect, test } from 'vitest';
import { renderWaiting } from '../../src/routing/waiting-message.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileTexts } from '../support/hostile.ts';

const counts = (rows: number) =>
  Array.from({ length: rows }, (_, row) => ({
    channelId: 'C0INBOUND',
    why: `everybody with the tag t${row} is away (1) or full (2)`,
    leads: 3,
  }));

test.each(hostileTexts)(
  'Slack accepts what managers of a team named %s are told about waiting',
  (_what, name) => {
    const rendered = renderWaiting(name, counts(40));
    expect(messageProblems({ ...rendered })).toEqual([]);
    expect(callsIn(rendered)).toEqual([]);
  },
);

test('it says how many wait, where, why, and how to make room', () => {
  const said = JSON.stringify(renderWaiting('Inbound', counts(1)));
  expect(said).toContain('*3 leads of Inbound wait for a rep.*');
  expect(said).toContain('• 3 in <#C0INBOUND>: everybody with the tag t0 is away (1) or full (2).');
  expect(said).toContain('`/leads setup` → *Reps…*');
});
