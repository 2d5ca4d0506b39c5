import { DAY } from '../calendar/civil.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow, Resolution } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { ladderStart } from '../lead/ladder-start.ts';
import { saveLadder } from '../lead/ladder.ts';
import { newStart } from '../lead/new-start.ts';
import { isFree, refuseUnlessWorkable } from '../lead/permission.ts';
import { cameInSince } from '../intake/store.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { routeWaiting } from '../routing/routing.ts';
import { teamById } from '../team/store.ts';
import { refuseOutsider } from '../team/team.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { wasContacted } from '../touch/store.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';

/** How a lead can end, in the words of the modal. */
export const resolutions: Record<Resolution, { label: string; hint: string }> = {
  qualified: { label: 'Qualified', hint: 'They want to go on with us' },
  nurture: { label: 'Nurture', hint: 'Right person, wrong time' },
  disqualified: { label: 'Disqualified', hint: 'We talked: this is no fit' },
  rejected: { label: 'Rejected', hint: 'Never contacted: misrouted, duplicate, not a prospect' },
  unresponsive: { label: 'Unresponsive', hint: 'They never answered' },
};

export function isResolution(text: string): text is Resolution {
  return Object.hasOwn(resolutions, text);
}

export interface ResolveInput {
  resolution: Resolution;
  /** Whether the prospect got an answer, be it a polite no. */
  answered: boolean;
  note: string | null;
}

/**
 * Closes a lead. Rejection (before any contact) and disqualification (after contact) are never merged.
 * @throws Refusal when the lead is closed, is somebody else's, or the kind does not fit what was done
 */
export async function resolveLead(
  work: Work,
  leadId: number,
  userId: string,
  input: ResolveInput,
): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId, work.now);
  refuseWrongKind(input.resolution, await wasContacted(work.db, leadId));
  const resolved = await updateLead(work.db, leadId, {
    state: 'resolved',
    resolution: input.resolution,
    answered: input.answered ? 1 : 0,
    resolution_note: input.note,
    resolved_at: work.now,
    resolved_by: userId,
    next_attempt_at: null,
    nudge_at: null,
    snoozed_until: null,
    replied_at: null,
    ladder_at: null,
    waits_for: null,
  });
  const detail = { resolution: input.resolution, answered: input.answered };
  await recordAudit(work, { actor: userId, action: 'lead.resolved', leadId, detail });
  await refreshNudges(work, lead);
  await refreshCard(work, leadId);
  // A rep who was full may have room now.
  if (lead.owner_id !== null) await routeWaiting(work, team);
  return resolved;
}

function refuseWrongKind(resolution: Resolution, contacted: boolean): void {
  if (resolution === 'rejected' && contacted) {
    throw new Refusal(
      'Rejected means: closed before any contact. This lead has touches, so choose Disqualified.',
    );
  }
  if (resolution === 'disqualified' && !contacted) {
    throw new Refusal(
      'Disqualified means: closed after contact. Nobody has touched this lead, so choose Rejected.',
    );
  }
}

/** Within this time, reopening takes a closing back; later it is a new start. */
const misclickMs = DAY;

/**
 * Opens a closed lead again, for the rep who had it; one that nobody has is on offer again. A closing that was a
 * mistake is taken back as if it had not been; after a day, or when it came in again since, a new cadence begins.
 * @throws Refusal when it is open, or the person is not in the team
 */
export async function reopenLead(work: Work, leadId: number, userId: string): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (lead.state !== 'resolved') throw new Refusal('This lead is open already.');
  refuseOutsider(team, userId);
  const ownerId = isFree(lead, team) ? null : lead.owner_id;
  const closedAt = lead.resolved_at ?? 0;
  const isMistake =
    ownerId !== null && work.now - closedAt < misclickMs && !(await cameInSince(work, leadId, closedAt));
  const reopened = await updateLead(work.db, leadId, {
    ...ladderStart(work.now),
    ...(!isMistake && newStart(lead, work.now)),
    state: ownerId === null ? 'offered' : 'owned',
    owner_id: ownerId,
    resolution: null,
    answered: null,
    resolution_note: null,
    resolved_at: null,
    resolved_by: null,
  });
  await recordAudit(work, { actor: userId, action: 'lead.reopened', leadId });
  const ready =
    ownerId === null ? await saveLadder(work, reopened, team) : await saveProgress(work, reopened, team);
  await refreshCard(work, leadId);
  return ready;
}
