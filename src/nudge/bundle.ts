import { weekdayText } from '../calendar/date-text.ts';
import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import { context, count, fittingParts, inSentence, section, user } from '../slack/kit.ts';
import { attemptDots, attemptName, bringBackButton, contactLine, touchButtons } from '../touch/blocks.ts';
import type { NudgeData } from '../touch/nudge-slot.ts';
import { agreedText, snoozeMenu } from './blocks.ts';
import { movedText, outcomeLine, outcomeText } from './outcome-text.ts';
import { type AnswerCounts, whyNow } from './why-now.ts';

/** One lead in a message that asks for several. */
export interface BundleItem {
  lead: LeadRow;
  nudge: NudgeData;
  planned: number;
  /** Who is asked about it now, where that is no longer the reader; null where it is nobody. */
  movedTo?: string | null;
  isOpen: boolean;
  deputyFor: string | null;
  url: string | undefined;
  zone: string;
}

/** So many leads come with buttons, and so many settled ones are named. */
const withButtons = 10;
const settledNamed = 15;

/** Several leads in one direct message: what is open with its buttons, what is settled in a line. @param items at least one */
export function bundle(items: readonly BundleItem[], answers: AnswerCounts, now: number): Rendered {
  const open = items.filter(({ isOpen, movedTo }) => isOpen && movedTo === undefined);
  const settled = items.filter((item) => !open.includes(item));
  const shown = fittingParts(open.slice(0, withButtons).map(openBlocks), {
    blocks: 2 * withButtons,
    letters: 7500,
  });
  const rest = open.length - shown.length;
  const text = headline(open.length, items.length);
  return {
    text,
    blocks: [
      section(`${open.length === 0 ? ':white_check_mark:' : ':bell:'} *${text}*${why(open, answers)}`),
      ...shown.flat(),
      ...(rest > 0
        ? [context(`And ${count(rest, 'more lead')}: \`/leads\` shows them all, and they move up here.`)]
        : []),
      ...settledBlocks(settled, now),
    ],
  };
}

function headline(open: number, all: number): string {
  if (open === 0)
    return all === 2 ? 'Both leads are settled. Thank you.' : `All ${all} leads are settled. Thank you.`;
  if (open === all) return `${count(all, 'lead')} ${all === 1 ? 'is' : 'are'} due`;
  return `${open} of ${all} leads ${open === 1 ? 'is' : 'are'} still due`;
}

/** Said once, for the lowest attempt of those that are open. */
function why(open: readonly BundleItem[], answers: AnswerCounts): string {
  const attempts = open.flatMap(({ nudge, planned }) =>
    nudge.attempt > 1 ? [{ attempt: nudge.attempt, planned }] : [],
  );
  const [lowest] = attempts.sort((a, b) => a.attempt - b.attempt);
  return lowest === undefined
    ? ''
    : `\n${whyNow(lowest.attempt, Math.max(lowest.planned, lowest.attempt + 1), answers)}`;
}

function openBlocks(item: BundleItem): Blocks {
  const { lead, nudge } = item;
  const link = item.url === undefined ? '' : `  <${item.url}|Open card>`;
  const whose = item.deputyFor === null ? '' : ` · for ${user(item.deputyFor)}`;
  const again = lead.ignored_at === null ? '' : ' · asked before';
  const contact = contactLine(lead);
  const text = `${leadTitle(lead)} · ${whatIsDue(item)}${whose}${again}${link}${contact === '' ? '' : `\n${contact}`}`;
  // Somebody who waits for an answer is not put off.
  const menu = nudge.repliedAt === undefined ? snoozeMenu(nudge) : undefined;
  return [section(text, menu), touchButtons(lead)];
}

function whatIsDue({ lead, nudge, planned, zone }: BundleItem): string {
  if (nudge.stepAt !== undefined) return `your next step: ${agreedText(lead, zone)}`;
  if (nudge.repliedAt !== undefined)
    return `:speech_balloon: replied on ${weekdayText(zone, nudge.repliedAt)} and still waits`;
  return `${inSentence(attemptName(nudge.attempt))} ${attemptDots(nudge.attempt - 1, planned)}`;
}

/** A line for each; what is put off comes first, with the way back. */
function settledBlocks(items: readonly BundleItem[], now: number): Blocks {
  const putOff = items.filter((item) => isPutOff(item, now)).slice(0, withButtons);
  const sorted = [...putOff, ...items.filter((item) => !putOff.includes(item))];
  const parts = sorted.slice(0, settledNamed).map((item) => {
    const back = putOff.includes(item) ? bringBackButton(item.lead) : undefined;
    return [section(settledLine(item, now), back)];
  });
  const shown = fittingParts(parts, { blocks: settledNamed, letters: 2900 }).flat();
  const rest = items.length - shown.length;
  const lines = [
    ...shown.slice(putOff.length).map(({ text }) => text?.text),
    ...(rest > 0 ? [`And ${count(rest, 'more lead')}.`] : []),
  ];
  return [...shown.slice(0, putOff.length), ...(lines.length === 0 ? [] : [section(lines.join('\n'))])];
}

function isPutOff({ lead, nudge, movedTo }: BundleItem, now: number): boolean {
  return outcomeText(lead, nudge, now, movedTo).isPutOff;
}

function settledLine({ lead, nudge, movedTo, isOpen }: BundleItem, now: number): string {
  if (!isOpen || movedTo === undefined) return outcomeLine(leadTitle(lead), lead, nudge, now, movedTo);
  return `:handshake: ${leadTitle(lead)} · ${movedText(lead, movedTo)}`;
}
