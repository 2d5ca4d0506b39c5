import type { Db, FlagRow, LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Reason } from '../playbook/schema.ts';
import type { Work } from '../work.ts';

/** Saves the reason with what was known of the lead at that moment. @returns undefined if this rep has said so before */
export async function insertFlag(
  work: Work,
  lead: LeadRow,
  userId: string,
  reason: Reason,
): Promise<FlagRow | undefined> {
  return work.db
    .insertInto('flag')
    .values({
      team_id: work.workspace.teamId,
      sales_team_id: lead.sales_team_id,
      lead_id: lead.id,
      user_id: userId,
      reason: reason.id,
      reason_label: reason.label,
      source: lead.source,
      rank: lead.rank,
      attempt: lead.attempts,
      at: work.now,
      undone_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** @throws Refusal when there is no such flag in this workspace. */
export async function flagById(work: Work, id: number): Promise<FlagRow> {
  const row = await work.db
    .selectFrom('flag')
    .selectAll()
    .where('id', '=', id)
    .where('team_id', '=', work.workspace.teamId)
    .executeTakeFirst();
  if (!row) throw new Refusal('This feedback is no longer there. Nothing was changed.');
  return row;
}

export async function markFlagUndone(db: Db, id: number, now: number): Promise<void> {
  await db.updateTable('flag').set({ undone_at: now }).where('id', '=', id).execute();
}

/** What stands against the lead, oldest first. */
export async function flagsOf(db: Db, leadId: number): Promise<FlagRow[]> {
  return db
    .selectFrom('flag')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute();
}
