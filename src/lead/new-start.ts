import type { LeadPatch, LeadRow } from '../db/schema.ts';

/** A new cadence: nothing is tried yet, and its clocks start now. The touches before it stay in the story. */
export function newStart(lead: Pick<LeadRow, 'cadence_epoch'>, now: number) {
  return {
    attempts: 0,
    first_touch_at: null,
    last_touch_at: null,
    last_touch_kind: null,
    snoozed_until: null,
    cadence_epoch: lead.cadence_epoch + 1,
    cadence_started_at: now,
  } satisfies LeadPatch;
}
