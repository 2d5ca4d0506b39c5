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
import { type AnswerList, nameOfList } from './answer-list.ts';
import { emptyQueue, type Reader, renderQueue, shownInQueue } from './blocks.ts';
import { type QueueItem, queueOf, type QueueRules } from './queue.ts';
import { type Listed, rowsOf } from './rows.ts';
import type { Row } from './settled.ts';
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

/**
 * What `/leads` shows.
 * @param before the list as it was shown, to be brought up to date
 * @throws Refusal for who is in no team
 */
export async function myQueue(work: Work, userId: string, before?: Listed): Promise<Rendered> {
  const items = await queueFor(work, userId);
  if (!before) {
    const teams = await teamsOfMember(work, userId);
    if (teams.length === 0) throw new Refusal(noTeam);
    if (items.length === 0) return emptyQueue(teams.some((team) => isManager(team, userId)));
  }
  const { rows, reader } = await answerOf(work, userId, 'queue', {
    items,
    shown: items.slice(0, shownInQueue),
    before,
  });
  return renderQueue(items, reader, rows);
}

/**
 * The rows of an answer to a command, and how they are shown: clicks in them bring it up to date.
 * @param from.shown what a new answer lists @param from.before the answer as it was given
 */
export async function answerOf(
  work: Work,
  userId: string,
  kind: AnswerList['kind'],
  { items, shown, before }: { items: readonly QueueItem[]; shown: readonly QueueItem[]; before?: Listed },
): Promise<{ rows: readonly Row[]; reader: Reader }> {
  const rows = before ? await rowsOf(work, userId, items, before) : shown;
  const { at, leadIds } = before ?? { at: work.now, leadIds: rows.map(({ lead }) => lead.id) };
  const list = nameOfList({ kind, at, leadIds });
  return { rows, reader: { userId, urls: await urlsOf(work, rows), isLive: true, list } };
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
