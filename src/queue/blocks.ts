import type { Button, Overflow } from '@slack/types';
import { putOffText } from '../lead/due.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import {
  actions,
  button,
  context,
  count,
  escape,
  fittingParts,
  header,
  inSentence,
  line,
  rowBlock,
  section,
  user,
  when,
} from '../slack/kit.ts';
import { stepOf, stepWhen } from '../touch/agreed-step.ts';
import { bringBackButton, closeButton, contactLine, nextStepButton, touchButtons } from '../touch/blocks.ts';
import type { QueueItem, QueueReason, Urgency } from './queue.ts';
import { isSettled, type Row, type Settled } from './settled.ts';

/** How many leads one answer lists; the queue is for working from the top, not for reading to the end. */
export const shownInQueue = 15;

const reasonText: Record<QueueReason, (due: string, attempt: number, step: string) => string> = {
  late_reply: (due) => `:red_circle: :speech_balloon: they replied; your next step was due ${due}`,
  late_step: (due, _attempt, step) => `:red_circle: :calendar: next step was due ${due}: ${step}`,
  late_nudged: (due, attempt) => `:bell: attempt ${attempt} was due ${due}`,
  late_first_touch: (due) => `:red_circle: first touch was due ${due}`,
  late: (due, attempt) => `:red_circle: attempt ${attempt} was due ${due}`,
  replied: (due) => `:speech_balloon: they replied; your next step is due ${due}`,
  step_today: (due, _attempt, step) => `:calendar: next step due ${due}: ${step}`,
  first_touch: (due) => `:new: first touch due ${due}`,
  today: (due, attempt) => `attempt ${attempt} is due ${due}`,
  to_close: () => ':checkered_flag: all planned attempts made: close it with a result, or keep going',
  step_later: (due, _attempt, step) => `:calendar: next step ${due}: ${step}`,
  later: (due, attempt) => `attempt ${attempt} is due ${due}`,
};

/** Whose eyes it is for, and where the leads' cards are, by lead id. */
export interface Reader {
  userId: string;
  urls: ReadonlyMap<number, string>;
  /** Whether a click in the list brings it up to date: then each row says what was done with it. */
  isLive?: boolean;
  /** The list's name, where a click has to say in which it was. */
  list?: string;
}

/** Why it stands where it stands: `:bell: attempt 3 was due …`. */
function whyHere({ lead, reason, due, putOff }: QueueItem): string {
  if (putOff !== null) return `:zzz: ${inSentence(putOffText(lead, putOff))}`;
  const step = stepOf(lead);
  const at = step?.isAllDay ? stepWhen(step) : due === null ? '' : when(due);
  const attempt = lead.attempts + 1;
  return `${isBack(lead) ? ':leftwards_arrow_with_hook: back again · ' : ''}${reasonText[reason](at, attempt, line(step?.text ?? '', 100))}`;
}

/** Whether it was closed, or became a better lead, and has begun anew since. */
function isBack(lead: LeadRow): boolean {
  return lead.cadence_epoch > 1 && lead.attempts === 0;
}

/** One lead of a list with its one-click buttons. @param place `*1.*`, or nothing */
function leadItem(item: QueueItem, reader: Reader, place = ''): Blocks {
  const { lead, putOff } = item;
  return openRow(lead, reader, {
    place,
    what: whyHere(item),
    beside: storyButton(lead),
    more: [
      ...(lead.replied_at === null ? [] : [nextStepButton(lead), closeButton(lead)]),
      ...(putOff === null ? [] : [bringBackButton(lead, reader.isLive ?? false)]),
    ],
  });
}

export interface OpenRow {
  place?: string;
  /** What is to be done, for mrkdwn. */
  what: string;
  /** Stands beside the text. */
  beside: Button | Overflow;
  /** What can be done besides logging. */
  more?: readonly Button[];
}

/** A lead to be worked, in whatever list. */
export function openRow(
  lead: LeadRow,
  reader: Reader,
  { place = '', what, beside, more = [] }: OpenRow,
): Blocks {
  const { owner_id: owner } = lead;
  const whose = owner === null || owner === reader.userId ? '' : ` · for ${user(owner)}`;
  return [
    section(rowText(lead, reader, { place, whose, what }), beside),
    touchButtons(lead, reader.isLive ? rowBlock(lead.id, reader.list) : undefined, more),
  ];
}

/**
 * What one row of a list has become, in the place and as tall as it was: whoever clicks fast must not hit the next one's
 * buttons. It says what was done, and has the way back.
 */
export function settledItem({ lead, result, buttons }: Settled, reader: Reader, place = ''): Blocks {
  return [
    section(rowText(lead, reader, { place, whose: '', what: result })),
    actions([...buttons, storyButton(lead)], rowBlock(lead.id, reader.list)),
  ];
}

function rowText(
  lead: LeadRow,
  { urls }: Reader,
  { place, whose, what }: { place: string; whose: string; what: string },
): string {
  const url = urls.get(lead.id);
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  const rank = `${lead.rank}: ${escape(lead.rank_reason)}`;
  const contact = contactLine(lead);
  return `${place}${leadTitle(lead)} · ${rank} · ${line(lead.source, 60)}${whose}\n${what}${open}${contact === '' ? '' : `\n${contact}`}`;
}

/** The rows of a list that a person works from, in their places. */
export function rowItems(rows: readonly Row[], reader: Reader): Blocks[] {
  return rows.map((row, index) => rowItem(row, reader, `*${index + 1}.* `));
}

export function rowItem(row: Row, reader: Reader, place = ''): Blocks {
  return isSettled(row) ? settledItem(row, reader, place) : leadItem(row, reader, place);
}

export function storyButton(lead: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>) {
  return button('Story', 'story', { value: String(lead.id), label: `The story of ${leadName(lead)}` });
}

/** @param rows those that are shown, what was done since included */
export function renderQueue(
  items: readonly QueueItem[],
  reader: Reader,
  rows: readonly Row[] = items.slice(0, shownInQueue),
): Rendered {
  const shown = fittingParts(rowItems(rows, reader));
  const ids = new Set(rows.slice(0, shown.length).map(({ lead }) => lead.id));
  const rest = items.filter(({ lead }) => !ids.has(lead.id)).length;
  const summary = items.length === 0 ? 'All done.' : `${summaryOf(items)}.`;
  return {
    text: `My queue: ${summary}`,
    blocks: [
      header('My queue'),
      section(summary),
      ...shown.flat(),
      ...(rest > 0 ? [context(`${count(rest, 'more lead')} after these.`)] : []),
    ],
  };
}

/** `3 late, 1 due today, 4 later`. */
export function summaryOf(items: readonly QueueItem[]): string {
  const toClose = items.filter(({ reason }) => reason === 'to_close').length;
  const due = (urgency: Urgency): number => items.filter((item) => item.urgency === urgency).length;
  const counts: [number, string][] = [
    [due('late'), 'late'],
    [due('today'), 'due today'],
    [toClose, 'to close'],
    [due('later') - toClose, 'later'],
  ];
  return counts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])).join(', ');
}

/** Managers need not hold leads; they look after those of others. */
export function emptyQueue(manages: boolean): Rendered {
  const text = manages
    ? 'You hold no leads. `/standup` shows the team.'
    : 'Your queue is empty. New leads appear in your lead channel.';
  return { text: text.replaceAll('`', ''), blocks: [section(`:sparkles: ${text}`)] };
}
