import type { LeadRow, PersonRow } from '../db/schema.ts';
import { preferencesOf } from '../preference/store.ts';
import type { Work } from '../work.ts';
import { usedWith } from './store.ts';

/** What a touch keeps for a message in the rep's own words. */
export const ownWords = '*';

/** A message that a person was sent, or heard. */
export interface Used {
  /** Its key in the playbook. */
  message: string;
  at: number;
  userId: string;
  touchId: number;
}

/** What has to be known to say what to say: the messages used with the person, oldest first, and how the rep signs. */
export interface Memory {
  used: readonly Used[];
  signature: string | null;
}

export const noMemory: Memory = { used: [], signature: null };

/**
 * What was used with the lead's person, or with somebody else at its account.
 * @param userId who is about to write; the lead's owner where nobody is named
 */
export async function memoryOf(
  work: Work,
  lead: LeadRow,
  { userId = lead.owner_id, person }: { userId?: string | null; person?: PersonRow } = {},
): Promise<Memory> {
  return {
    used: await usedWith(work, lead, person),
    signature: userId === null ? null : (await preferencesOf(work, userId)).signature,
  };
}
