import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { putOffUntil } from '../lead/due.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { teamById } from '../team/store.ts';
import { type NudgeData, nudgeFor, nudgeKey, refreshNudges } from '../touch/nudge-slot.ts';
import { snoozeActions, snoozeDetailOf } from '../touch/store.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import { isNudgeWanted } from './nudge.ts';
import { askAsBefore } from './store.ts';

/**
 * Ends a snooze at once. What was asked for is open again where it stands, and is asked for in no new message.
 * @returns the lead; undefined where it is not put off any more, as for the second half of a double click
 * @throws Refusal when the lead has moved on since, is closed, or is not theirs
 */
export async function bringBack(work: Work, nudge: NudgeData, userId: string): Promise<LeadRow | undefined> {
  const lead = await leadById(work, nudge.leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId, work.now);
  if (nudgeKey(nudgeFor(lead)) !== nudgeKey(nudge))
    throw new Refusal(
      'There is nothing to bring back: the lead has moved on since it was put off. Its card says what comes next.',
    );
  const until = putOffUntil(lead, work.now);
  if (until === null) return undefined;
  const back = await saveProgress(work, { ...lead, snoozed_until: null }, team);
  if (isNudgeWanted(back, nudge, work.now)) await askAsBefore(work, back);
  const detail = { ...snoozeDetailOf(lead, until) };
  await recordAudit(work, { actor: userId, action: snoozeActions.broughtBack, leadId: lead.id, detail });
  await refreshNudges(work, back);
  await refreshCard(work, lead.id);
  return back;
}
