import { counted, numberOf } from '../gate/numbers.ts';
import { inSentence, line } from '../slack/kit.ts';
import type { Digest, SourceRow } from './digest.ts';

/** How many sources the sentence under the chart names; the table has the rest. */
const spokenSources = 3;

/** What the numbers say, before anybody has to read a chart. For a week with flagged leads. */
export function readingOf(digest: Digest): string {
  const sentences = [
    `*${counted(digest.flagged, 'lead')} flagged as bad*${earlier(digest)}. ${mostOften(digest)}`,
  ];
  const [first, second] = digest.sources;
  if (first && (first.flagged > 1 || digest.flagged === 1) && first.flagged > (second?.flagged ?? 0)) {
    sentences.push(`Look at first: *${line(first.source, 80)}* (${flaggedText(first)}).`);
  }
  return sentences.join('\n');
}

/** More flagged than arrived looks like a mistake in the numbers. */
function earlier({ sources }: Digest): string {
  return sources.some((row) => row.flagged > row.arrived) ? ' (some arrived earlier)' : '';
}

/** What the chart shows, for those who can't see it. @param shown how many sources the chart has at most */
export function chartSentence(digest: Digest, shown: number): string {
  const flagged = digest.sources.filter((row) => row.flagged > 0);
  const parts = flagged.slice(0, spokenSources).map((row) => {
    const reasons = [...row.reasons]
      .slice(0, 2)
      .map(([reason, times]) => `${line(reason, 40)} ${numberOf(times)}`);
    return `${line(row.source, 40)}: ${reasons.join(', ')}`;
  });
  const others = flagged.length - parts.length;
  const more = others > 0 ? `; and ${numberOf(others)} more in the table` : '';
  const rest =
    flagged.length > shown ? ` It has the ${shown} most flagged of ${numberOf(flagged.length)} sources.` : '';
  return `The chart in words: ${parts.join('; ')}${more}.${rest}`;
}

function mostOften({ reasons }: Digest): string {
  const [first, second] = reasons;
  if (first && !second) return `The reason: ${line(first.reason)}.`;
  if (!first || first.flags === second?.flags) return 'No reason stands out.';
  return `Most often: ${line(first.reason)} (${numberOf(first.flags)}).`;
}

function flaggedText({ flagged, reasons }: SourceRow): string {
  const leads = counted(flagged, 'flagged lead');
  const [first, second] = reasons;
  if (!first || first[1] === second?.[1]) return leads;
  return `${leads}, ${second ? 'mostly ' : ''}${line(inSentence(first[0]), 60)}`;
}
