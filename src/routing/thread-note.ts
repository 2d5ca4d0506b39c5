import type { LeadRow } from '../db/schema.ts';
import { user } from '../slack/kit.ts';
import type { ChoiceResult } from './choose.ts';
import { firstDueText } from './due-text.ts';

/**
 * What the lead's thread says of who has it now; null where the card alone says enough. Somebody who did not ask for
 * the lead is always named: an edited card calls nobody.
 */
export function threadNote(
  { userId, how, note }: Extract<ChoiceResult, { kind: 'assign' }>,
  lead: LeadRow,
  options: { unclaimedFor?: string; isHandedOn?: boolean },
  now: number,
): string | null {
  if (options.unclaimedFor !== undefined) {
    const known = how === 'same_account' && note !== null ? ` ${note}` : '';
    const turn = known === '' ? ', and it is your turn' : '';
    return `For ${user(userId)}: nobody claimed it within ${options.unclaimedFor}${turn}.${known}${firstDueText(lead, now)}`;
  }
  if (!options.isHandedOn) return note;
  return `${note === null ? `${user(userId)} has it now.` : note}${firstDueText(lead, now)}`;
}
