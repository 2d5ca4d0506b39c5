import { expect, test } from 'vitest';
import { renderDigest } from '../../src/digest/blocks.ts';
import { digestFrom } from '../../src/digest/digest.ts';
import type { ArrivalCount, ClosedCount, FlagCount } from '../../src/digest/store.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileTexts } from '../support/hostile.ts';
import { someTeam } from '../support/rows.ts';

const period = { from: Date.UTC(2026, 10, 1, 23), to: Date.UTC(2026, 10, 8, 23) };

function digest(
  arrived: ArrivalCount[] = [],
  flags: FlagCount[] = [],
  closed: ClosedCount[] = [],
  name = 'Inbound',
): ReturnType<typeof digestFrom> {
  return digestFrom(someTeam({ name }), period, arrived, flags, closed);
}

function arrival(source: string, rank: string, leads: number): ArrivalCount {
  return { source, rank, leads, resolution: null };
}

test('sources are ordered by how often they were flagged, reasons by how often they were given', () => {
  const result = digest(
    [arrival('Quiet', 'A', 9), arrival('Loud', 'B', 2)],
    [
      { source: 'Loud', reason: 'Too small', flags: 1 },
      { source: 'Loud', reason: 'No budget', flags: 4 },
    ],
  );
  expect(result.sources.map((row) => [row.source, row.arrived, row.flags])).toEqual([
    ['Loud', 2, 5],
    ['Quiet', 9, 0],
  ]);
  expect(result.reasons.map((row) => row.reason)).toEqual(['No budget', 'Too small']);
});

test('a source that was only flagged this week is listed, with nothing arrived', () => {
  const result = digest([], [{ source: 'Old list', reason: 'Bounced', flags: 2 }]);
  expect(result.sources).toMatchObject([{ source: 'Old list', arrived: 0, flags: 2 }]);
});

test('arrivals of one source that ended differently are added up', () => {
  const result = digest([
    { source: 'Form', rank: 'A', leads: 2, resolution: 'qualified' },
    { source: 'Form', rank: 'A', leads: 3, resolution: null },
  ]);
  expect(result).toMatchObject({ arrived: 5, sources: [{ arrived: 5 }], ranks: [{ rank: 'A', arrived: 5 }] });
});

test('who was closed without an answer is counted as ghosted', () => {
  const result = digest(
    [],
    [],
    [
      { rank: 'A', resolution: 'qualified', leads: 3, answered: 3 },
      { rank: 'C', resolution: 'unresponsive', leads: 4, answered: 1 },
    ],
  );
  expect(result).toMatchObject({ closed: 7, qualified: 3, ghosted: 3 });
});

test('every series of the chart covers every category, as Slack wants it', () => {
  const rendered = renderDigest(
    digest(
      [],
      [
        { source: 'One', reason: 'Too small', flags: 1 },
        { source: 'Two', reason: 'No budget', flags: 2 },
      ],
    ),
  );
  expect(messageProblems({ ...rendered })).toEqual([]);
  expect(JSON.stringify(rendered.blocks)).toContain('The chart in words: Two: 2, mostly No budget; One: 1');
});

test('sources and reasons that begin alike keep different labels in the chart', () => {
  const flags = Array.from({ length: 12 }, (_, index) => ({
    source: `A campaign with a long name ${index}`,
    reason: `A reason with many words ${index}`,
    flags: index + 1,
  }));
  expect(messageProblems({ ...renderDigest(digest([], flags)) })).toEqual([]);
});

test.each(hostileTexts)(
  'Slack accepts the digest, with chart and as text, of sources that say %s',
  (_what, text) => {
    const sources = Array.from({ length: 30 }, (_, index) => `${text.slice(0, 190).trim() || '-'}${index}`);
    const rendered = renderDigest(
      digest(
        sources.map((source) => arrival(source, 'A', 12)),
        sources.flatMap((source, index) =>
          Array.from({ length: 25 }, (_, reason) => ({
            source,
            reason: `${text.slice(0, 55).trim() || '-'}${reason}`,
            flags: index + reason + 1,
          })),
        ),
        [{ rank: 'A', resolution: 'qualified', leads: 3, answered: 3 }],
        text.slice(0, 60).trim() || 'Sales',
      ),
    );
    expect(messageProblems({ ...rendered })).toEqual([]);
    expect(messageProblems({ text: rendered.text, blocks: rendered.classic })).toEqual([]);
    expect(callsIn(rendered)).toEqual([]);
  },
);
