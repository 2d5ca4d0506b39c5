import type { LeadRow } from '../db/schema.ts';
import { dueAt, putOffUntil } from '../lead/due.ts';

/** Why a lead stands in the queue, in the order of the queue. */
const order = [
  'late_reply',
  'late_step',
  'late',
  'late_nudged',
  'late_first_touch',
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
  /** When it is to be worked; null where nothing is due. */
  due: number | null;
  /** Until when it is put off, which then is when it is due; null where it is not. */
  putOff: number | null;
}

export interface QueueRules {
  /** The attempts that are nudged, by the lead's playbook. */
  nudgeAttempts(lead: LeadRow): readonly number[];
  /** The last millisecond of the rep's local day. */
  endOfDay: number;
}

/**
 * A rep's open leads in the order to work them. First whoever waits for us: replies and promised steps that are late.
 * Then late attempts of which nobody reminds, those that were nudged, late first touches: no late lead stands behind one
 * that is not. Then replies that wait for a next step, agreed steps, first touches and whatever else is due today, leads
 * to close, the rest; each by due time.
 */
export function queueOf(leads: readonly LeadRow[], rules: QueueRules, now: number): QueueItem[] {
  const age = ({ lead, due }: QueueItem): number => due ?? lead.last_touch_at ?? lead.created_at;
  return leads
    .map((lead): QueueItem => {
      const putOff = putOffUntil(lead, now);
      const due = dueAt(lead, now);
      const urgency = urgencyOf(due, rules.endOfDay, now);
      return { lead, due, putOff, urgency, reason: reasonOf(lead, urgency, rules) };
    })
    .sort(
      (a, b) => order.indexOf(a.reason) - order.indexOf(b.reason) || age(a) - age(b) || a.lead.id - b.lead.id,
    );
}

function urgencyOf(due: number | null, endOfDay: number, now: number): Urgency {
  if (due === null || due > endOfDay) return 'later';
  return due <= now ? 'late' : 'today';
}

function reasonOf(lead: LeadRow, urgency: Urgency, rules: QueueRules): QueueReason {
  const late = urgency === 'late';
  if (lead.replied_at !== null) return late ? 'late_reply' : 'replied';
  if (lead.step_due_at !== null) return urgency === 'late' ? 'late_step' : `step_${urgency}`;
  if (lead.next_attempt_at === null) return 'to_close';
  if (lead.attempts === 0 && urgency !== 'later') return late ? 'late_first_touch' : 'first_touch';
  if (late) return rules.nudgeAttempts(lead).includes(lead.attempts + 1) ? 'late_nudged' : 'late';
  return urgency;
}
