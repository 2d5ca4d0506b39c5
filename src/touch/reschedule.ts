import type { LeadRow } from '../db/schema.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { askedFrom } from '../lead/due.ts';
import { saveLadder } from '../lead/ladder.ts';
import { updateLead } from '../lead/store.ts';
import { markForReschedule } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { refreshNudges } from './nudge-slot.ts';
import { openLeadsOf } from './store.ts';
import { standingOf } from './touch.ts';

/** More leads than this are left to the tick: nobody waits that long for an answer. */
const atOnce = 200;

/** When this person's leads are due, counted anew: they are away, or back, or somebody looks after their leads. */
export async function rescheduleRep(work: Work, team: Team, userId: string): Promise<void> {
  const leads = await openLeadsOf(work, team.id, userId, atOnce + 1);
  if (leads.length > atOnce) return markForReschedule(work.db, team.id);
  for (const lead of leads) await reschedule(work, lead, team);
}

/**
 * When an open lead is due, counted anew in the hours, holidays and absences of today. Its cadence, touches and snooze
 * stay. A nudge that is out is sent again only if the lead is due later.
 */
export async function reschedule(work: Work, lead: LeadRow, team: Team): Promise<void> {
  if (lead.owner_id === null) {
    await saveLadder(work, lead, team);
    return;
  }
  const standing = await standingOf(work, lead, team);
  const isAsked = (as: LeadRow): boolean => (askedFrom(as) ?? Infinity) <= work.now;
  const [wasDue, isDue] = [isAsked(lead), isAsked({ ...lead, ...standing })];
  const isOut = lead.nudge_at === null && wasDue && isDue;
  const asked = wasDue && isDue ? { ignored_at: lead.ignored_at } : {};
  const patch = { ...standing, ...(isOut && { nudge_at: null }), ...asked };
  const changed = (Object.keys(patch) as (keyof typeof patch)[]).filter((key) => patch[key] !== lead[key]);
  if (changed.length === 0) return;
  const after = await updateLead(work.db, lead.id, patch);
  if (after.next_attempt_at === lead.next_attempt_at) return;
  if (wasDue) await refreshNudges(work, lead, after);
  await refreshCard(work, lead.id, { bulk: true });
}
