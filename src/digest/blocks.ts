import type { DataTableBlock } from '@slack/types';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { wallClock } from '../calendar/zone.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import { context, count, escape, header, line, section, truncate } from '../slack/kit.ts';
import type { Digest } from './digest.ts';

dayjs.extend(utc);

/** Slack's limits for charts, and what still reads well. */
const chartSources = 6;
const chartReasons = 6;
const tableSources = 20;

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

export function renderDigest(digest: Digest): Rendered {
  const days = periodText(digest);
  const totals = `${count(digest.arrived, 'lead')} arrived, ${digest.closed} closed, ${digest.qualified} of them qualified.`;
  const ghosted =
    digest.ghosted === 0
      ? 'Everybody whose lead was closed got an answer.'
      : `:ghost: ${count(digest.ghosted, 'prospect')} closed without an answer.`;
  const flags = digest.reasons.reduce((sum, row) => sum + row.flags, 0);
  const intro: Blocks = [
    header(`Leads for marketing: ${digest.teamName}`),
    section(`*${days}.* ${totals}\n${ghosted}`),
  ];
  const ranks: Blocks =
    digest.ranks.length === 0 ? [] : [section(`*What became of them, by rank*\n${rankLines(digest)}`)];
  if (flags === 0) {
    const none = section('No lead was flagged as bad.');
    return { text: `Lead digest, ${days}. ${totals}`, blocks: [...intro, none, ...ranks] };
  }
  const top = digest.reasons[0];
  const reading = `*${count(flags, 'time')} a rep said a lead was bad.* Most often: ${line(top?.reason ?? '')} (${top?.flags ?? 0}).`;
  return {
    text: `Lead digest, ${days}. ${totals} ${count(flags, 'bad-lead reason')}.`,
    blocks: [
      ...intro,
      section(reading),
      chart(digest),
      context(chartSentence(digest)),
      table(digest),
      ...ranks,
    ],
    classic: [...intro, section(`${reading}\n${barText(digest)}`), section(reasonText(digest)), ...ranks],
  };
}

/** `Mon 9 Nov to Sun 15 Nov`, in the team's zone. */
function periodText({ period, zone }: Digest): string {
  const day = (at: number): string => dayjs.utc(wallClock(zone, at)).format('ddd D MMM');
  return `${day(period.from)} to ${day(period.to - 1)}`;
}

/** One group of bars for each reason, one colour for each source; all covered by all, as Slack wants it. */
function chart(digest: Digest): DataVisualizationBlock {
  const reasons = digest.reasons.slice(0, chartReasons).map((row) => row.reason);
  const labels = uniqueLabels(reasons);
  const flagged = digest.sources.filter((row) => row.flags > 0).slice(0, chartSources);
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
      axis_config: { categories: labels, x_label: 'Reason', y_label: 'Leads' },
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

/** What the chart shows, for those who can't see it. */
function chartSentence(digest: Digest): string {
  const parts = digest.sources
    .filter((row) => row.flags > 0)
    .slice(0, 3)
    .map((row) => {
      const top = [...row.reasons].sort((a, b) => b[1] - a[1])[0];
      return `${line(row.source, 60)}: ${row.flags}, mostly ${line(top?.[0] ?? '', 60)}`;
    });
  return `The chart in words: ${parts.join('; ')}.`;
}

function table(digest: Digest): DataTableBlock {
  const reasons = digest.reasons.slice(0, chartReasons);
  const text = (value: string) => ({ type: 'raw_text' as const, text: truncate(value, 60) });
  const number = (value: number) => ({ type: 'raw_number' as const, value, text: String(value) });
  return {
    type: 'data_table',
    caption: 'Bad-lead reasons by source',
    page_size: 10,
    rows: [
      [text('Source'), text('Arrived'), text('Bad'), ...reasons.map((row) => text(row.reason))],
      ...digest.sources
        .slice(0, tableSources)
        .map((row) => [
          text(row.source),
          number(row.arrived),
          number(row.flags),
          ...reasons.map(({ reason }) => number(row.reasons.get(reason) ?? 0)),
        ]),
    ],
  };
}

/** The chart in plain characters. */
function barText(digest: Digest): string {
  const most = digest.reasons[0]?.flags ?? 1;
  const rows = digest.reasons
    .slice(0, 10)
    .map(
      (row) =>
        `${truncate(row.reason, 30).padEnd(30)} ${'█'.repeat(Math.ceil((row.flags / most) * 20))} ${row.flags}`,
    );
  return codeBlock(rows);
}

function reasonText(digest: Digest): string {
  const rows = digest.sources.slice(0, tableSources).map((row) => {
    const reasons = [...row.reasons].map(([reason, flags]) => `${reason} ${flags}`).join(', ');
    return `${truncate(row.source, 30).padEnd(30)} ${String(row.arrived).padStart(3)} arrived, ${row.flags} bad${reasons === '' ? '' : `: ${reasons}`}`;
  });
  return `*By source*\n${codeBlock(rows)}`;
}

function codeBlock(rows: readonly string[]): string {
  return `\`\`\`\n${escape(truncate(rows.join('\n').replaceAll('```', "'''"), 2500))}\n\`\`\``;
}

function rankLines(digest: Digest): string {
  return digest.ranks
    .map((row) => {
      const share = row.closed === 0 ? '' : ` (${Math.round((100 * row.qualified) / row.closed)}%)`;
      return `*${escape(row.rank)}*  ${row.arrived} arrived · ${row.closed} closed · ${row.qualified} qualified${share}`;
    })
    .join('\n');
}
