import { leadTitle, permalink } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { context, count, escape, fitting, header, line, section, when } from '../slack/kit.ts';
import type { QueueItem, QueueReason } from './queue.ts';

/** How many leads one answer lists; the queue is for working from the top, not for reading to the end. */
export const shownInQueue = 15;

const reasonText: Record<QueueReason, (due: string, attempt: number) => string> = {
  late_nudged: (due, attempt) => `:bell: attempt ${attempt} was due ${due}`,
  first_touch: (due) => `:new: first touch by ${due}`,
  late: (due, attempt) => `:red_circle: attempt ${attempt} was due ${due}`,
  today: (due, attempt) => `attempt ${attempt} is due ${due}`,
  replied: (due) => `:speech_balloon: they replied; your next step by ${due}`,
  to_close: () => ':checkered_flag: all planned attempts made: close it with a result, or keep going',
  later: (due, attempt) => `attempt ${attempt} is due ${due}`,
};

export function renderQueue(
  items: readonly QueueItem[],
  cards: ReadonlyMap<number, { channelId: string; ts: string }>,
  workspaceUrl: string,
): Rendered {
  if (items.length === 0) {
    const text = 'Your queue is empty. New leads appear in your lead channel.';
    return { text, blocks: [section(`:sparkles: ${text}`)] };
  }
  const rows = items.slice(0, shownInQueue).map(({ lead, reason }, index) => {
    const card = cards.get(lead.id);
    const open = card ? `  <${permalink(workspaceUrl, card.channelId, card.ts)}|Open card>` : '';
    const due = lead.next_attempt_at === null ? '' : when(lead.next_attempt_at);
    const rank = `${lead.rank}: ${escape(lead.rank_reason)}`;
    return section(
      `*${index + 1}.* ${leadTitle(lead)} · ${rank} · ${line(lead.source, 60)}\n${reasonText[reason](due, lead.attempts + 1)}${open}`,
    );
  });
  const shown = fitting(rows);
  const rest = items.length - shown.length;
  const summary = `You hold ${count(items.length, 'open lead')}. Work from the top.`;
  return {
    text: summary,
    blocks: [
      header('My queue'),
      section(summary),
      ...shown,
      ...(rest > 0 ? [context(`${count(rest, 'more lead')} after these.`)] : []),
    ],
  };
}

export const helpText = [
  '*What you can type*',
  '`/leads` your queue, in the order to work it',
  '`/leads digest` the last seven days for marketing: why leads were bad, what became of them',
  '`/leads setup` in a lead channel: roster, managers, marketing channel, routing, working hours',
  '`/leads help` this text',
  '`/standup` for managers: who is late on which attempt, what is untouched, what was resolved',
  '',
  'Everything else is on the lead’s card: claim it, log a touch, say why it is bad, close it.',
].join('\n');
