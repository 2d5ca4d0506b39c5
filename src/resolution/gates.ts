import type { Resolution } from '../db/schema.ts';
import type { VerdictInput } from '../feedback/verdict.ts';

/** Where a lead stands, as far as it decides how it may end. */
export interface Standing extends VerdictInput {
  /** Whether anybody ever touched it, in this cadence or one before. */
  contacted: boolean;
  /** How many attempts its cadence has. */
  planned: number;
  /** When the next of them is due, put off or not; null when none is, or something else comes first. */
  nextAttemptAt: number | null;
  isPutOff: boolean;
  isLate: boolean;
}

/** The attempts that are left before a lead may end as unresponsive; nobody may skip them. */
export function attemptsLeft({ attempts, planned }: Pick<Standing, 'attempts' | 'planned'>): number {
  return Math.max(0, planned - attempts);
}

/** The ends that can be true: rejected is before any contact, disqualified after it. */
export function possibleEnds(standing: Standing): Resolution[] {
  const no = standing.contacted ? 'disqualified' : 'rejected';
  return ['qualified', 'nurture', no, ...(attemptsLeft(standing) === 0 ? (['unresponsive'] as const) : [])];
}

/** Why the lead can't end like this, as a sentence that says what to do; undefined when it can. */
export function whyNot(resolution: Resolution, standing: Standing): string | undefined {
  if (possibleEnds(standing).includes(resolution)) return undefined;
  if (resolution === 'rejected')
    return 'Rejected means: closed before any contact. This lead has touches, so choose Disqualified.';
  if (resolution === 'disqualified')
    return 'Disqualified means: closed after contact. Nobody has touched this lead, so choose Rejected.';
  return `Unresponsive unlocks after attempt ${standing.planned}: ${attemptsLeft(standing)} to go. Log the next one, or choose another end.`;
}
