import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { release } from '../intake/release.ts';
import { leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { turnDownOf } from './decision.ts';
import { lastDecision } from './store.ts';

export interface HeldLead {
  lead: LeadRow;
  team: Team;
}

/**
 * A lead that somebody wants to decide about. Who may is who is in the marketing channel, or a manager.
 * @param click where it was clicked; without it (a form that was opened by such a click) that is settled
 * @throws Refusal that says who was faster, or who may
 */
export async function heldLead(
  work: Work,
  leadId: number,
  click?: { userId: string; channelId?: string },
): Promise<HeldLead> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (click) refuseStranger(team, click);
  if (lead.state !== 'held') throw new Refusal(await decidedText(work, lead));
  return { lead, team };
}

/** @throws Refusal for who is neither in the marketing channel nor a manager */
export function refuseStranger(team: Team, click: { userId: string; channelId?: string }): void {
  if (click.channelId === team.marketingChannelId || isManager(team, click.userId)) return;
  throw new Refusal(
    `Held leads are decided in <#${team.marketingChannelId}> now. Nothing was changed; ask there, or a manager.`,
  );
}

/** Who was faster, in a sentence for mrkdwn. */
export async function decidedText(work: Work, lead: LeadRow): Promise<string> {
  const decision = await lastDecision(work, lead.id);
  const by = decision === undefined || decision.actor === 'app' ? '' : ` by ${user(decision.actor)}`;
  const what = decision && turnDownOf(decision) ? 'turned down' : 'released';
  return `${leadTitle(lead)} was ${what} already${by}. Nothing was changed.`;
}

/**
 * @param click as `heldLead` takes it
 * @throws Refusal as `heldLead` does
 */
export async function releaseHeld(
  work: Work,
  leadId: number,
  userId: string,
  click?: { userId: string; channelId?: string },
): Promise<LeadRow> {
  const { lead, team } = await heldLead(work, leadId, click);
  return release(work, lead, team, userId);
}
