import { sql } from 'kysely';
import type { Resolution } from '../db/schema.ts';
import type { Work } from '../work.ts';
import type { RepliesOn } from './numbers.ts';

// Literals, as in the index: a bound value would not find it.
const isAnswer = sql<boolean>`kind IN ('spoke', 'met', 'replied') AND undone_at IS NULL`;

/** Since an instant: on which attempt somebody first answered this person, once for each start of a lead. */
export async function repliesByAttempt(
  work: Work,
  salesTeamIds: readonly number[],
  userId: string,
  since: number,
): Promise<RepliesOn[]> {
  const first = work.db
    .selectFrom('touch')
    .select(sql<number>`max(1, min(attempt))`.as('attempt'))
    .where('sales_team_id', 'in', salesTeamIds)
    .where('at', '>=', since)
    .where('user_id', '=', userId)
    .where(isAnswer)
    .groupBy(['lead_id', 'cadence_epoch'])
    .as('first');
  return work.db
    .selectFrom(first)
    .select((eb) => ['attempt', eb.fn.countAll<number>().as('replies')])
    .groupBy('attempt')
    .execute();
}

export interface ClosedRow {
  leads: number;
  rank: string;
  playbook_version: number;
  attempts: number;
  resolution: Resolution | null;
  answered: number | null;
  needs_answer: number | null;
  /** 1 where they answered at least once. */
  replied: number;
}

/** The leads that this person had when they were closed, since an instant. */
export async function closedSince(
  work: Work,
  salesTeamIds: readonly number[],
  userId: string,
  since: number,
): Promise<ClosedRow[]> {
  const replied = sql<number>`EXISTS (SELECT 1 FROM touch WHERE touch.lead_id = lead.id AND ${isAnswer})`;
  return work.db
    .selectFrom('lead')
    .select((eb) => [
      eb.fn.countAll<number>().as('leads'),
      'rank',
      'playbook_version',
      'attempts',
      'resolution',
      'answered',
      'needs_answer',
      replied.as('replied'),
    ])
    .where('sales_team_id', 'in', salesTeamIds)
    .where('resolved_at', '>=', since)
    .where('owner_id', '=', userId)
    .groupBy(['rank', 'playbook_version', 'attempts', 'resolution', 'answered', 'needs_answer', replied])
    .execute();
}

/** What this person's Home lists, in its order, and since when; undefined for who has never opened it. */
export async function homeListOf(
  work: Work,
  userId: string,
): Promise<{ leadIds: number[]; openedAt: number } | undefined> {
  const row = await work.db
    .selectFrom('home_list')
    .select(['lead_ids', 'opened_at'])
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && { leadIds: JSON.parse(row.lead_ids) as number[], openedAt: row.opened_at };
}

export async function saveHomeList(
  work: Work,
  userId: string,
  list: { leadIds: readonly number[]; openedAt: number },
): Promise<void> {
  const values = { lead_ids: JSON.stringify(list.leadIds), opened_at: list.openedAt };
  await work.db
    .insertInto('home_list')
    .values({ team_id: work.workspace.teamId, user_id: userId, ...values })
    .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doUpdateSet(values))
    .execute();
}
