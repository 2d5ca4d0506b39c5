import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import { livingSlots, messageOfSlot, saveSlot } from '../outbox/store.ts';
import type { Work } from '../work.ts';
import { stepOf } from './agreed-step.ts';

/** Which nudge: of an attempt of one cadence of one lead, or of a reply or a step agreed after that many attempts. */
export const nudgeData = z.object({
  leadId: z.number(),
  attempt: z.number(),
  epoch: z.number(),
  /** When the prospect replied, for a nudge about the reply. */
  repliedAt: z.number().optional(),
  /** For when the next step was agreed, for a nudge about it. */
  stepAt: z.number().optional(),
  /** This message was snoozed, and the nudge is back in a new one. */
  cameBack: z.boolean().optional(),
});
export type NudgeData = z.infer<typeof nudgeData>;
export const nudgeOutcomeType = 'nudge_outcome';

/** What the lead is nudged about as it stands: the agreed step, a reply that waits, else the next attempt. */
export function nudgeFor(lead: LeadRow): NudgeData {
  const data = { leadId: lead.id, epoch: lead.cadence_epoch };
  const step = stepOf(lead);
  if (step) return { ...data, attempt: lead.attempts, stepAt: step.at };
  return lead.replied_at === null
    ? { ...data, attempt: lead.attempts + 1 }
    : { ...data, attempt: lead.attempts, repliedAt: lead.replied_at };
}

/** One place for each attempt, reply and step: the newest message about it is the one that is kept up to date. */
export function nudgeSlot({ leadId, epoch, attempt, repliedAt, stepAt }: NudgeData): string {
  const about =
    stepAt !== undefined ? `step:${stepAt}` : repliedAt !== undefined ? `reply:${repliedAt}` : attempt;
  return `nudge:${leadId}:${epoch}:${about}`;
}

/**
 * Settles, or opens again, what was sent about the lead as it was and as it is now. A nudge that was never posted
 * needs nothing; one that may be arriving right now is brought up to date as soon as it has.
 */
export async function refreshNudges(work: Work, ...leads: readonly LeadRow[]): Promise<void> {
  const nudges = new Map(leads.map(nudgeFor).map((nudge) => [nudgeSlot(nudge), nudge]));
  for (const slot of await livingSlots(work.db, work.workspace.teamId, [...nudges.keys()])) {
    await updateSlot(work, { type: nudgeOutcomeType, data: nudges.get(slot) }, slot);
  }
}

/** A nudge that comes back takes the slot: the message that was snoozed gets one of its own, and says so, once. */
export async function retireNudge(work: Work, data: NudgeData, snoozedUntil: number): Promise<void> {
  const { teamId } = work.workspace;
  const retired = `${nudgeSlot(data)}:${snoozedUntil}`;
  const message = await messageOfSlot(work.db, teamId, nudgeSlot(data));
  if (!message || (await messageOfSlot(work.db, teamId, retired))) return;
  await saveSlot(work.db, teamId, retired, message);
  await updateSlot(work, { type: nudgeOutcomeType, data: { ...data, cameBack: true } }, retired);
}
