import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { giveTo, letGo } from '../routing/handover.ts';
import { inSentence, user } from '../slack/kit.ts';
import { availabilityOf } from '../team/availability.ts';
import { teamById } from '../team/store.ts';
import { isManager, refuseOutsider, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { giveBackReasons } from './blocks.ts';
import { openProposalOf } from './store.ts';
import { proposeSwap, refreshProposal } from './swap.ts';

/** A lead that somebody wants to hand on, and whether they may give it away or only ask another rep. */
export interface Movable {
  lead: LeadRow;
  team: Team;
  gives: boolean;
}

/**
 * Managers give any open lead to any rep; a rep asks another to take theirs over.
 * @throws Refusal that says who may
 */
export async function movableLead(work: Work, leadId: number, userId: string): Promise<Movable> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (lead.owner_id !== userId) refuseOutsider(team, userId);
  if (lead.state === 'resolved')
    throw new Refusal('This lead is closed. Reopen it on its card first, if there is more to do.');
  const gives = isManager(team, userId);
  if (!gives && lead.owner_id === null)
    throw new Refusal('Nobody has this lead yet: claim it, or ask a manager to give it to somebody.');
  if (!gives && lead.owner_id !== userId)
    throw new Refusal(`${leadTitle(lead)} is ${whose(lead)} lead: they or a manager can hand it on.`);
  return { lead, team, gives };
}

function whose({ owner_id: owner }: LeadRow): string {
  return owner === null ? 'nobody’s' : `${user(owner)}'s`;
}

/** Gives the lead, or asks the other rep, by who hands it on. @throws Refusal */
export async function handOn(
  work: Work,
  leadId: number,
  userId: string,
  { to, reason }: { to: string; reason: string },
): Promise<void> {
  const { lead, team, gives } = await movableLead(work, leadId, userId);
  if (gives) {
    const asked = await openProposalOf(work, leadId);
    await giveTo(work, lead, team, to, { how: 'manager', by: userId, ...(reason !== '' && { reason }) });
    if (asked) await refreshProposal(work, asked);
    return;
  }
  await proposeSwap(work, lead, { from: userId, to, reason });
}

/** Who may receive the lead. @returns what is wrong with the choice, as a sentence under the field */
export async function unfitFor(work: Work, { lead, team }: Movable, to: string): Promise<string | undefined> {
  if (to === '') return 'Choose a rep of the team.';
  if (to === lead.owner_id) return 'They have this lead already. Choose somebody else.';
  if (!team.reps.includes(to)) return 'They are no rep of this team. Choose one who is.';
  const there = (await availabilityOf(work, team)).get(to);
  return there?.available === false ? `They are ${there.why}. Choose somebody who is there.` : undefined;
}

/** The other reps of the team, with a word about those who are not there; in mrkdwn. */
export async function otherReps(work: Work, { lead, team }: Movable): Promise<string[]> {
  const availability = await availabilityOf(work, team);
  return team.reps
    .filter((userId) => userId !== lead.owner_id)
    .map((userId) => {
      const there = availability.get(userId);
      return there?.available === false ? `${user(userId)} (${there.why})` : user(userId);
    });
}

/** @throws Refusal that says who may give it back */
export async function returnableLead(work: Work, leadId: number, userId: string): Promise<Movable> {
  const movable = await movableLead(work, leadId, userId);
  if (movable.lead.owner_id === null)
    throw new Refusal('Nobody has this lead: it is on offer already. Claim it, or leave it to the others.');
  return movable;
}

export function isGiveBackReason(text: string): text is keyof typeof giveBackReasons {
  return Object.hasOwn(giveBackReasons, text);
}

/** Gives a lead back: routing finds another rep, or it is on offer again. @throws Refusal */
export async function giveBack(
  work: Work,
  leadId: number,
  userId: string,
  { reason, note }: { reason: keyof typeof giveBackReasons; note: string },
): Promise<LeadRow> {
  const { lead, team } = await returnableLead(work, leadId, userId);
  const why = reason === 'other' && note !== '' ? [] : [saidReason[reason]];
  const words = [...why, ...(note === '' ? [] : [note])].join('; ');
  return letGo(work, lead, team, { action: 'lead.given_back', by: userId, reason: words });
}

/** The form asks in the rep's words, the thread tells in those of a bystander. */
const saidReason: Record<keyof typeof giveBackReasons, string> = {
  away: 'away',
  too_much: 'too much to do',
  not_mine: inSentence(giveBackReasons.not_mine),
  knows_them: inSentence(giveBackReasons.knows_them),
  other: 'no reason given',
};
