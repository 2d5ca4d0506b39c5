import { calendarOf } from '../away/away.ts';
import { endOfLocalDay } from '../calendar/zone.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { cardUrls } from '../lead/card-slot.ts';
import type { Rendered } from '../outbox/message.ts';
import { deputyOf } from '../team/calendars.ts';
import { teamsOfMember } from '../team/store.ts';
import { isManager } from '../team/team.ts';
import type { Work } from '../work.ts';
import { emptyQueue, renderQueue, shownInQueue } from './blocks.ts';
import { type QueueItem, queueOf, type QueueRules } from './queue.ts';
import { openLeadsOf } from './store.ts';

const noTeam =
  'You have no leads here. Reps: ask a manager to add you with `/leads setup`. Marketing: `/leads digest`.';

/** One order over all the person's teams, by their own day: what they hold, and what they look after for others. */
export async function queueFor(work: Work, userId: string): Promise<QueueItem[]> {
  const leads: LeadRow[] = [];
  for (const team of await teamsOfMember(work, userId)) {
    const others = team.reps.filter((rep) => deputyOf(team, rep, work.now) === userId);
    leads.push(...(await openLeadsOf(work, team.id, [userId, ...others])));
  }
  if (leads.length === 0) return [];
  const zone = (await calendarOf(work, userId))?.zone;
  const endOfDay = zone === undefined ? work.now : endOfLocalDay(zone, work.now);
  return queueOf(leads, { endOfDay, nudgeAttempts: await nudgeAttemptsOf(work, leads) }, work.now);
}

/** What `/leads` shows. @throws Refusal for who is in no team */
export async function myQueue(work: Work, userId: string): Promise<Rendered> {
  const teams = await teamsOfMember(work, userId);
  if (teams.length === 0) throw new Refusal(noTeam);
  const items = await queueFor(work, userId);
  if (items.length === 0) return emptyQueue(teams.some((team) => isManager(team, userId)));
  const urls = await urlsOf(work, items.slice(0, shownInQueue));
  return renderQueue(items, { urls, userId });
}

/** The addresses of these leads' cards. */
export async function urlsOf(
  work: Work,
  items: readonly Pick<QueueItem, 'lead'>[],
): Promise<Map<number, string>> {
  return cardUrls(
    work,
    items.map(({ lead }) => lead.id),
  );
}

async function nudgeAttemptsOf(work: Work, leads: readonly LeadRow[]): Promise<QueueRules['nudgeAttempts']> {
  const nudged = new Map<number, readonly number[]>();
  for (const { playbook_version: version } of leads) {
    if (!nudged.has(version))
      nudged.set(version, (await work.playbooks.version(work.db, version)).nudgeAttempts);
  }
  return (lead) => nudged.get(lead.playbook_version) ?? [];
}
