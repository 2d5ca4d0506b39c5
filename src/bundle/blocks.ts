import { pastDayText } from '../calendar/date-text.ts';
import type { LeadRow } from '../db/schema.ts';
import { agreedText, snoozeMenu } from '../nudge/blocks.ts';
import { type AnswerCounts, whyNow } from '../nudge/why-now.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import { openRow, type Reader, settledItem, storyButton } from '../queue/blocks.ts';
import type { Looking, Settled } from '../queue/settled.ts';
import { context, count, fittingParts, inSentence, section } from '../slack/kit.ts';
import { attemptDots, attemptName } from '../touch/blocks.ts';
import type { NudgeData } from '../touch/nudge-slot.ts';

/** A lead in a message that asks for several. */
export interface BundleRow {
  lead: LeadRow;
  /** What was asked for. */
  nudge: NudgeData;
  planned: number;
  /** What has become of it; undefined while it is to be done. */
  settled: Settled | undefined;
}

export interface BundleView {
  /** Each in the place where it was asked for. */
  rows: readonly BundleRow[];
  answers: AnswerCounts;
  reader: Reader;
  looking: Looking;
}

/** So many leads come with the buttons that log. */
const withButtons = 10;

/**
 * Several leads in one direct message. No row moves: what is done, or put off, says so in its place. Of more open ones
 * than come with buttons the next follows at the end.
 */
export function renderBundle({ rows, answers, reader, looking }: BundleView): Rendered {
  const open = rows.filter(({ settled }) => !settled);
  const next = open[withButtons];
  const parts = rows
    .slice(0, next && rows.indexOf(next))
    .map((row) => (row.settled ? settledItem(row.settled, reader) : openItem(row, reader, looking)));
  const shown = fittingParts(parts);
  const rest = rows.slice(shown.length).filter(({ settled }) => !settled).length;
  const text = headline(open.length, rows.length);
  return {
    text,
    blocks: [
      section(`${open.length === 0 ? ':white_check_mark:' : ':bell:'} *${text}*${why(rows, answers)}`),
      ...shown.flat(),
      ...(rest > 0 ? [context(`And ${count(rest, 'more lead')}: \`/leads\` shows them all.`)] : []),
    ],
  };
}

function headline(open: number, all: number): string {
  if (open === 0)
    return all === 2 ? 'Both leads are settled. Thank you.' : `All ${all} leads are settled. Thank you.`;
  if (open === all) return `${count(all, 'lead')} ${all === 1 ? 'is' : 'are'} due`;
  return `${open} of ${all} leads ${open === 1 ? 'is' : 'are'} still due`;
}

/** Said once, for the lowest attempt that was asked for; done or not, as the rows below must not move. */
function why(rows: readonly BundleRow[], answers: AnswerCounts): string {
  const attempts = rows.flatMap(({ nudge, planned }) =>
    nudge.attempt > 1 ? [{ attempt: nudge.attempt, planned }] : [],
  );
  const [lowest] = attempts.sort((a, b) => a.attempt - b.attempt);
  return lowest === undefined
    ? ''
    : `\n${whyNow(lowest.attempt, Math.max(lowest.planned, lowest.attempt + 1), answers)}`;
}

function openItem(item: BundleRow, reader: Reader, looking: Looking): Blocks {
  const { lead, nudge } = item;
  const again = lead.ignored_at === null ? '' : ' · asked before';
  return openRow(lead, reader, {
    what: `${whatIsDue(item, looking)}${again}`,
    // Somebody who waits for an answer is not put off.
    beside: nudge.repliedAt === undefined ? snoozeMenu(nudge) : storyButton(lead),
  });
}

function whatIsDue({ lead, nudge, planned }: BundleRow, { zone, now }: Looking): string {
  if (nudge.stepAt !== undefined) return `:calendar: your next step: ${agreedText(lead, zone, now)}`;
  if (nudge.repliedAt !== undefined)
    return `:speech_balloon: replied on ${pastDayText(zone, nudge.repliedAt, now)} and still waits`;
  return `:bell: ${inSentence(attemptName(nudge.attempt))} ${attemptDots(nudge.attempt - 1, planned)}`;
}
