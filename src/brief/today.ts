import type { QueueItem } from '../queue/queue.ts';

/** What of a queue belongs into the brief of the day: whatever is late or due, and everybody who waits for an answer. */
export function forToday(items: readonly QueueItem[]): QueueItem[] {
  return items.filter(({ urgency, reason }) => urgency !== 'later' || reason === 'replied');
}

/** `2 late, 1 reply waits, 3 due today`: each lead is counted once; empty where all of it is simply due today. */
export function whatWaits(items: readonly QueueItem[]): string {
  const replies = items.filter(({ lead }) => lead.replied_at !== null).length;
  const late = items.filter(({ lead, urgency }) => lead.replied_at === null && urgency === 'late').length;
  const rest = items.length - late - replies;
  if (late + replies === 0) return '';
  return [
    ...(late === 0 ? [] : [`${late} late`]),
    ...(replies === 0 ? [] : [`${replies} ${replies === 1 ? 'reply waits' : 'replies wait'}`]),
    ...(rest === 0 ? [] : [`${rest} due today`]),
  ].join(', ');
}
