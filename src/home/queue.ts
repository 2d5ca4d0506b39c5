import type { LeadRow } from '../db/schema.ts';

/** Why a lead stands in the queue, in the order of the queue. */
const order = [
  'late_reply',
  'late_step',
  'late_nudged',
  'late_first_touch',
  'late',
  'replied',
  'step_today',
  'first_touch',
  'today',
  'to_close',
  'step_later',
  'later',
] as const;
export type QueueReason = (typeof order)[number];

/** When a lead's next step is due, seen from now. */
export type Urgency = 'late' | 'today' | 'later';

export interface QueueItem {
  lead: LeadRow;
  reason: QueueReason;
  urgency: Urgency;
}

export interface QueueRules {
  /** The attempts that are nudged, by the lead's playbook. */
  nudgeAttempts(lead: LeadRow): readonly number[];
  /** The end of the local day of the lead's team, UTC milliseconds. */
  endOfDay(lead: LeadRow): number;
}

/**
 * A rep's open leads in the order to work them: replies that have waited too long, agreed steps that are late, attempts
 * that were nudged and are late, late first touches, other late attempts, replies that wait for a next step, steps, first
 * touches and whatever else is due today, leads to close, the rest; each by due time.
 */
export function queueOf(leads: readonly LeadRow[], rules: QueueRules, now: number): QueueItem[] {
  const urgencyOf = ({ next_attempt_at: due }: LeadRow, endOfDay: number): Urgency => {
    if (due === null || due > endOfDay) return 'later';
    return due <= now ? 'late' : 'today';
  };
  const reasonOf = (lead: LeadRow, urgency: Urgency): QueueReason => {
    const late = urgency === 'late';
    if (lead.replied_at !== null) return late ? 'late_reply' : 'replied';
    if (lead.step_due_at !== null) return urgency === 'late' ? 'late_step' : `step_${urgency}`;
    if (lead.next_attempt_at === null) return 'to_close';
    if (lead.attempts === 0 && urgency !== 'later') return late ? 'late_first_touch' : 'first_touch';
    if (late) return rules.nudgeAttempts(lead).includes(lead.attempts + 1) ? 'late_nudged' : 'late';
    return urgency;
  };
  const due = (lead: LeadRow): number => lead.next_attempt_at ?? lead.last_touch_at ?? lead.created_at;
  return leads
    .map((lead): QueueItem => {
      const urgency = urgencyOf(lead, rules.endOfDay(lead));
      return { lead, urgency, reason: reasonOf(lead, urgency) };
    })
    .sort(
      (a, b) =>
        order.indexOf(a.reason) - order.indexOf(b.reason) ||
        due(a.lead) - due(b.lead) ||
        a.lead.id - b.lead.id,
    );
}
