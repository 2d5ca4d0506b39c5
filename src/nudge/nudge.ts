import type { LeadRow } from '../db/schema.ts';
import { askedFrom, putOffUntil } from '../lead/due.ts';
import { type NudgeData, nudgeFor, nudgeKey } from '../touch/nudge-slot.ts';

/** Whether this nudge still says something new: the reply still waits, or what is due is not put off. */
export function isNudgeWanted(lead: LeadRow, nudge: NudgeData, now: number): boolean {
  return isNudgeOpen(lead, nudge, now) && putOffUntil(lead, now) === null;
}

/** Whether what it asks for is due and not done, put off or not. */
export function isNudgeOpen(lead: LeadRow, nudge: NudgeData, now: number): boolean {
  return (
    (lead.state === 'owned' || lead.state === 'working') &&
    nudgeKey(nudgeFor(lead)) === nudgeKey(nudge) &&
    (askedFrom(lead) ?? Infinity) <= now
  );
}
