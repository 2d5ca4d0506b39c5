import type { DataTableBlock } from '@slack/types';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { wallClock } from '../calendar/zone.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import { counted, numberOf } from '../gate/numbers.ts';
import { context, escape, header, line, section, truncate, user } from '../slack/kit.ts';
import type { Digest, RankRow, SourceRow, UnansweredName } from './digest.ts';
import { chartSentence, readingOf } from './reading.ts';

dayjs.extend(utc);

/** Slack's limits for charts, and what still reads well. */
const chartSources = 6;
const chartReasons = 6;
const tableSources = 20;
/** A share of fewer closed leads says nothing. */
const leadsForShare = 10;

/** Slack's chart block; `@slack/types` 3.2 does not have it yet. */
interface DataVisualizationBlock {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; x_label: string; y_label: string };
  };
}

/** @param weekly the post of the week: it ends with the question to marketing, whose answers go in its thread */
export function renderDigest(digest: Digest, weekly = false): Rendered {
  const days = periodText(digest);
  const totals = totalsText(digest);
  const intro: Blocks = [
    header(`Leads for marketing: ${digest.teamName}`),
    section([`*${days}.* ${totals}`, ...unansweredText(digest), ...gateText(digest)].join('\n')),
  ];
  const end: Blocks = [
    ...(digest.ranks.length === 0 ? [] : [section(rankText(digest))]),
    ...(weekly ? [section('*Marketing: what will you change this week?* Answer in this thread.')] : []),
  ];
  if (digest.flagged === 0) {
    const none = section('No lead was flagged as bad.');
    return { text: `Lead digest, ${days}. ${totals}`, blocks: [...intro, none, ...end] };
  }
  const reading = readingOf(digest);
  return {
    text: `Lead digest, ${days}. ${totals} ${counted(digest.flagged, 'lead')} flagged as bad.`,
    blocks: [
      ...intro,
      section(reading),
      chart(digest),
      context(chartSentence(digest, chartSources)),
      table(digest),
      ...end,
    ],
    classic: [...intro, section(`${reading}\n${barText(digest)}`), section(sourceText(digest)), ...end],
  };
}

/** `Mon 9 Nov to Sun 15 Nov`, in the team's zone. */
function periodText({ period, zone }: Digest): string {
  const day = (at: number): string => dayjs.utc(wallClock(zone, at)).format('ddd D MMM');
  return `${day(period.from)} to ${day(period.to - 1)}`;
}

function totalsText({ arrived, listed, closed, qualified }: Digest): string {
  const lists = listed === 0 ? '' : ` ${numberOf(listed)} came with lists.`;
  const came = arrived === 0 ? 'No lead arrived' : `${counted(arrived, 'lead')} arrived`;
  if (closed === 0) return `${came}, none was closed.${lists}`;
  return `${came}, ${closedText(closed, qualified)}.${lists}`;
}

function closedText(closed: number, qualified: number): string {
  return `${numberOf(closed)} closed, ${qualified === 0 ? 'none' : numberOf(qualified)} of them qualified`;
}

function unansweredText({ closed, unanswered }: Digest): string[] {
  if (closed === 0) return [];
  if (unanswered.leads === 0) return ['Everybody whose lead was closed got an answer.'];
  const who = whoText(unanswered.leads, unanswered.named);
  return [`:ghost: ${counted(unanswered.leads, 'prospect')} closed without an answer${who}.`];
}

/** What waits for marketing too long, and what marketing has decided. */
function gateText({ gate, qualifyWithin }: Digest): string[] {
  const { late, released, turnedDown } = gate;
  const wait = `${late === 1 ? 'waits' : 'wait'} for you longer than ${qualifyWithin}`;
  const todo = `Release or turn ${late === 1 ? 'it' : 'them'} down:`;
  return [
    ...(late === 0 ? [] : [`:hourglass: ${counted(late, 'held lead')} ${wait}. ${todo}`, ...lateText(gate)]),
    ...(released + turnedDown === 0
      ? []
      : [`Held leads decided: ${numberOf(released)} released, ${numberOf(turnedDown)} turned down.`]),
  ];
}

/** One line for each list, and one for all others. */
function lateText({ late, lists, oldest }: Digest['gate']): string[] {
  const ofLists = lists.map(({ fileName, leads, url }) => {
    const name = line(fileName, 80);
    return `• ${counted(leads, 'lead')} of ${url === null ? `*${name}*` : `<${url}|${name}>`}`;
  });
  const others = late - lists.reduce((sum, { leads }) => sum + leads, 0);
  if (others <= 0) return ofLists;
  const who = whoText(others, oldest).replace(/^: /, '');
  return [...ofLists, `• ${who === '' ? counted(others, 'lead') : who}`];
}

/** `: <link|Ada> (by @Alice), Ben, 3 more`, or nothing where nobody is named. */
function whoText(
  leads: number,
  named: readonly (Omit<UnansweredName, 'by'> & { by?: string | null })[],
): string {
  if (named.length === 0) return '';
  const names = named.map(({ name, url, by = null }) => {
    const who = url === null ? line(name, 80) : `<${url}|${line(name, 80)}>`;
    return by === null ? who : `${who} (by ${user(by)})`;
  });
  const rest = leads - named.length;
  return `: ${[...names, ...(rest > 0 ? [`${numberOf(rest)} more`] : [])].join(', ')}`;
}

/** One group of bars for each reason, one colour for each source; all covered by all, as Slack wants it. */
function chart(digest: Digest): DataVisualizationBlock {
  const reasons = digest.reasons.slice(0, chartReasons).map((row) => row.reason);
  const labels = uniqueLabels(reasons);
  const flagged = digest.sources.slice(0, chartSources).filter((row) => row.flagged > 0);
  const names = uniqueLabels(flagged.map((row) => row.source));
  return {
    type: 'data_visualization',
    title: 'Why leads were bad, by source',
    chart: {
      type: 'bar',
      series: flagged.map((row, index) => ({
        name: names[index] ?? '',
        data: reasons.map((reason, place) => ({
          label: labels[place] ?? '',
          value: row.reasons.get(reason) ?? 0,
        })),
      })),
      axis_config: { categories: labels, x_label: 'Reason', y_label: 'Times given' },
    },
  };
}

/** Slack cuts nothing: labels have 20 characters at most and must differ. */
function uniqueLabels(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const short = truncate(text, 20);
    const times = (seen.get(short) ?? 0) + 1;
    seen.set(short, times);
    return times === 1 ? short : `${truncate(text, 17)} ${times}`;
  });
}

/** Few columns, so that a phone shows them all; how often each reason was given is in the chart. */
function table({ sources }: Digest): DataTableBlock {
  const text = (value: string) => ({ type: 'raw_text' as const, text: truncate(value, 60) });
  const number = (value: number) => ({ type: 'raw_number' as const, value, text: numberOf(value) });
  const { length } = sources;
  const some = length > tableSources ? ` (${tableSources} of ${numberOf(length)})` : '';
  return {
    type: 'data_table',
    caption: `Why leads were flagged, by source${some}`,
    page_size: 10,
    rows: [
      ['Source', 'Arrived', 'Flagged', 'Top reason'].map(text),
      ...sources
        .slice(0, tableSources)
        .map((row) => [text(row.source), number(row.arrived), number(row.flagged), text(topReason(row))]),
    ],
  };
}

function topReason({ reasons }: SourceRow): string {
  const [first] = reasons;
  return first === undefined ? '–' : `${truncate(first[0], 50)} (${numberOf(first[1])})`;
}

/** The chart in plain characters. */
function barText(digest: Digest): string {
  const most = digest.reasons[0]?.flags ?? 1;
  const rows = digest.reasons
    .slice(0, 10)
    .map(
      (row) =>
        `${truncate(row.reason, 30).padEnd(30)} ${'█'.repeat(Math.ceil((row.flags / most) * 20))} ${numberOf(row.flags)}`,
    );
  return codeBlock(rows);
}

/** The table in plain characters. */
function sourceText(digest: Digest): string {
  const rows = digest.sources.slice(0, tableSources).map((row) => {
    const reasons = [...row.reasons].map(([reason, times]) => `${reason} ${numberOf(times)}`).join(', ');
    return `${truncate(row.source, 30).padEnd(30)} ${numberOf(row.arrived).padStart(3)} arrived, ${numberOf(row.flagged)} flagged${reasons === '' ? '' : `: ${reasons}`}`;
  });
  return `*By source*, flagged leads that arrived earlier included\n${codeBlock(rows)}`;
}

function codeBlock(rows: readonly string[]): string {
  return `\`\`\`\n${escape(truncate(rows.join('\n').replaceAll('```', "'''"), 2500))}\n\`\`\``;
}

function rankText(digest: Digest): string {
  const rows = digest.ranks.map((row) => {
    const name = row.label === null ? row.rank : `${row.rank} · ${row.label}`;
    return `*${line(name, 80)}*: ${cameText(row)}, ${endedText(row)}`;
  });
  return `*By rank.* Closed this week (some arrived earlier).\n${rows.join('\n')}`;
}

function cameText({ arrived, listed }: RankRow): string {
  if (listed === 0) return `${numberOf(arrived)} arrived`;
  return `${arrived === 0 ? '' : `${numberOf(arrived)} arrived, `}${numberOf(listed)} came with lists`;
}

function endedText({ closed, qualified }: RankRow): string {
  if (closed === 0) return 'none closed';
  const share = closed < leadsForShare ? '' : ` (${Math.round((100 * qualified) / closed)}%)`;
  return `${closedText(closed, qualified)}${share}`;
}
