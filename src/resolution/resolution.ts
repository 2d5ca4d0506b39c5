import type { LeadRow, Resolution } from '../db/schema.ts';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { sayReason } from '../feedback/feedback.ts';
import { type Verdict, verdictInput, verdictOn } from '../feedback/verdict.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { dueAt, isLate, putOffUntil } from '../lead/due.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById, updateLead } from '../lead/store.ts';
import { closingAnswers } from '../playbook/answers.ts';
import type { Answer, Playbook, Reason } from '../playbook/schema.ts';
import { preferencesOf } from '../preference/store.ts';
import { routeWaiting } from '../routing/routing.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import { cadenceOf } from '../touch/cadence.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { wasContacted } from '../touch/store.ts';
import type { Work } from '../work.ts';
import { type Standing, whyNot } from './gates.ts';
import { needsReason } from './kinds.ts';

/** How they were told; not yet, or there is nobody to tell. */
export type Told = 'sent' | 'spoken' | 'no';

export function isTold(text: string): text is Told {
  return text === 'sent' || text === 'spoken' || text === 'no';
}

export interface ResolveInput {
  resolution: Resolution;
  /** For rejected and disqualified. */
  reason?: Reason;
  /** What the prospect is told, of the playbook's; undefined where it has nothing to say. */
  answer?: Answer;
  /** The words as they were typed. */
  words?: string;
  told?: Told;
  /** For nurture: when it comes back, UTC milliseconds. */
  returnAt?: number;
  note: string | null;
}

/** An open lead that this person may close, and what decides how. */
export interface Closable {
  lead: LeadRow;
  team: Team;
  playbook: Playbook;
  standing: Standing;
  /** How whoever closes it signs. */
  signature: string | null;
}

/** @throws Refusal when the lead is closed, or somebody else's */
export async function closableLead(work: Work, leadId: number, userId: string): Promise<Closable> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  refuseUnlessWorkable(lead, team, userId, work.now);
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const isCadence = lead.replied_at === null && lead.step_due_at === null;
  const standing = {
    ...(await verdictInput(work, lead, team, userId)),
    contacted: await wasContacted(work.db, leadId),
    planned: cadenceOf(playbook, lead).length,
    nextAttemptAt: isCadence ? dueAt(lead, work.now) : null,
    isPutOff: putOffUntil(lead, work.now) !== null,
    isLate: isLate(lead, work.now),
  };
  const { signature } = await preferencesOf(work, userId);
  return { lead, team, playbook, standing, signature };
}

export type Ending = { closed: true; lead: LeadRow } | { closed: false; verdict: Verdict };

/**
 * Closes a lead. A reason that is an opinion, or a question, is saved and the lead stays open.
 * @throws Refusal when the lead is closed, is somebody else's, or can't end like this
 */
export async function resolveLead(
  work: Work,
  { lead, team, playbook, standing }: Closable,
  userId: string,
  input: ResolveInput,
): Promise<Ending> {
  const { resolution, answer, told } = input;
  const no = whyNot(resolution, standing);
  if (no !== undefined) throw new Refusal(no);
  const reason = needsReason(resolution) ? input.reason : undefined;
  if (needsReason(resolution) && !reason)
    throw new Refusal('Say why it is no lead for us. Nothing was changed.');
  if (answer && answer.text === undefined && !isOffered(playbook, resolution, reason, answer))
    throw new Refusal(
      'Only spam, tests and duplicates are closed without an answer. Choose what to tell them.',
    );
  const verdict = reason ? verdictOn(reason, standing) : 'closes';
  if (reason) await sayReason(work, lead, userId, reason);
  if (verdict === 'verify' || verdict === 'ask') return { closed: false, verdict };
  const needsAnswer = answer === undefined || answer.text !== undefined;
  const isAnswered = resolution === 'qualified' || (needsAnswer && told !== undefined && told !== 'no');
  const returnAt = resolution === 'nurture' ? (input.returnAt ?? null) : null;
  const resolved = await updateLead(work.db, lead.id, {
    state: 'resolved',
    resolution,
    resolution_reason: reason?.id ?? null,
    answer: answer?.id ?? null,
    answered: isAnswered ? 1 : 0,
    needs_answer: needsAnswer ? 1 : 0,
    return_at: returnAt,
    resolution_note: input.note,
    resolved_at: work.now,
    resolved_by: userId,
    next_attempt_at: null,
    nudge_at: null,
    snoozed_until: null,
    replied_at: null,
    step_due_at: null,
    ladder_at: null,
    waits_for: null,
    ignored_at: null,
  });
  const detail = {
    resolution,
    answered: isAnswered,
    ...(reason && { reason: reason.id }),
    ...(verdict === 'overrides' && { override: true }),
    ...(answer && { answer: answer.id, needsAnswer }),
    ...(told !== undefined && { told }),
    ...(input.words !== undefined && { text: input.words }),
    ...(returnAt !== null && { returnAt }),
  };
  await recordAudit(work, { actor: userId, action: 'lead.resolved', leadId: lead.id, detail });
  await refreshNudges(work, lead);
  await refreshCard(work, lead.id);
  // A rep who was full may have room now.
  if (lead.owner_id !== null) await routeWaiting(work, team);
  return { closed: true, lead: resolved };
}

function isOffered(
  playbook: Playbook,
  resolution: Resolution,
  reason: Reason | undefined,
  answer: Answer,
): boolean {
  if (resolution === 'qualified') return false;
  return closingAnswers(playbook, resolution, reason).some(({ id }) => id === answer.id);
}
