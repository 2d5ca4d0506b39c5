import { DAY } from '../calendar/civil.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadPatch, LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { takeBackReason } from '../feedback/feedback.ts';
import { cameInSince } from '../intake/store.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { ladderStart } from '../lead/ladder-start.ts';
import { newStart } from '../lead/new-start.ts';
import { isFree } from '../lead/permission.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { routeLead } from '../routing/routing.ts';
import { presentAbsence } from '../team/absence.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamById } from '../team/store.ts';
import { refuseOutsider } from '../team/team.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { saveAsBefore } from '../touch/touch.ts';
import type { Work } from '../work.ts';

/** Within this time, reopening takes a closing back; later it is a new start. */
const misclickMs = DAY;

/** An open lead knows nothing of how it ended once. */
export const notResolved = {
  resolution: null,
  resolution_reason: null,
  answer: null,
  answered: null,
  needs_answer: null,
  return_at: null,
  resolution_note: null,
  resolved_at: null,
  resolved_by: null,
} satisfies LeadPatch;

/**
 * Opens a closed lead again, for the rep who had it; one that nobody has, or somebody who is away, is routed as new
 * leads are. A closing that was a mistake is taken back as if it had not been; after a day, or when it came in again
 * since, a new cadence begins.
 * @throws Refusal when it is open, or the person is not in the team
 */
export async function reopenLead(work: Work, leadId: number, userId: string): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (lead.state !== 'resolved') throw new Refusal('This lead is open already.');
  refuseOutsider(team, userId);
  const owner = isFree(lead, team) ? null : lead.owner_id;
  const isAway = owner !== null && presentAbsence(await openAbsences(work, [owner]), work.now) !== undefined;
  const ownerId = isAway ? null : owner;
  const closedAt = lead.resolved_at ?? 0;
  const isSoon = work.now - closedAt < misclickMs && !(await cameInSince(work, leadId, closedAt));
  const isMistake = owner !== null && isSoon;
  if (isSoon) await takeBackReason(work, lead);
  const reopened = await updateLead(work.db, leadId, {
    ...ladderStart(work.now),
    ...(!isMistake && newStart(lead, work.now)),
    ...notResolved,
    state: ownerId === null ? 'offered' : 'owned',
    owner_id: ownerId,
  });
  await recordAudit(work, { actor: userId, action: 'lead.reopened', leadId });
  const ready =
    ownerId === null
      ? await routeLead(work, reopened, team, { isHandedOn: lead.owner_id !== null })
      : await saveAsBefore(work, reopened, team);
  await refreshNudges(work, lead, ready);
  await refreshCard(work, leadId);
  return ready;
}
