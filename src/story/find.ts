import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { leadsLike } from '../lead/find/store.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import type { Rendered } from '../outbox/message.ts';
import { line } from '../slack/kit.ts';
import { teamsOfMember } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { renderFound } from './find-blocks.ts';
import { isHidden } from './story.ts';

const mostFound = 10;

const usage =
  'Type `/leads find` with a lead’s number, or a part of its name, mail address, phone number or company: `/leads find Lovelace`.';

/**
 * Leads of the person's teams that fit what was typed, open or closed, the newest first.
 * @throws Refusal when nothing fits, or the person is in no team
 */
export async function findLeads(work: Work, userId: string, typed: string): Promise<Rendered> {
  const text = typed
    .replace(/<(?:mailto|tel):[^|>]*\|([^>]*)>/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100);
  if (text === '') throw new Refusal(usage);
  const teams = new Map((await teamsOfMember(work, userId)).map((team) => [team.id, team]));
  if (teams.size === 0)
    throw new Refusal('You are in no team’s roster here. A manager can add you with `/leads setup`.');
  const others = [...teams.values()].filter((team) => !isManager(team, userId));
  const blindIn = others.filter(({ blindClaim }) => blindClaim).map(({ id }) => id);
  const found = await leadsLike(work, {
    text,
    salesTeamIds: [...teams.keys()],
    limit: mostFound + 1,
    blindIn,
    withoutListsOf: others.map(({ id }) => id),
  });
  if (found.length === 0) {
    const unseen =
      blindIn.length === 0
        ? ''
        : ' Leads on offer that show no name until they are claimed are not searched.';
    throw new Refusal(`No lead of your teams fits “${line(text, 80)}”.${unseen} ${usage}`);
  }
  const leads = found.slice(0, mostFound);
  const urls = await cardUrls(
    work,
    leads.map(({ id }) => id),
  );
  return renderFound({
    leads: leads.map((lead) => {
      const team = teams.get(lead.sales_team_id);
      const hidden = team === undefined || isHidden(lead, team, userId);
      return {
        lead,
        isHidden: hidden,
        isWorkable: team !== undefined && isWorkable(lead, team, userId, work.now),
      };
    }),
    hasMore: found.length > mostFound,
    urls,
    now: work.now,
  });
}

/** Whether logging a touch would be allowed: the buttons are there for whoever can use them. */
function isWorkable(lead: LeadRow, team: Team, userId: string, now: number): boolean {
  try {
    refuseUnlessWorkable(lead, team, userId, now);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
