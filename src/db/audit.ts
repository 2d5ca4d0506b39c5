import type { Work } from '../work.ts';

export interface AuditEntry {
  /** A Slack user id, or `app`. */
  actor: string;
  /** Subject and verb, as in `lead.claimed`. */
  action: string;
  leadId?: number;
  detail?: Record<string, unknown>;
}

/** Who did what when: one row for every change that a person makes, in the transaction of the change. */
export async function recordAudit(work: Work, entry: AuditEntry): Promise<void> {
  await work.db
    .insertInto('audit')
    .values({
      team_id: work.workspace.teamId,
      at: work.now,
      actor: entry.actor,
      action: entry.action,
      lead_id: entry.leadId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute();
}
