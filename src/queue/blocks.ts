import { leadName, leadTitle } from '../lead/lead.ts';
import type { LeadRow } from '../db/schema.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import {
  button,
  context,
  count,
  escape,
  fittingParts,
  header,
  line,
  section,
  user,
  when,
} from '../slack/kit.ts';
import { contactLine, touchButtons } from '../touch/blocks.ts';
import type { QueueItem, QueueReason, Urgency } from './queue.ts';

/** How many leads one answer lists; the queue is for working from the top, not for reading to the end. */
export const shownInQueue = 15;

const reasonText: Record<QueueReason, (due: string, attempt: number, step: string) => string> = {
  late_reply: (due) => `:red_circle: :speech_balloon: they replied; your next step was due ${due}`,
  late_step: (due, _attempt, step) => `:red_circle: :calendar: next step was due ${due}: ${step}`,
  late_nudged: (due, attempt) => `:bell: attempt ${attempt} was due ${due}`,
  late_first_touch: (due) => `:red_circle: first touch was due ${due}`,
  late: (due, attempt) => `:red_circle: attempt ${attempt} was due ${due}`,
  replied: (due) => `:speech_balloon: they replied; your next step by ${due}`,
  step_today: (due, _attempt, step) => `:calendar: next step by ${due}: ${step}`,
  first_touch: (due) => `:new: first touch by ${due}`,
  today: (due, attempt) => `attempt ${attempt} is due ${due}`,
  to_close: () => ':checkered_flag: all planned attempts made: close it with a result, or keep going',
  step_later: (due, _attempt, step) => `:calendar: next step ${due}: ${step}`,
  later: (due, attempt) => `attempt ${attempt} is due ${due}`,
};

/** Whose eyes it is for, and where the leads' cards are, by lead id. */
export interface Reader {
  userId: string;
  urls: ReadonlyMap<number, string>;
}

/** Why it stands where it stands: `:bell: attempt 3 was due …`. */
export function whyHere({ lead, reason, due, urgency }: QueueItem): string {
  const at = due === null ? '' : when(due);
  const [attempt, step] = [lead.attempts + 1, line(lead.next_step ?? '', 100)];
  if (urgency === 'late' || due === null || due !== lead.snoozed_until)
    return `${isBack(lead) ? ':leftwards_arrow_with_hook: back again · ' : ''}${reasonText[reason](at, attempt, step)}`;
  const what = lead.step_due_at === null ? `attempt ${attempt}` : `next step (${step})`;
  return `:zzz: ${what} is put off until ${at}`;
}

/** Whether it was closed, or became a better lead, and has begun anew since. */
function isBack(lead: LeadRow): boolean {
  return lead.cadence_epoch > 1 && lead.attempts === 0;
}

/** One lead of a list with its one-click buttons. @param place `*1.*`, or nothing */
export function leadItem(item: QueueItem, { userId, urls }: Reader, place = ''): Blocks {
  const { lead } = item;
  const url = urls.get(lead.id);
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  const rank = `${lead.rank}: ${escape(lead.rank_reason)}`;
  const contact = contactLine(lead);
  const whose = lead.owner_id === null || lead.owner_id === userId ? '' : ` · for ${user(lead.owner_id)}`;
  return [
    section(
      `${place}${leadTitle(lead)} · ${rank} · ${line(lead.source, 60)}${whose}\n${whyHere(item)}${open}${contact === '' ? '' : `\n${contact}`}`,
      storyButton(lead),
    ),
    touchButtons(lead),
  ];
}

export function storyButton(lead: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>) {
  return button('Story', 'story', { value: String(lead.id), label: `The story of ${leadName(lead)}` });
}

export function renderQueue(items: readonly QueueItem[], reader: Reader): Rendered {
  const parts = items.slice(0, shownInQueue).map((item, index) => leadItem(item, reader, `*${index + 1}.* `));
  const shown = fittingParts(parts);
  const rest = items.length - shown.length;
  const summary = `${summaryOf(items)}.`;
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
