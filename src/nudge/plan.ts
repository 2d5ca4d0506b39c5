import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { addWorkingDays, nextWorkingMoment } from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';

/** Who is asked about a lead, and when they may be. */
export interface Recipient {
  /** The owner, or who looks after their leads. */
  userId: string;
  /** Their working time without their quiet hours. */
  hours: WorkingCalendar;
  nudgeIn: 'thread' | 'direct';
  /** Set while they are away and nobody stands in for them: until when, null if nobody knows. */
  away?: { until: number | null };
}

export interface DueNudge {
  lead: LeadRow;
  to: Recipient;
  /** As `notBefore` says. */
  from: number;
  /** Nothing has happened since it was asked in the thread: this time it comes as a direct message. */
  isRepeat: boolean;
}

export interface NudgePlan<Nudge extends DueNudge> {
  /** Not now: outside their hours, or while they are away. */
  waits: Nudge[];
  /** Each into its lead's thread. */
  threads: Nudge[];
  /** Each group in one direct message, the most urgent first. */
  directs: { userId: string; nudges: Nudge[] }[];
}

/**
 * How to ask for everything that is due. One thing that is due for a person comes into the lead's thread, unless they
 * prefer direct messages; several come as one direct message, so that nobody is called ten times in a minute.
 */
export function planNudges<Nudge extends DueNudge>(due: readonly Nudge[], now: number): NudgePlan<Nudge> {
  const plan: NudgePlan<Nudge> = { waits: [], threads: [], directs: [] };
  const byPerson = new Map<string, Nudge[]>();
  for (const nudge of due) {
    if (nudge.from > now) plan.waits.push(nudge);
    else byPerson.set(nudge.to.userId, [...(byPerson.get(nudge.to.userId) ?? []), nudge]);
  }
  for (const [userId, nudges] of byPerson) {
    const [first] = nudges;
    const isAlone = nudges.length === 1 && first?.isRepeat === false && first.to.nudgeIn === 'thread';
    if (isAlone) plan.threads.push(first);
    else plan.directs.push({ userId, nudges: nudges.sort(byUrgency) });
  }
  return plan;
}

/** The first moment from `now` on at which this person may be told something. */
export function notBefore({ hours, away }: Recipient, now: number): number {
  if (!away) return nextWorkingMoment(hours, now);
  // Nobody knows when they are back: it is asked again every day.
  return away.until === null
    ? addWorkingDays(hours, now, 1, 'start')
    : nextWorkingMoment(hours, Math.max(now, away.until));
}

/** Somebody who answered waits most; then the longest overdue. */
function byUrgency(a: DueNudge, b: DueNudge): number {
  const waits = ({ lead }: DueNudge): number => (lead.replied_at === null ? 1 : 0);
  return (
    waits(a) - waits(b) ||
    (a.lead.next_attempt_at ?? 0) - (b.lead.next_attempt_at ?? 0) ||
    a.lead.id - b.lead.id
  );
}
