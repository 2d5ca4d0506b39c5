import { sql } from 'kysely';
import type { Work } from '../work.ts';

/** The reps whose brief is not planned: they are new, or have changed what they want. */
export async function repsWithoutPlan(work: Work, limit: number): Promise<string[]> {
  const rows = await work.db
    .selectFrom('member')
    .leftJoin('preference', (join) =>
      join
        .onRef('preference.team_id', '=', 'member.team_id')
        .onRef('preference.user_id', '=', 'member.user_id'),
    )
    .select('member.user_id')
    .distinct()
    .where('member.team_id', '=', work.workspace.teamId)
    .where('member.role', '=', 'rep')
    .where((eb) =>
      eb.or([
        eb('preference.user_id', 'is', null),
        eb.and([eb('preference.brief', '=', 1), eb('preference.next_brief_at', 'is', null)]),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map((row) => row.user_id);
}

/** Whose brief is due, found by an index. */
export async function peopleWithBriefDue(work: Work, limit: number): Promise<string[]> {
  const rows = await work.db
    .selectFrom('preference')
    .select('user_id')
    .where('next_brief_at', '<=', work.now)
    // The plus keeps SQLite from going through everybody's preferences by their key.
    .where(sql<string>`+team_id`, '=', work.workspace.teamId)
    .orderBy('next_brief_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.user_id);
}

export async function saveNextBrief(work: Work, userId: string, at: number | null): Promise<void> {
  await work.db
    .insertInto('preference')
    .values({ team_id: work.workspace.teamId, user_id: userId, next_brief_at: at })
    .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doUpdateSet({ next_brief_at: at }))
    .execute();
}
