import { recordAudit } from '../db/audit.ts';
import type { LeadRow, TouchKind, TouchRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { assignLead, leadById, updateLead } from '../lead/store.ts';
import { user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { isManager, refuseOutsider, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { refreshNudge } from './nudge-slot.ts';
import { type Progress, progressOf } from './progress.ts';
import * as store from './store.ts';

/** The same click within this time is the same touch: fingers are faster than screens. */
const doubleClickMs = 3000;
const undoMs = 10 * 60_000;

export interface LoggedTouch {
  touch: TouchRow;
  lead: LeadRow;
  /** False for the second half of a double click: it changed nothing. */
  fresh: boolean;
}

/**
 * Logs one touch. A lead that nobody has yet goes to the one who touches it first.
 * @throws Refusal when the lead is closed, belongs to somebody else, or the person is not in the team
 */
export async function logTouch(
  work: Work,
  leadId: number,
  userId: string,
  kind: TouchKind,
): Promise<LoggedTouch> {
  let lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId);

  const before = await store.touchesOf(work.db, lead);
  const last = before.at(-1);
  if (last?.kind === kind && last.user_id === userId && work.now - last.at < doubleClickMs) {
    return { touch: last, lead, fresh: false };
  }
  if (lead.state === 'offered') lead = (await assignLead(work, lead, userId, 'claim')) ?? lead;
  const answered = lead.attempts + 1;
  lead = { ...lead, snoozed_until: null };
  const progress = await deriveProgress(work, lead, team, [...before, { kind, at: work.now }]);
  const attempt = progress.attemptOfTouch.at(-1) ?? 0;
  const touch = await store.insertTouch(work, lead, { userId, kind, attempt });
  lead = await storeProgress(work, lead, progress);
  await recordAudit(work, {
    actor: userId,
    action: 'touch.logged',
    leadId,
    detail: { touch: touch.id, kind },
  });
  await refreshNudge(work, lead, answered);
  await refreshCard(work, leadId);
  return { touch, lead, fresh: true };
}

/**
 * Takes a touch back, for ten minutes, by the one who logged it.
 * @throws Refusal
 */
export async function undoTouch(work: Work, touchId: number, userId: string): Promise<LoggedTouch> {
  const touch = await store.touchById(work, touchId);
  if (touch.user_id !== userId) throw new Refusal(`Only ${user(touch.user_id)} can undo this touch.`);
  if (touch.undone_at !== null) throw new Refusal('This touch is undone already.');
  if (work.now - touch.at > undoMs) {
    throw new Refusal(
      'A touch can be undone for ten minutes. Add a note to it instead, so that the story stays right.',
    );
  }
  let lead = await leadById(work, touch.lead_id);
  if (lead.state === 'resolved')
    throw new Refusal('This lead is closed. Reopen it first, then undo the touch.');
  const team = await teamById(work, lead.sales_team_id);
  await store.updateTouch(work.db, touchId, { undone_at: work.now });
  lead = await saveProgress(work, lead, team);
  await recordAudit(work, {
    actor: userId,
    action: 'touch.undone',
    leadId: lead.id,
    detail: { touch: touchId },
  });
  await refreshNudge(work, lead, lead.attempts + 1);
  await refreshCard(work, lead.id);
  return { touch, lead, fresh: true };
}

/** @throws Refusal when the touch is somebody else's. */
export async function noteTouch(work: Work, touchId: number, userId: string, note: string): Promise<void> {
  const touch = await store.touchById(work, touchId);
  if (touch.user_id !== userId)
    throw new Refusal(`Only ${user(touch.user_id)} can add a note to this touch.`);
  await store.updateTouch(work.db, touchId, { note });
  await recordAudit(work, {
    actor: userId,
    action: 'touch.noted',
    leadId: touch.lead_id,
    detail: { touch: touchId },
  });
  await refreshCard(work, touch.lead_id);
}

/** Brings what is derived from the touches up to date, in the lead and in its touches. */
export async function saveProgress(work: Work, lead: LeadRow, team: Team): Promise<LeadRow> {
  const touches = await store.touchesOf(work.db, lead);
  const progress = await deriveProgress(work, lead, team, touches);
  for (const [index, touch] of touches.entries()) {
    const attempt = progress.attemptOfTouch[index] ?? 0;
    if (touch.attempt !== attempt) await store.updateTouch(work.db, touch.id, { attempt });
  }
  return storeProgress(work, lead, progress);
}

async function deriveProgress(
  work: Work,
  lead: LeadRow,
  team: Team,
  touches: readonly Pick<TouchRow, 'kind' | 'at'>[],
): Promise<Progress> {
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  return progressOf({
    touches,
    startedAt: lead.cadence_started_at,
    cadence: playbook.ranks[lead.rank]?.cadence ?? [],
    attemptGapMinutes: playbook.attemptGap,
    nudgeAttempts: playbook.nudgeAttempts,
    replyWithin: playbook.replyWithin,
    calendar: team.calendar,
    snoozedUntil: lead.snoozed_until,
  });
}

function storeProgress(work: Work, lead: LeadRow, progress: Progress): Promise<LeadRow> {
  return updateLead(work.db, lead.id, {
    state: progress.lastTouchAt === null ? 'owned' : 'working',
    attempts: progress.attempts,
    first_touch_at: progress.firstTouchAt,
    last_touch_at: progress.lastTouchAt,
    last_touch_kind: progress.lastTouchKind,
    replied_at: progress.repliedAt,
    next_attempt_at: progress.nextAttemptAt,
    nudge_at: progress.nudgeAt,
    snoozed_until: lead.snoozed_until,
  });
}

/** The rule for everything that moves a lead on: its owner, or a manager; anybody in the team while it has no owner. */
export function refuseUnlessWorkable(lead: LeadRow, team: Team, userId: string): void {
  if (lead.state === 'resolved') {
    throw new Refusal('This lead is closed. Reopen it on its card first, if there is more to do.');
  }
  // Who has left the roster may still finish what they hold.
  if (lead.owner_id === userId) return;
  refuseOutsider(team, userId);
  if (lead.owner_id !== null && !isManager(team, userId)) {
    throw new Refusal(`${user(lead.owner_id)} has this lead. Talk to them, or ask a manager.`);
  }
}
