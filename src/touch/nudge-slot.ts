import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import { messageOfSlot } from '../outbox/store.ts';
import type { Work } from '../work.ts';

/** Which nudge: the attempt of one cadence of one lead. */
export const nudgeData = z.object({ leadId: z.number(), attempt: z.number(), epoch: z.number() });
export type NudgeData = z.infer<typeof nudgeData>;
export const nudgeOutcomeType = 'nudge_outcome';

/** One message an attempt, so that a snoozed nudge that comes back is new and the old one keeps its text. */
export function nudgeSlot(nudge: NudgeData): string {
  return `nudge:${nudge.leadId}:${nudge.epoch}:${nudge.attempt}`;
}

/** Once a nudge is answered its buttons go; a nudge that was never posted needs nothing. */
export async function refreshNudge(work: Work, lead: LeadRow, attempt: number): Promise<void> {
  const data: NudgeData = { leadId: lead.id, attempt, epoch: lead.cadence_epoch };
  const slot = nudgeSlot(data);
  if (await messageOfSlot(work.db, work.workspace.teamId, slot)) {
    await updateSlot(work, { type: nudgeOutcomeType, data }, slot);
  }
}
