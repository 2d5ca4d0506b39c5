import { refuseUnfairClaim } from '../claims/rules.ts';
import { recordAudit } from '../db/audit.ts';
import type { LeadPatch, LeadRow, TouchKind, TouchRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { takeLead } from '../lead/claim.ts';
import { redrawAt } from '../lead/due.ts';
import { hasAskedForTouch, ladderOf } from '../lead/ladder.ts';
import { isFree, refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { user } from '../slack/kit.ts';
import { hoursOf, ownerCalendar } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import type { Playbook } from '../playbook/schema.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { agreedStep } from './agreed-step.ts';
import { countWith } from './backdate.ts';
import { refreshNudges } from './nudge-slot.ts';
import { countWithout, progressOf } from './progress.ts';
import * as store from './store.ts';
import { suggestedMessage } from './suggested.ts';

/** The same click within this time is the same touch: fingers are faster than screens. */
const doubleClickMs = 3000;
const undoMs = 10 * 60_000;

/** Whether it can still be taken back, by the one who logged it. */
export function isUndoable(touch: Pick<TouchRow, 'logged_at'>, now: number): boolean {
  return now - touch.logged_at <= undoMs;
}

export interface LoggedTouch {
  touch: TouchRow;
  lead: LeadRow;
  /** False for the second half of a double click: it changed nothing. */
  fresh: boolean;
}

/** What the form asks beside the kind; one click means: the lead's person, the suggested message, now. */
export type TouchDetails = Pick<TouchRow, 'person_id' | 'message' | 'note' | 'at'>;

/**
 * Logs one touch. A lead that nobody has yet goes to the one who touches it first.
 * @throws Refusal when the lead is closed, belongs to somebody else, or the person is not in the team
 */
export async function logTouch(
  work: Work,
  leadId: number,
  userId: string,
  kind: TouchKind,
  details?: TouchDetails,
): Promise<LoggedTouch> {
  let lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId, work.now, 'logged');

  const before = await store.touchesOf(work.db, lead);
  const at = details?.at ?? work.now;
  const double = doubleOf(before, { kind, userId, at, personId: details?.person_id ?? null });
  if (double) return { touch: double, lead, fresh: false };
  const answered = lead;
  if (lead.owner_id !== userId && isFree(lead, team)) {
    await refuseUnfairClaim(work, lead, team, userId);
    lead = (await takeLead(work, lead, userId)) ?? lead;
  }
  const playbook = await playbookOf(work, lead);
  const hours = hoursOf(team, lead.owner_id);
  const { attempt, others } = countWith(before, { kind, at }, hours, playbook.attemptGap);
  await saveAttempts(work, before, others);
  const plain = { person_id: null, note: null, at, ...details };
  const message = details
    ? details.message
    : await suggestedMessage(work, lead, playbook, { kind, attempt }, before);
  const touch = await store.insertTouch(work, lead, { ...plain, userId, kind, attempt, message });
  lead = await saveProgress(work, { ...lead, snoozed_until: null }, team);
  await recordAudit(work, {
    actor: userId,
    action: 'touch.logged',
    leadId,
    detail: { touch: touch.id, kind },
  });
  await refreshNudges(work, answered, lead);
  await refreshCard(work, leadId);
  return { touch, lead, fresh: true };
}

/**
 * The touch that this one is the second half of: of a double click, or of a form that was sent twice. The distance
 * alone: a clock that was set back must not swallow touches until it has caught up.
 */
function doubleOf(
  before: readonly TouchRow[],
  same: { kind: TouchKind; userId: string; at: number; personId: number | null },
): TouchRow | undefined {
  const last = before.reduce<TouchRow | undefined>(
    (newest, touch) => (newest && newest.id > touch.id ? newest : touch),
    undefined,
  );
  const isAlike =
    last?.kind === same.kind && last.user_id === same.userId && last.person_id === same.personId;
  return isAlike && Math.abs(same.at - last.at) < doubleClickMs ? last : undefined;
}

/**
 * Takes a touch back, for ten minutes, by the one who logged it.
 * @throws Refusal
 */
export async function undoTouch(work: Work, touchId: number, userId: string): Promise<LoggedTouch> {
  const touch = await store.touchById(work, touchId);
  if (touch.user_id !== userId) throw new Refusal(`Only ${user(touch.user_id)} can undo this touch.`);
  if (touch.undone_at !== null) throw new Refusal('This touch is undone already.');
  if (!isUndoable(touch, work.now)) {
    throw new Refusal(
      'A touch can be undone for ten minutes. Add a note to it instead, so that the story stays right.',
    );
  }
  let lead = await leadById(work, touch.lead_id);
  if (lead.state === 'resolved')
    throw new Refusal('This lead is closed. Reopen it first, then undo the touch.');
  const answered = lead;
  const team = await teamById(work, lead.sales_team_id);
  const touches = await store.touchesOf(work.db, lead);
  const undone = touches.find(({ id }) => id === touchId);
  const { attemptGap } = await playbookOf(work, lead);
  const hours = hoursOf(team, lead.owner_id);
  if (undone) await saveAttempts(work, touches, countWithout(touches, undone, hours, attemptGap));
  await store.updateTouch(work.db, touchId, { undone_at: work.now });
  lead = await saveAsBefore(work, lead, team);
  await recordAudit(work, {
    actor: userId,
    action: 'touch.undone',
    leadId: lead.id,
    detail: { touch: touchId },
  });
  await refreshNudges(work, answered, lead);
  await refreshCard(work, lead.id);
  return { touch, lead, fresh: true };
}

/** The touch a note belongs to. @throws Refusal when it is somebody else's */
export async function touchForNote(work: Work, touchId: number, userId: string): Promise<TouchRow> {
  const touch = await store.touchById(work, touchId);
  if (touch.user_id !== userId)
    throw new Refusal(`Only ${user(touch.user_id)} can add a note to this touch.`);
  return touch;
}

/** @throws Refusal when the touch is somebody else's. */
export async function noteTouch(work: Work, touchId: number, userId: string, note: string): Promise<LeadRow> {
  const touch = await touchForNote(work, touchId, userId);
  await store.updateTouch(work.db, touchId, { note });
  await recordAudit(work, {
    actor: userId,
    action: 'touch.noted',
    leadId: touch.lead_id,
    detail: { touch: touchId },
  });
  const lead = await leadById(work, touch.lead_id);
  await refreshNudges(work, lead);
  await refreshCard(work, lead.id);
  return lead;
}

/** Brings what is derived from the touches up to date in the lead, its ladder included. Who has nobody has nothing due. */
export async function saveProgress(work: Work, lead: LeadRow, team: Team): Promise<LeadRow> {
  return updateLead(work.db, lead.id, await standingOf(work, lead, team));
}

/** The same where something was undone: what was put off before it is put off again. */
export async function saveAsBefore(work: Work, lead: LeadRow, team: Team): Promise<LeadRow> {
  const saved = await saveProgress(work, lead, team);
  const until = await store.snoozeOf(work.db, saved);
  return until === saved.snoozed_until ? saved : saveProgress(work, { ...saved, snoozed_until: until }, team);
}

/** How the lead has to stand by its touches and its owner's calendar. */
export async function standingOf(work: Work, lead: LeadRow, team: Team) {
  const playbook = await playbookOf(work, lead);
  const progress = progressOf({
    touches: await store.touchesOf(work.db, lead),
    startedAt: lead.cadence_started_at,
    cadence: playbook.ranks[lead.rank]?.cadence ?? [],
    nudgeAttempts: [...playbook.nudgeAttempts, ...(hasAskedForTouch(lead, playbook) ? [1] : [])],
    replyWithin: playbook.replyWithin,
    attemptGap: playbook.attemptGap,
    hours: hoursOf(team, lead.owner_id),
    calendar: ownerCalendar(team, lead.owner_id),
    snoozedUntil: lead.snoozed_until,
    nextStep: agreedStep(lead),
  });
  const isOwned = lead.owner_id !== null;
  const due = {
    replied_at: progress.repliedAt,
    next_attempt_at: isOwned ? progress.nextAttemptAt : null,
    step_due_at: isOwned ? progress.stepDueAt : null,
    snoozed_until: lead.snoozed_until,
  };
  const patch = {
    ...due,
    state: !isOwned ? lead.state : progress.lastTouchAt === null ? ('owned' as const) : ('working' as const),
    attempts: progress.attempts,
    first_touch_at: progress.firstTouchAt,
    last_touch_at: progress.lastTouchAt,
    last_touch_kind: progress.lastTouchKind,
    nudge_at: isOwned ? progress.nudgeAt : null,
    ignored_at: null,
    redraw_at: redrawAt({ ...lead, ...due }, work.now),
  };
  const ladder = ladderOf({ ...lead, ...patch }, playbook, hoursOf(team, lead.owner_id), work.now);
  return { ...patch, ...ladder } satisfies LeadPatch;
}

/** Keeps the numbers of the touches that were counted anew. */
export async function saveAttempts(
  work: Work,
  before: readonly TouchRow[],
  after: readonly TouchRow[],
): Promise<void> {
  const known = new Map(before.map(({ id, attempt }) => [id, attempt]));
  for (const { id, attempt } of after) {
    if (known.get(id) !== attempt) await store.updateTouch(work.db, id, { attempt });
  }
}

export function playbookOf(work: Work, lead: LeadRow): Promise<Playbook> {
  return work.playbooks.version(work.db, lead.playbook_version);
}
