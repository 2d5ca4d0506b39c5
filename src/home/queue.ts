import type { LeadRow } from '../db/schema.ts';

/** Why a lead stands in the queue, in the order of the queue. */
export type QueueReason = 'late_nudged' | 'first_touch' | 'late' | 'today' | 'replied' | 'to_close' | 'later';

export interface QueueItem {
  lead: LeadRow;
  reason: QueueReason;
}

const order: readonly QueueReason[] = [
  'late_nudged',
  'first_touch',
  'late',
  'today',
  'replied',
  'to_close',
  'later',
];

/**
 * A rep's open leads in the order to work them: attempts that were nudged and are late, first touches, other late
 * attempts, what is due today, replies that wait for a next step, leads to close, the rest by due time.
 * @param endOfDay the end of the team's local day, UTC milliseconds
 */
export function queueOf(
  leads: readonly LeadRow[],
  nudgeAttempts: (lead: LeadRow) => readonly number[],
  now: number,
  endOfDay: number,
): QueueItem[] {
  const reasonOf = (lead: LeadRow): QueueReason => {
    if (lead.replied_at !== null) return 'replied';
    if (lead.next_attempt_at === null) return 'to_close';
    if (lead.attempts === 0) return 'first_touch';
    if (lead.next_attempt_at <= now) {
      return nudgeAttempts(lead).includes(lead.attempts + 1) ? 'late_nudged' : 'late';
    }
    return lead.next_attempt_at <= endOfDay ? 'today' : 'later';
  };
  const due = (lead: LeadRow): number => lead.next_attempt_at ?? lead.last_touch_at ?? lead.created_at;
  return leads
    .map((lead) => ({ lead, reason: reasonOf(lead) }))
    .sort(
      (a, b) =>
        order.indexOf(a.reason) - order.indexOf(b.reason) ||
        due(a.lead) - due(b.lead) ||
        a.lead.id - b.lead.id,
    );
}
