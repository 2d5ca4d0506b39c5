import { recordAudit } from '../db/audit.ts';
import type { LeadRow, TouchRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { user } from '../slack/kit.ts';
import { hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { countWith } from './backdate.ts';
import { refreshNudges } from './nudge-slot.ts';
import { countWithout } from './progress.ts';
import * as store from './store.ts';
import {
  type LoggedTouch,
  playbookOf,
  saveAsBefore,
  saveAttempts,
  saveProgress,
  type TouchDetails,
} from './touch.ts';

/** A touch that this person may edit, and its lead. @throws Refusal with what to do instead */
export async function editableTouch(
  work: Work,
  touchId: number,
  userId: string,
): Promise<{ touch: TouchRow; lead: LeadRow }> {
  const touch = await store.touchById(work, touchId);
  if (touch.user_id !== userId) throw new Refusal(`Only ${user(touch.user_id)} can edit this touch.`);
  if (touch.undone_at !== null) throw new Refusal('This touch is undone. Log it anew.');
  const lead = await leadById(work, touch.lead_id);
  if (lead.state === 'resolved')
    throw new Refusal('This lead is closed. Reopen it first, then edit the touch.');
  refuseUnlessWorkable(lead, await teamById(work, lead.sales_team_id), userId, work.now);
  if (lead.cadence_epoch !== touch.cadence_epoch)
    throw new Refusal('The lead has begun anew since this touch, so it stays as it is. You can add a note.');
  return { touch, lead };
}

/**
 * Corrects a touch, as if it had been logged like that: attempts are counted anew from where it was and where it is.
 * @throws Refusal
 */
export async function editTouch(
  work: Work,
  touchId: number,
  userId: string,
  change: TouchDetails & Pick<TouchRow, 'kind'>,
): Promise<LoggedTouch> {
  const { touch, lead: answered } = await editableTouch(work, touchId, userId);
  const team = await teamById(work, answered.sales_team_id);
  const { attemptGap } = await playbookOf(work, answered);
  const moved = change.at !== touch.at || change.kind !== touch.kind;
  let { attempt } = touch;
  if (moved) {
    const touches = await store.touchesOf(work.db, answered);
    const self = touches.find(({ id }) => id === touchId) ?? touch;
    const hours = hoursOf(team, answered.owner_id);
    const left = countWithout(touches, self, hours, attemptGap);
    const counted = countWith(left, change, hours, attemptGap);
    await saveAttempts(work, touches, counted.others);
    ({ attempt } = counted);
  }
  await store.updateTouch(work.db, touchId, { ...change, attempt });
  let lead = await saveProgress(work, answered, team);
  if (lead.attempts !== answered.attempts) lead = await saveAsBefore(work, lead, team);
  const { kind, message, person_id, at } = touch;
  await recordAudit(work, {
    actor: userId,
    action: 'touch.edited',
    leadId: lead.id,
    detail: { touch: touchId, was: { kind, message, person: person_id, at } },
  });
  await refreshNudges(work, answered, lead);
  await refreshCard(work, lead.id);
  return { touch: await store.touchById(work, touchId), lead, fresh: true };
}
