import type { LeadRow } from '../db/schema.ts';
import { isLate, putOffUntil } from '../lead/due.ts';

/** What is still to do about an open lead. */
export type Left = 'untouched' | 'stopped' | 'late' | 'put_off';

/** After so many attempts most people have stopped, and most replies are still to come. */
const earlyAttempts = 2;

/** Why this lead has not had its touches; undefined while it has everything that was due by now. */
export function leftOf(lead: LeadRow, now: number): Left | undefined {
  const isAnswered = lead.replied_at !== null || lead.step_due_at !== null;
  if (lead.attempts === 0 && !isAnswered && lead.next_attempt_at !== null) return 'untouched';
  if (putOffUntil(lead, now) !== null) return 'put_off';
  if (!isLate(lead, now)) return undefined;
  return !isAnswered && lead.attempts <= earlyAttempts ? 'stopped' : 'late';
}

export interface Counted {
  what: string;
  leads: number;
}

/** How many leads of each kind, the most first. */
export function counted(whats: readonly string[]): Counted[] {
  const counts = new Map<string, number>();
  for (const what of whats) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts]
    .map(([what, leads]) => ({ what, leads }))
    .sort((a, b) => b.leads - a.leads || (a.what < b.what ? -1 : 1));
}

/** Whether somebody was written to and nobody has answered: then others at the account are worth a try. */
export function isQuiet(lead: LeadRow): boolean {
  return lead.attempts > 0 && lead.replied_at === null && lead.step_due_at === null;
}
