import type { LeadRow } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** Nurtured leads whose day has come, the longest due first; found by an index. */
export async function dueReturns(work: Work, limit: number): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('return_at', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('return_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Who said last that the prospect was told, or took it back. */
export async function lastTold(
  work: Work,
  leadId: number,
): Promise<{ actor: string; action: string; at: number } | undefined> {
  return work.db
    .selectFrom('audit')
    .select(['actor', 'action', 'at'])
    .where('lead_id', '=', leadId)
    .where('action', 'in', ['lead.answered', 'lead.answer_undone', 'lead.resolved', 'lead.reopened'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
