import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { line, user } from '../slack/kit.ts';
import { deputyOf } from '../team/calendars.ts';
import { isManager, isMember, refuseOutsider, type Team } from '../team/team.ts';
import { leadName } from './lead.ts';

/** Whether anybody in the roster may take the lead: it has no owner, or one who has left the roster. */
export function isFree(lead: Pick<LeadRow, 'owner_id'>, team: Team): boolean {
  return lead.owner_id === null || !isMember(team, lead.owner_id);
}

/**
 * Whether the lead keeps to itself who it is: the team claims blindly, and nobody has ever had it. What somebody had is
 * known, and its state tells the next one more than a secret would.
 */
export function isBlind(
  lead: Pick<LeadRow, 'state' | 'owner_id' | 'owned_at'>,
  team: Pick<Team, 'blindClaim'>,
): boolean {
  return team.blindClaim && lead.state === 'offered' && lead.owner_id === null && lead.owned_at === null;
}

/**
 * The rule for everything that moves a lead on: its owner, their deputy while they are away, or a manager; anybody in
 * the roster while it is free.
 * @param undone what did not happen, for the sentence: "Nothing was logged."
 * @throws Refusal
 */
export function refuseUnlessWorkable(
  lead: LeadRow,
  team: Team,
  userId: string,
  now: number,
  undone: 'logged' | 'changed' = 'changed',
): void {
  if (lead.state === 'resolved') {
    throw new Refusal('This lead is closed. Reopen it on its card first, if there is more to do.');
  }
  if (lead.state === 'held') {
    throw new Refusal(
      `It is held: marketing looks at this lead first, and releases it. Nothing was ${undone}.`,
    );
  }
  // Who has left the roster may still finish what they hold.
  if (lead.owner_id === userId) return;
  refuseOutsider(team, userId);
  if (isManager(team, userId) || deputyOf(team, lead.owner_id, now) === userId) return;
  if (lead.owner_id !== null && !isFree(lead, team)) {
    throw new Refusal(
      `*${line(leadName(lead), 80)}* is ${user(lead.owner_id)}'s lead. Nothing was ${undone}.`,
    );
  }
}
