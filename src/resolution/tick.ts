import type { Logger } from 'pino';
import { nextWorkingMoment } from '../calendar/working-time.ts';
import { oneOfMany, retryMs } from '../db/savepoint.ts';
import type { LeadRow } from '../db/schema.ts';
import { updateLead } from '../lead/store.ts';
import { recipientOf } from '../nudge/recipients.ts';
import { teamById } from '../team/store.ts';
import { type Found, found, type Work } from '../work.ts';
import { bringBack } from './returning.ts';
import { dueReturns } from './store.ts';

const batch = 100;

/** Brings nurtured leads back whose day has come, in one transaction of the caller's. */
export async function tickReturns(work: Work, log: Logger): Promise<Found> {
  const leads = await dueReturns(work, batch);
  for (const lead of leads) {
    await oneOfMany(
      work.db,
      () => bringBackInTime(work, lead),
      async (error) => {
        log.error({ err: error, lead: lead.id }, 'a lead could not come back; it is tried again in an hour');
        await updateLead(work.db, lead.id, { return_at: work.now + retryMs });
      },
    );
  }
  return found(leads, batch);
}

/** After downtime in the next working moment outside of quiet hours, because somebody is told. */
async function bringBackInTime(work: Work, lead: LeadRow): Promise<void> {
  const team = await teamById(work, lead.sales_team_id);
  const reader = await recipientOf(work, lead, team);
  const at = nextWorkingMoment(reader?.hours ?? team.calendar, work.now);
  if (at > work.now) await updateLead(work.db, lead.id, { return_at: at });
  else await bringBack(work, lead, team);
}
