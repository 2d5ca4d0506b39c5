import type { LeadRow } from '../db/schema.ts';
import type { Playbook, Reason } from '../playbook/schema.ts';
import { isManager, type Team } from '../team/team.ts';
import { cadenceOf } from '../touch/cadence.ts';
import { isAnswer } from '../touch/kinds.ts';
import { touchesOf } from '../touch/store.ts';
import type { Work } from '../work.ts';

/**
 * What a reason does to a lead: it closes it; it is an opinion that has to be verified first; the same, but a manager
 * may close all the same; or something is missing, which is a question and no end.
 */
export type Verdict = 'closes' | 'verify' | 'overrides' | 'ask';

export interface VerdictInput {
  attempts: number;
  /** From this attempt on an opinion counts as verified. */
  verifyFrom: number;
  /** Whether they have said something themselves: then the rep need not guess. */
  heard: boolean;
  isManager: boolean;
}

export function verdictOn({ kind }: Pick<Reason, 'kind'>, input: VerdictInput): Verdict {
  if (kind === 'factual') return 'closes';
  if (kind === 'data') return 'ask';
  if (input.heard || input.attempts >= input.verifyFrom) return 'closes';
  return input.isManager ? 'overrides' : 'verify';
}

/** A cadence shorter than the playbook's `verifyUntil` is through before it. */
export function verifyFrom(playbook: Playbook, lead: Pick<LeadRow, 'rank'>): number {
  return Math.min(playbook.verifyUntil, cadenceOf(playbook, lead).length);
}

/** What decides about a reason that this person gives for the lead. */
export async function verdictInput(
  work: Work,
  lead: LeadRow,
  team: Team,
  userId: string,
): Promise<VerdictInput> {
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  return {
    attempts: lead.attempts,
    verifyFrom: verifyFrom(playbook, lead),
    heard: (await touchesOf(work.db, lead)).some(isAnswer),
    isManager: isManager(team, userId),
  };
}

/** What to find out before the opinion is more than one. */
export function verifyText({ verify }: Pick<Reason, 'verify'>): string {
  return verify ?? 'Ask them whether it is so, and what would have to change.';
}
