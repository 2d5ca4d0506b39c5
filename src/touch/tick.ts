import type { Logger } from 'pino';
import { oneOfMany } from '../db/savepoint.ts';
import { saveReschedule, teamsToReschedule } from '../team/store.ts';
import type { Found, Work } from '../work.ts';
import { reschedule } from './reschedule.ts';
import { openLeadsAfter } from './store.ts';

const batch = 200;

/**
 * Counts anew when leads are due whose team has other hours, holidays or people than when it was counted; the place is
 * kept, so that a restart goes on there. One transaction of the caller's.
 */
export async function tickReschedules(work: Work, log: Logger): Promise<Found> {
  const [next] = await teamsToReschedule(work);
  if (!next) return 'nothing';
  const leads = await openLeadsAfter(work, next.team.id, next.after, batch);
  for (const lead of leads)
    await oneOfMany(
      work.db,
      () => reschedule(work, lead, next.team),
      (error) => log.error({ err: error, lead: lead.id }, 'a due date could not be counted anew; it stays'),
    );
  const last = leads.length < batch ? undefined : leads.at(-1);
  await saveReschedule(work.db, next.team.id, { key: next.key, after: last?.id ?? null });
  return 'more';
}
