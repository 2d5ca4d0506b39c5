import type { PreferenceRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import { type Preferences, preferencesOfRow } from './preference.ts';

/** What this person wants; the defaults where they have never said. */
export async function preferencesOf(work: Work, userId: string): Promise<Preferences> {
  const row = await work.db
    .selectFrom('preference')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return preferencesOfRow(row);
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
