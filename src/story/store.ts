import type { AuditRow, FlagRow, NudgeRow, SignalRow, TouchRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

export type SignalEvent = Pick<SignalRow, 'at' | 'way' | 'source' | 'message' | 'added_by'>;
export type AuditEvent = Pick<AuditRow, 'at' | 'actor' | 'action' | 'detail'>;

/** The touches of all the lead's cadences that count, oldest first. */
export async function allTouchesOf(work: Work, leadId: number): Promise<TouchRow[]> {
  return work.db
    .selectFrom('touch')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('undone_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

export async function signalsOf(work: Work, leadId: number): Promise<SignalEvent[]> {
  return work.db
    .selectFrom('signal')
    .select(['at', 'way', 'source', 'message', 'added_by'])
    .where('lead_id', '=', leadId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

export async function nudgesOf(work: Work, leadId: number): Promise<NudgeRow[]> {
  return work.db.selectFrom('nudge').selectAll().where('lead_id', '=', leadId).orderBy('id').execute();
}

/** Every reason that was ever given, those taken back too. */
export async function everyFlagOf(work: Work, leadId: number): Promise<FlagRow[]> {
  return work.db.selectFrom('flag').selectAll().where('lead_id', '=', leadId).orderBy('id').execute();
}

export async function auditOf(work: Work, leadId: number): Promise<AuditEvent[]> {
  return work.db
    .selectFrom('audit')
    .select(['at', 'actor', 'action', 'detail'])
    .where('lead_id', '=', leadId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}
