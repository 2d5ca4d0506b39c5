import type { Rendered } from '../outbox/message.ts';
import { type Reader, rowItems } from '../queue/blocks.ts';
import type { QueueItem } from '../queue/queue.ts';
import { isSettled, type Row } from '../queue/settled.ts';
import { context, count, fittingParts, section } from '../slack/kit.ts';
import { whatWaits } from './today.ts';

/** So many leads come with their buttons. */
export const withButtons = 10;

export interface BriefView {
  /** What the brief named when it was sent, each in its place, still to do or done. */
  rows: readonly Row[];
  /** What else is for today. */
  others: readonly QueueItem[];
  /** Leads of which all planned attempts are made. */
  toClose: number;
  reader: Reader;
}

/** The day in one message; every click in it brings it up to date, and moves none of its rows. */
export function renderBrief({ rows, others, toClose, reader }: BriefView): Rendered {
  const shown = fittingParts(rowItems(rows.slice(0, withButtons), reader), {
    blocks: 2 * withButtons,
    letters: 7500,
  });
  const open = rows.flatMap((row) => (isSettled(row) ? [] : [row]));
  const hidden = rows.slice(shown.length).filter((row) => !isSettled(row));
  const left = [...open, ...others];
  const rest = hidden.length + others.length;
  const text = headline(left, rows.length - open.length);
  return {
    text,
    blocks: [
      section(`${left.length === 0 ? ':white_check_mark:' : ':sunrise:'} *${text}*`),
      ...shown.flat(),
      ...(rest > 0 ? [context(`And ${rest} more: \`/leads\` and the Home tab show them all.`)] : []),
      ...(toClose > 0
        ? [
            context(
              `${count(toClose, 'lead')} had all planned attempts: close ${toClose === 1 ? 'it' : 'them'} with a result, or keep going. \`/leads\` shows ${toClose === 1 ? 'it' : 'them'}.`,
            ),
          ]
        : []),
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
