import { leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { context, count, escape, fitting, header, line, section, when } from '../slack/kit.ts';
import type { QueueItem, QueueReason, Urgency } from './queue.ts';

/** How many leads one answer lists; the queue is for working from the top, not for reading to the end. */
export const shownInQueue = 15;

const reasonText: Record<QueueReason, (due: string, attempt: number, step: string) => string> = {
  late_reply: (due) => `:red_circle: :speech_balloon: they replied; your next step was due ${due}`,
  late_step: (due, _attempt, step) => `:red_circle: :calendar: next step was due ${due}: ${step}`,
  late_nudged: (due, attempt) => `:bell: attempt ${attempt} was due ${due}`,
  late_first_touch: (due) => `:red_circle: first touch was due ${due}`,
  first_touch: (due) => `:new: first touch by ${due}`,
  late: (due, attempt) => `:red_circle: attempt ${attempt} was due ${due}`,
  replied: (due) => `:speech_balloon: they replied; your next step by ${due}`,
  step_today: (due, _attempt, step) => `:calendar: next step by ${due}: ${step}`,
  today: (due, attempt) => `attempt ${attempt} is due ${due}`,
  to_close: () => ':checkered_flag: all planned attempts made: close it with a result, or keep going',
  step_later: (due, _attempt, step) => `:calendar: next step ${due}: ${step}`,
  later: (due, attempt) => `attempt ${attempt} is due ${due}`,
};

/** @param urls of the shown leads' cards, by lead id */
export function renderQueue(items: readonly QueueItem[], urls: ReadonlyMap<number, string>): Rendered {
  const rows = items.slice(0, shownInQueue).map(({ lead, reason }, index) => {
    const url = urls.get(lead.id);
    const open = url === undefined ? '' : `  <${url}|Open card>`;
    const due = lead.next_attempt_at === null ? '' : when(lead.next_attempt_at);
    const rank = `${lead.rank}: ${escape(lead.rank_reason)}`;
    return section(
      `*${index + 1}.* ${leadTitle(lead)} · ${rank} · ${line(lead.source, 60)}\n${reasonText[reason](due, lead.attempts + 1, line(lead.next_step ?? '', 100))}${open}`,
    );
  });
  const shown = fitting(rows);
  const rest = items.length - shown.length;
  const summary = summaryOf(items);
  return {
    text: `My queue: ${summary}`,
    blocks: [
      header('My queue'),
      section(summary),
      ...shown,
      ...(rest > 0 ? [context(`${count(rest, 'more lead')} after these.`)] : []),
    ],
  };
}

/** `3 late, 1 due today, 4 later.` */
function summaryOf(items: readonly QueueItem[]): string {
  const toClose = items.filter(({ reason }) => reason === 'to_close').length;
  const due = (urgency: Urgency): number => items.filter((item) => item.urgency === urgency).length;
  const counts: [number, string][] = [
    [due('late'), 'late'],
    [due('today'), 'due today'],
    [toClose, 'to close'],
    [due('later') - toClose, 'later'],
  ];
  const parts = counts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`]));
  return `${parts.join(', ')}.`;
}

/** Managers need not hold leads; they look after those of others. */
export function emptyQueue(manages: boolean): Rendered {
  const text = manages
    ? 'You hold no leads. `/standup` shows the team.'
    : 'Your queue is empty. New leads appear in your lead channel.';
  return { text: text.replaceAll('`', ''), blocks: [section(`:sparkles: ${text}`)] };
}

export const helpText = [
  '*What you can type*',
  '`/leads` your queue, in the order to work it',
  '`/leads add` a lead you met or heard of; you can type it right behind: `/leads add Ada Lovelace, ada@analytical.example`',
  '`/leads import` a list from a CSV file: you see what I read before anything is imported',
  '`/leads away until friday` no new leads for you until then; `/leads back` ends it. Managers: `/leads away @person`',
  '`/leads why LEAD` why a lead is where it is: its number, or a part of its name or mail address',
  '`/leads digest` the last seven days for marketing: why leads were bad, what became of them',
  '`/leads setup` in a lead channel: roster, managers, marketing channel, routing, working hours',
  '`/leads help` this text',
  '`/standup` for managers: who is late on which attempt, what is untouched, what was resolved',
  '',
  'Everything else is on the lead’s card: claim it, log a touch, say why it is bad, close it.',
].join('\n');
