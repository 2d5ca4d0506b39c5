import type { LeadRow, TouchKind, TouchRow } from '../db/schema.ts';
import type { Playbook } from '../playbook/schema.ts';
import { channelFor, nextStep } from '../template/next-step.ts';
import { usedWith } from '../template/store.ts';
import type { Work } from '../work.ts';
import { cadenceOf } from './cadence.ts';
import { isAnswer, reachesThem, touchKinds } from './kinds.ts';

/**
 * The message that a click on one button surely meant: the one suggested for this attempt, where the touch was made on
 * the suggested channel, somebody could hear or read it, and the attempt's message is not out already. None once they
 * have answered.
 * @param before the other touches of the cadence
 */
export async function suggestedMessage(
  work: Work,
  lead: LeadRow,
  playbook: Playbook,
  { kind, attempt }: Pick<TouchRow, 'attempt'> & { kind: TouchKind },
  before: readonly TouchRow[],
): Promise<string | null> {
  const step = cadenceOf(playbook, lead)[attempt - 1];
  if (!step || !reachesThem(kind) || touchKinds[kind].channel !== channelFor(step, lead)) return null;
  if (before.some((touch) => touch.attempt === attempt && touch.message !== null)) return null;
  const used = await usedWith(work, lead);
  const known = new Set(used.map(({ message }) => message));
  return nextStep(step, lead, playbook, known, before.some(isAnswer)).message ?? null;
}
