import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { endOfLocalDay } from '../calendar/zone.ts';
import type { Rendered } from '../outbox/message.ts';
import { teamsOfMember } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { emptyQueue, renderQueue, shownInQueue } from './blocks.ts';
import { queueOf, type QueueRules } from './queue.ts';
import { openLeadsOf } from './store.ts';

const noTeam =
  'You have no leads here. Reps: ask a manager to add you with `/leads setup`. Marketing: `/leads digest`.';

/**
 * One order over all the person's teams, each lead by its own team's day.
 * @throws Refusal for who is in no team
 */
export async function myQueue(work: Work, userId: string): Promise<Rendered> {
  const teams = await teamsOfMember(work, userId);
  if (teams.length === 0) throw new Refusal(noTeam);
  const leads: LeadRow[] = [];
  for (const team of teams) leads.push(...(await openLeadsOf(work, team.id, userId)));
  if (leads.length === 0) return emptyQueue(teams.some((team) => isManager(team, userId)));
  const items = queueOf(leads, await queueRules(work, teams, leads), work.now);
  const shown = items.slice(0, shownInQueue).map(({ lead }) => lead.id);
  return renderQueue(items, await cardUrls(work, shown));
}

async function queueRules(
  work: Work,
  teams: readonly Team[],
  leads: readonly LeadRow[],
): Promise<QueueRules> {
  const days = new Map(teams.map((team) => [team.id, endOfLocalDay(team.calendar.zone, work.now)]));
  const nudged = new Map<number, readonly number[]>();
  for (const { playbook_version: version } of leads) {
    if (!nudged.has(version))
      nudged.set(version, (await work.playbooks.version(work.db, version)).nudgeAttempts);
  }
  return {
    nudgeAttempts: (lead) => nudged.get(lead.playbook_version) ?? [],
    endOfDay: (lead) => days.get(lead.sales_team_id) ?? work.now,
  };
}
