import { expect, test } from 'vitest';
import { DAY } from '../../src/calendar/civil.ts';
import { localTime, startOfLocalDay } from '../../src/calendar/zone.ts';
import { renderDigest } from '../../src/digest/blocks.ts';
import { type Counts, type Digest, digestFrom, wholeDays } from '../../src/digest/digest.ts';
import type { ArrivalCount, FlagCount } from '../../src/digest/store.ts';
import { messageProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileTexts } from '../support/hostile.ts';
import { someTeam } from '../support/rows.ts';

const period = { from: Date.UTC(2026, 10, 1, 23), to: Date.UTC(2026, 10, 8, 23) };

function digest(counts: Partial<Counts> = {}, name = 'Inbound'): Digest {
  const flags = counts.flags ?? [];
  return digestFrom(someTeam({ name }), period, {
    arrived: [],
    flags,
    flagged: flags.map(({ source, form, way, flags: leads }) => ({ source, form, way, leads })),
    closed: [],
    unanswered: [],
    gate: { late: 0, lists: [], oldest: [], released: 0, turnedDown: 0 },
    qualifyWithin: '2 working days',
    rankLabels: { A: 'Asked for us' },
    ...counts,
  });
}

const plain = { form: null, way: 'hand' } as const;

function arrival(source: string, rank: string, leads: number): ArrivalCount {
  return { ...plain, source, rank, leads };
}

function flag(source: string, reason: string, flags: number): FlagCount {
  return { ...plain, source, reason, flags };
}

/** Everything the digest says in its blocks. */
function said(result: Digest, weekly = false): string {
  return JSON.stringify(renderDigest(result, weekly).blocks);
}

test('sources are ordered by how many of their leads were flagged, reasons by how often they were given', () => {
  const result = digest({
    arrived: [arrival('Quiet', 'A', 9), arrival('Loud', 'B', 2)],
    flags: [flag('Loud', 'Too small', 1), flag('Loud', 'No budget', 4)],
    flagged: [{ ...plain, source: 'Loud', leads: 4 }],
  });
  expect(result.sources.map((row) => [row.source, row.arrived, row.flagged])).toEqual([
    ['Loud', 2, 4],
    ['Quiet', 9, 0],
  ]);
  expect(result.reasons.map((row) => row.reason)).toEqual(['No budget', 'Too small']);
});

test('a source that was only flagged this week is listed, with nothing arrived', () => {
  const result = digest({ flags: [flag('Old list', 'Bounced', 2)] });
  expect(result.sources).toMatchObject([{ source: 'Old list', arrived: 0, flagged: 2 }]);
});

test('arrivals of one source with different ranks are added up', () => {
  const result = digest({ arrived: [arrival('Form', 'A', 2), arrival('Form', 'B', 3)] });
  expect(result).toMatchObject({ arrived: 5, sources: [{ arrived: 5 }] });
  expect(result.ranks).toMatchObject([
    { rank: 'A', label: 'Asked for us', arrived: 2 },
    { rank: 'B', label: null, arrived: 3 },
  ]);
});

test('of twenty thousand sources each row is read a few times, not once for every other', () => {
  let reads = 0;
  const counted = <Row extends { source: string }>(row: Row): Row => {
    const { source } = row;
    return Object.defineProperty({ ...row }, 'source', {
      get: () => ((reads += 1), source),
      enumerable: true,
    });
  };
  const names = Array.from({ length: 20_000 }, (_, index) => `Campaign ${index}`);
  const result = digest({
    arrived: names.map((name) => counted(arrival(name, 'A', 1))),
    flags: names.map((name) => counted(flag(name, 'No budget', 1))),
    flagged: names.map((source) => counted({ ...plain, source, leads: 1 })),
  });
  expect(result).toMatchObject({ arrived: 20_000, flagged: 20_000 });
  expect(messageProblems({ ...renderDigest(result) })).toEqual([]);
  expect(reads).toBeLessThanOrEqual(4 * 20_000);
});

test('who was closed without an answer is counted, and named with a link to the card', () => {
  const result = digest({
    closed: [
      { rank: 'A', resolution: 'qualified', leads: 3, answered: 3 },
      { rank: 'C', resolution: 'unresponsive', leads: 6, answered: 1 },
    ],
    unanswered: [
      { name: 'Ada', url: 'https://acme.example/archives/C1/p1', by: 'U0ALICE' },
      { name: 'Ben & Co', url: null, by: null },
    ],
  });
  expect(result).toMatchObject({ closed: 9, qualified: 3, unanswered: { leads: 5 } });
  expect(said(result)).toContain(
    '5 prospects closed without an answer: <https://acme.example/archives/C1/p1|Ada> (by <@U0ALICE>), Ben &amp; Co, 3 more.',
  );
});

test('held leads that wait too long are counted, the oldest linked; so is what was decided', () => {
  const url = 'https://acme.example/archives/C1/p1';
  const result = digest({
    gate: {
      late: 16,
      lists: [{ fileName: 'Trade fair.csv', leads: 11, url }],
      oldest: [
        { name: 'Ada', url },
        { name: 'Ben & Co', url: null },
      ],
      released: 4,
      turnedDown: 1,
    },
  });
  expect(said(result)).toContain(
    `16 held leads wait for you longer than 2 working days. Release or turn them down:\\n• 11 leads of <${url}|Trade fair.csv>\\n• <${url}|Ada>, Ben &amp; Co, 3 more`,
  );
  expect(said(result)).toContain('Held leads decided: 4 released, 1 turned down.');
});

test('where nothing is held, the digest says nothing about it', () => {
  expect(said(digest())).not.toContain('held');
});

test('the reading says where to look first, and why', () => {
  const result = digest({
    flags: [
      flag('Trade fair', 'Mail bounced', 2),
      flag('Trade fair', 'Duplicate', 1),
      flag('Form', 'Spam', 1),
    ],
  });
  expect(said(result)).toContain('Look at first: *Trade fair* (3 flagged leads, mostly mail bounced).');
  expect(said(result)).toContain('Most often: Mail bounced (2).');
});

test('where two reasons, or two sources, are equal, none is said to stand out', () => {
  const result = digest({ flags: [flag('One', 'Too small', 2), flag('Two', 'No budget', 2)] });
  expect(said(result)).toContain('No reason stands out.');
  expect(said(result)).not.toContain('Look at first');
});

test('a source that is spelled in two ways is one, under its shorter name', () => {
  const posted = { form: 'Demo request', way: 'post' } as const;
  const result = digest({
    arrived: [
      { ...arrival('HubSpot: Demo request', 'A', 2), ...posted },
      arrival('demo request', 'A', 1),
      { ...arrival('HubSpot: Badge scans', 'D', 4), way: 'post' },
      arrival('Badge scans', 'D', 5),
    ],
    flags: [{ ...flag('HubSpot: Demo request', 'Spam', 2), ...posted }, flag('Demo request', 'Spam', 1)],
  });
  expect(result.sources.map((row) => [row.source, row.arrived, row.flagged])).toEqual([
    ['Demo request', 3, 3],
    ['Badge scans', 9, 0],
  ]);
});

test('what people call a source themselves may have a colon', () => {
  const result = digest({ arrived: [arrival('Webinar: Growth', 'B', 1), arrival('E-book: Growth', 'B', 1)] });
  expect(result.sources.map((row) => row.source)).toEqual(['E-book: Growth', 'Webinar: Growth']);
});

test('the table has four columns: a phone shows no more', () => {
  const flags = ['One', 'Two', 'Three'].map((reason, index) => flag('Form', reason, 1009 - index));
  const result = digest({ flags, arrived: [arrival('Quiet', 'A', 1)] });
  const table = renderDigest(result).blocks?.find((block) => block.type === 'data_table');
  expect(table).toMatchObject({
    caption: 'Why leads were flagged, by source',
    rows: [
      ['Source', 'Arrived', 'Flagged', 'Top reason'].map((text) => ({ text })),
      ['Form', '0', '3,024', 'One (1,009)'].map((text) => ({ text })),
      ['Quiet', '1', '0', '–'].map((text) => ({ text })),
    ],
  });
  expect(said(result)).toContain('*3,024 leads flagged as bad* (some arrived earlier).');
});

test('leads of lists are a line of their own and drown no figure', () => {
  const result = digest({
    arrived: [
      { ...arrival('Fair', 'D', 3000), way: 'import' },
      arrival('Call', 'D', 2),
      arrival('Call', 'A', 5),
    ],
  });
  expect(said(result)).toContain('7 leads arrived, none was closed. 3,000 came with lists.');
  expect(said(result)).toContain('*D*: 2 arrived, 3,000 came with lists, none closed');
  expect(said(result)).toContain('*A · Asked for us*: 5 arrived, none closed');
});

test('fewer than ten closed leads have no percentage', () => {
  const closed = (rank: string, leads: number) => ({
    rank,
    resolution: 'qualified' as const,
    leads,
    answered: leads,
  });
  const text = said(digest({ closed: [closed('A', 10), closed('B', 9)] }));
  expect(text).toContain('10 closed, 10 of them qualified (100%)');
  expect(text).toContain('9 closed, 9 of them qualified');
  expect(text.match(/%/g)).toHaveLength(1);
});

test('the sentence for the chart says how many sources it leaves out', () => {
  const flags = [1, 2, 3, 4, 5].map((times) => flag(`Source ${times}`, 'Spam', times));
  expect(said(digest({ flags }))).toContain('Source 3: Spam 3; and 2 more in the table.');
});

test('nobody is said to have got an answer in a week in which nothing was closed', () => {
  expect(said(digest())).toContain('No lead arrived, none was closed.');
  expect(said(digest())).not.toContain('got an answer');
});

test('marketing is asked for an answer in the weekly post only', () => {
  const question = 'what will you change this week?';
  expect(said(digest(), true)).toContain(question);
  expect(said(digest({ flags: [flag('Form', 'Spam', 1)] }), true)).toContain(question);
  expect(said(digest())).not.toContain(question);
});

test('every series of the chart covers every category, as Slack wants it', () => {
  const rendered = renderDigest(
    digest({ flags: [flag('One', 'Too small', 1), flag('Two', 'No budget', 2)] }),
  );
  expect(messageProblems({ ...rendered })).toEqual([]);
  expect(JSON.stringify(rendered.blocks)).toContain(
    'The chart in words: Two: No budget 2; One: Too small 1.',
  );
});

test('sources and reasons that begin alike keep different labels in the chart', () => {
  const flags = Array.from({ length: 12 }, (_, index) =>
    flag(`A campaign with a long name ${index}`, `A reason with many words ${index}`, index + 1),
  );
  const rendered = renderDigest(digest({ flags }));
  expect(messageProblems({ ...rendered })).toEqual([]);
  expect(JSON.stringify(rendered.blocks)).toContain('It has the 6 most flagged of 12 sources.');
});

test.each([
  // The clocks change in the first two.
  ['2026-10-27T12:00', '2026-10-21'],
  ['2026-03-31T00:30', '2026-03-25'],
  ['2026-11-10T10:00', '2026-11-04'],
])('the last seven days at %s begin on %s, today is the last of them', (now, first) => {
  const zone = 'Europe/Berlin';
  const to = localTime(zone, {
    date: now.slice(0, 10),
    minuteOfDay: Number(now.slice(11, 13)) * 60 + Number(now.slice(14)),
  });
  expect(wholeDays(zone, { from: to - 7 * DAY, to })).toEqual({
    from: startOfLocalDay(zone, first),
    to,
  });
});

test('a week stays as it is, whatever the clocks did in it', () => {
  const zone = 'Europe/Berlin';
  for (const [first, next] of [
    ['2026-10-19', '2026-10-26'],
    ['2026-03-23', '2026-03-30'],
  ] as const) {
    const week = { from: startOfLocalDay(zone, first), to: startOfLocalDay(zone, next) };
    expect(wholeDays(zone, week)).toEqual(week);
  }
});

test.each(hostileTexts)(
  'Slack accepts the digest, with chart and as text, of sources that say %s',
  (_what, text) => {
    const sources = Array.from({ length: 30 }, (_, index) => `${text.slice(0, 190).trim() || '-'}${index}`);
    const reasons = Array.from({ length: 25 }, (_, index) => `${text.slice(0, 55).trim() || '-'}${index}`);
    const url = 'https://acme.example/archives/C0LEADS/p1795000000000100';
    const rendered = renderDigest(
      digest(
        {
          arrived: sources.map((source) => arrival(source, 'A', 12)),
          flags: sources.flatMap((source, index) =>
            reasons.map((reason, place) => flag(source, reason, index + place + 1)),
          ),
          closed: [{ rank: 'A', resolution: 'qualified', leads: 9, answered: 3 }],
          unanswered: [1, 2, 3].map(() => ({ name: text, url, by: 'U0ALICE' })),
          gate: {
            late: 9,
            lists: [1, 2, 3].map((leads) => ({ fileName: text, leads, url })),
            oldest: [1, 2, 3].map(() => ({ name: text, url })),
            released: 3,
            turnedDown: 2,
          },
          rankLabels: { A: text.slice(0, 60) },
        },
        text.slice(0, 60).trim() || 'Sales',
      ),
      true,
    );
    expect(messageProblems({ ...rendered })).toEqual([]);
    expect(messageProblems({ text: rendered.text, blocks: rendered.classic })).toEqual([]);
    expect(callsIn(rendered)).toEqual([]);
  },
);
