import type { PreferenceRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import { defaultPreferences, type Preferences, preferencesOfRow } from './preference.ts';

/** What this person wants; the defaults where they have never said. */
export async function preferencesOf(work: Work, userId: string): Promise<Preferences> {
  return (await preferencesOfAll(work, [userId])).get(userId) ?? defaultPreferences;
}

/** Of several people at once; everybody who is asked about is in it. */
export async function preferencesOfAll(
  work: Work,
  userIds: readonly string[],
): Promise<Map<string, Preferences>> {
  if (userIds.length === 0) return new Map();
  const rows = await work.db
    .selectFrom('preference')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', 'in', userIds)
    .execute();
  const byUser = new Map(rows.map((row) => [row.user_id, row]));
  return new Map(userIds.map((userId) => [userId, preferencesOfRow(byUser.get(userId))]));
}

/** Keeps what they have chosen. The tick plans their next brief anew, because its time may be another now. */
export async function savePreferences(work: Work, userId: string, chosen: Preferences): Promise<void> {
  const values = {
    nudge_in: chosen.nudgeIn,
    quiet_from: chosen.quiet?.from ?? null,
    quiet_to: chosen.quiet?.to ?? null,
    brief: chosen.brief ? 1 : 0,
    brief_time: chosen.briefTime,
    next_brief_at: null,
    signature: chosen.signature,
  } satisfies Partial<PreferenceRow>;
  await work.db
    .insertInto('preference')
    .values({ ...values, team_id: work.workspace.teamId, user_id: userId })
    .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doUpdateSet(values))
    .execute();
}
