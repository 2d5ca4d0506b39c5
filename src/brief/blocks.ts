import type { Rendered } from '../outbox/message.ts';
import { leadItem, type Reader } from '../queue/blocks.ts';
import type { QueueItem } from '../queue/queue.ts';
import { context, count, fittingParts, section } from '../slack/kit.ts';
import { whatWaits } from './today.ts';

/** So many leads come with their buttons, and so many that are done are named. */
export const withButtons = 10;
const doneNamed = 15;

export interface BriefView {
  /** What is still to do of what the brief named, in the order of the queue. */
  open: readonly QueueItem[];
  /** What is not, each in a line of mrkdwn. */
  done: readonly string[];
  /** What else is for today. */
  others: readonly QueueItem[];
  /** Leads of which all planned attempts are made. */
  toClose: number;
  reader: Reader;
}

/** The day in one message; every click in it brings it up to date. */
export function renderBrief({ open, done, others, toClose, reader }: BriefView): Rendered {
  const shown = fittingParts(
    open.slice(0, withButtons).map((item, index) => leadItem(item, reader, `*${index + 1}.* `)),
    { blocks: 2 * withButtons, letters: 7500 },
  );
  const left = [...open, ...others];
  const rest = left.length - shown.length;
  const text = headline(left, done.length);
  return {
    text,
    blocks: [
      section(`${left.length === 0 ? ':white_check_mark:' : ':sunrise:'} *${text}*`),
      ...shown.flat(),
      ...(rest > 0 ? [context(`And ${rest} more: \`/leads\` and the Home tab show them all.`)] : []),
      ...(toClose > 0
        ? [
            context(
              `${count(toClose, 'lead')} had all planned attempts: close ${toClose === 1 ? 'it' : 'them'} with a result, or keep going.`,
            ),
          ]
        : []),
      ...(done.length === 0 ? [] : [section(doneText(done))]),
    ],
  };
}

/** `7 for today: 2 late, 1 reply waits`, later `3 of 7 left for today`. */
function headline(left: readonly QueueItem[], done: number): string {
  if (left.length === 0) return 'All of today’s leads are done. Thank you.';
  const waits = whatWaits(left);
  const all = left.length + done;
  const what = done === 0 ? `${all} for today` : `${left.length} of ${all} left for today`;
  return waits === '' ? what : `${what}: ${waits}`;
}

function doneText(done: readonly string[]): string {
  const rest = done.length - doneNamed;
  return [...done.slice(0, doneNamed), ...(rest > 0 ? [`And ${rest} more.`] : [])].join('\n');
}
