import type { LeadPatch, LeadRow } from '../db/schema.ts';

/** A new cadence: nothing is tried yet, and its clocks start now. The touches before it stay in the story. */
export function newStart(lead: Pick<LeadRow, 'cadence_epoch'>, now: number) {
  return {
    attempts: 0,
    first_touch_at: null,
    last_touch_at: null,
    last_touch_kind: null,
    snoozed_until: null,
    next_step: null,
    next_step_at: null,
    next_step_set_at: null,
    next_step_all_day: 0,
    step_due_at: null,
    ignored_at: null,
    cadence_epoch: lead.cadence_epoch + 1,
    cadence_started_at: now,
    cadence_arrived_at: now,
  } satisfies LeadPatch;
}
