import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { leadsLike } from '../lead/find/store.ts';
import { isBlind } from '../lead/permission.ts';
import type { Rendered } from '../outbox/message.ts';
import { line, user } from '../slack/kit.ts';
import { teamsOfMember } from '../team/store.ts';
import { isManager } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type History, renderBlindWhy, renderSeveral, renderWhy } from './blocks.ts';
import { decisionsOf, takenBy } from './store.ts';

/** How many leads a name may fit before it has to be told more exactly. */
const mostFound = 8;
const mostEntries = 20;

const usage =
  'Type `/leads why` with a lead’s number, or a part of its name or mail address: `/leads why Lovelace`.';

/**
 * Reads out why a lead went where it went.
 * @param typed what stands behind the word: a number, a name, a mail address
 * @throws Refusal when nothing fits, or the person is in no team
 */
export async function whyLead(work: Work, userId: string, typed: string): Promise<Rendered> {
  const text = typed
    .replace(/<mailto:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100);
  if (text === '') throw new Refusal(usage);
  const teams = await teamsOfMember(work, userId);
  if (teams.length === 0)
    throw new Refusal('You are in no team’s roster here. A manager can add you with `/leads setup`.');
  const blindTeams = teams.filter((team) => team.blindClaim && !isManager(team, userId));
  const found = await leadsLike(work, {
    text,
    salesTeamIds: teams.map(({ id }) => id),
    limit: mostFound + 1,
    blindIn: blindTeams.map(({ id }) => id),
    withoutListsOf: teams.filter((team) => !isManager(team, userId)).map(({ id }) => id),
  });
  const [lead, another] = found;
  if (!lead) throw new Refusal(`No lead of your teams fits “${line(text, 80)}”. ${usage}`);
  const urls = await cardUrls(
    work,
    found.map(({ id }) => id),
  );
  if (another) return renderSeveral(found.slice(0, mostFound), found.length > mostFound, urls);
  const isHidden = blindTeams.some((team) => team.id === lead.sales_team_id && isBlind(lead, team));
  if (isHidden) return renderBlindWhy(lead, urls.get(lead.id));
  return renderWhy(lead, await historyOf(work, lead), urls.get(lead.id));
}

/** Decisions of the app and what people did, newest first. @param most of them, the newest */
export async function historyOf(work: Work, lead: LeadRow, most = mostEntries): Promise<History[]> {
  const decisions = (await decisionsOf(work, lead.id, most)).map(({ at, steps }) => ({
    at,
    steps: JSON.parse(steps) as string[],
  }));
  const taken = (await takenBy(work, lead.id, most)).map((row) => ({
    at: row.at,
    steps: [told(row)],
  }));
  // At one instant the app decided before anybody could click.
  return [...taken, ...decisions].sort((a, b) => b.at - a.at).slice(0, most);
}

function told(row: Awaited<ReturnType<typeof takenBy>>[number]): string {
  const because = row.reason === null ? '' : `: ${line(row.reason, 200)}`;
  if (row.how === 'claim') return `${user(row.user_id)} claimed it.`;
  const by = row.by_user_id === null ? '' : ` by ${user(row.by_user_id)}`;
  return `Given to ${user(row.user_id)}${by}${because}.`;
}
