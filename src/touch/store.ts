import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, LeadRow, TouchRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';
import { stepOf } from './agreed-step.ts';

/** What the audit keeps of a snooze, and of one that is taken back: of which attempt, or of which agreed step. */
const snoozeDetail = z.object({
  until: z.number(),
  attempt: z.number(),
  epoch: z.number(),
  stepAt: z.number().optional(),
});
export type SnoozeDetail = z.infer<typeof snoozeDetail>;

export const snoozeActions = { putOff: 'nudge.snoozed', broughtBack: 'nudge.brought_back' } as const;

/** A snooze belongs to what it put off. */
export function snoozeDetailOf(lead: LeadRow, until: number): SnoozeDetail {
  const step = stepOf(lead);
  const { attempts, cadence_epoch: epoch } = lead;
  return { until, attempt: attempts + 1, epoch, ...(step && { stepAt: step.at }) };
}

/** The touches of the lead's present cadence that count, oldest first. */
export async function touchesOf(db: Db, lead: Pick<LeadRow, 'id' | 'cadence_epoch'>): Promise<TouchRow[]> {
  return db
    .selectFrom('touch')
    .selectAll()
    .where('lead_id', '=', lead.id)
    .where('cadence_epoch', '=', lead.cadence_epoch)
    .where('undone_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

const isOpen = sql<boolean>`state NOT IN ('held', 'resolved')`;

/** Some open leads of a rep in a team. */
export async function openLeadsOf(
  work: Work,
  salesTeamId: number,
  userId: string,
  limit: number,
): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', '=', userId)
    .where(isOpen)
    .limit(limit)
    .execute();
}

/** The next open leads of a team, with an owner or without, in the order they came. */
export async function openLeadsAfter(
  work: Work,
  salesTeamId: number,
  after: number,
  limit: number,
): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('sales_team_id', '=', salesTeamId)
    .where('id', '>', after)
    .where(isOpen)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Whether anybody ever touched the lead, in this cadence or one before. */
export async function wasContacted(db: Db, leadId: number): Promise<boolean> {
  const row = await db
    .selectFrom('touch')
    .select('id')
    .where('lead_id', '=', leadId)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** @throws Refusal when there is no such touch in this workspace. */
export async function touchById(work: Work, id: number): Promise<TouchRow> {
  const row = await work.db
    .selectFrom('touch')
    .selectAll()
    .where('id', '=', id)
    .where('team_id', '=', work.workspace.teamId)
    .executeTakeFirst();
  if (!row) throw new Refusal('This touch is no longer there. Nothing was changed.');
  return row;
}

export async function insertTouch(
  work: Work,
  lead: LeadRow,
  touch: Pick<TouchRow, 'kind' | 'attempt' | 'message' | 'person_id' | 'note' | 'at'> & { userId: string },
): Promise<TouchRow> {
  return work.db
    .insertInto('touch')
    .values({
      team_id: work.workspace.teamId,
      sales_team_id: lead.sales_team_id,
      lead_id: lead.id,
      person_id: touch.person_id,
      user_id: touch.userId,
      kind: touch.kind,
      message: touch.message,
      cadence_epoch: lead.cadence_epoch,
      attempt: touch.attempt,
      note: touch.note,
      at: touch.at,
      logged_at: work.now,
      undone_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateTouch(
  db: Db,
  id: number,
  patch: Partial<Pick<TouchRow, 'kind' | 'person_id' | 'message' | 'attempt' | 'note' | 'at' | 'undone_at'>>,
): Promise<void> {
  await db.updateTable('touch').set(patch).where('id', '=', id).execute();
}

/**
 * Until when what comes next was put off last by whoever has the lead, UTC milliseconds: a touch or a closing that is
 * undone brings the snooze back, unless it was taken back itself.
 */
export async function snoozeOf(db: Db, lead: LeadRow): Promise<number | null> {
  const row = await db
    .selectFrom('audit')
    .select(['action', 'detail'])
    .where('lead_id', '=', lead.id)
    .where('action', 'in', Object.values(snoozeActions))
    .where('at', '>=', lead.owned_at ?? 0)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row?.action !== snoozeActions.putOff) return null;
  const { until, ...of } = snoozeDetail.parse(JSON.parse(row.detail));
  const now = snoozeDetailOf(lead, until);
  const isSame = of.attempt === now.attempt && of.epoch === now.epoch && of.stepAt === now.stepAt;
  return isSame ? until : null;
}
