import { nextWorkingMoment } from '../calendar/working-time.ts';
import { updateLead } from '../lead/store.ts';
import { recipientsOf } from '../nudge/recipients.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { bringBack } from './returning.ts';
import { dueReturns } from './store.ts';

const batch = 100;

/**
 * Brings nurtured leads back whose day has come, in one transaction of the caller's; after downtime in the next working
 * moment outside of quiet hours, because somebody is told. @returns whether there may be more
 */
export async function tickReturns(work: Work): Promise<boolean> {
  const leads = await dueReturns(work, batch);
  for (const lead of leads) {
    const team = await teamById(work, lead.sales_team_id);
    const reader = (await recipientsOf(work, [lead], new Map([[team.id, team]]))).get(lead.id);
    const at = nextWorkingMoment(reader?.hours ?? team.calendar, work.now);
    if (at > work.now) await updateLead(work.db, lead.id, { return_at: at });
    else await bringBack(work, lead, team);
  }
  return leads.length === batch;
}
