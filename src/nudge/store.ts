import { sql } from 'kysely';
import { among } from '../db/among.ts';
import type { LeadRow, NudgeRow } from '../db/schema.ts';
import { dueKey, nudgeFor, nudgeKey } from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';

/** Leads whose nudge is due, each rep's together; found by an index, whatever the number of open leads. */
export async function leadsToNudge(work: Work, limit: number): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('nudge_at', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('owner_id')
    .orderBy('nudge_at')
    .limit(limit)
    .execute();
}

/** Nudges that were sent long enough ago to look whether anything has happened. */
export async function nudgesToRepeat(work: Work, limit: number): Promise<NudgeRow[]> {
  return work.db
    .selectFrom('nudge')
    .selectAll()
    .where('again_at', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('again_at')
    .limit(limit)
    .execute();
}

/** Everything these leads ever stood in. */
export async function nudgesOf(work: Work, leadIds: readonly number[]): Promise<NudgeRow[]> {
  if (leadIds.length === 0) return [];
  return work.db
    .selectFrom('nudge')
    .selectAll()
    .where('lead_id', 'in', among(leadIds))
    .orderBy('id')
    .execute();
}

/** The leads that stand in a message, in the order they were written. */
export async function nudgesIn(work: Work, slot: string): Promise<NudgeRow[]> {
  return work.db
    .selectFrom('nudge')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('slot', '=', slot)
    .orderBy('id')
    .execute();
}

/** Where a lead is shown with the buttons that log its next touch. */
export interface Standing {
  slot: string;
  /** Who is asked. */
  userId: string;
  /** Whether the message tells them that it is due: then no other one does. */
  isDue: boolean;
  /** When to look whether anything has happened; null for never. */
  againAt: number | null;
}

/** Remembers that the lead stands in a message: it is brought up to date whenever the lead moves. */
export async function recordNudge(work: Work, lead: LeadRow, standing: Standing): Promise<void> {
  const values = {
    user_id: standing.userId,
    due: standing.isDue ? dueKey(lead) : null,
    at: work.now,
    again_at: standing.againAt,
  };
  await work.db
    .insertInto('nudge')
    .values({
      ...values,
      team_id: work.workspace.teamId,
      lead_id: lead.id,
      about: nudgeKey(nudgeFor(lead)),
      slot: standing.slot,
    })
    .onConflict((conflict) => conflict.columns(['lead_id', 'about', 'slot']).doUpdateSet(values))
    .execute();
}

/** The messages that asked for it before it was put off ask for it as it is due now: no other one has to. */
export async function askAsBefore(work: Work, lead: LeadRow): Promise<void> {
  await work.db
    .updateTable('nudge')
    .set({ due: dueKey(lead) })
    .where('lead_id', '=', lead.id)
    .where('about', '=', nudgeKey(nudgeFor(lead)))
    .where('due', 'is not', null)
    .execute();
}

export async function saveAgain(work: Work, ids: readonly number[], againAt: number | null): Promise<void> {
  if (ids.length === 0) return;
  await work.db.updateTable('nudge').set({ again_at: againAt }).where('id', 'in', among(ids)).execute();
}

/** How many first answers came on which attempt; one for each cadence of a lead, from the index of answers alone. */
export async function answersByAttempt(
  work: Work,
  salesTeamId: number,
  since: number,
): Promise<{ attempt: number; answers: number }[]> {
  return work.db
    .selectFrom((query) =>
      query
        .selectFrom('touch')
        .select((eb) => eb.fn.min('attempt').as('attempt'))
        .where('sales_team_id', '=', salesTeamId)
        .where('at', '>=', since)
        // A literal, as in the index.
        .where(sql<boolean>`kind IN ('spoke', 'met', 'replied') AND undone_at IS NULL`)
        .groupBy(['lead_id', 'cadence_epoch'])
        .as('first'),
    )
    .select((eb) => ['attempt', eb.fn.countAll<number>().as('answers')])
    .groupBy('attempt')
    .execute();
}

/** What was asked for before it is late, as a step without a time is, is drawn once more when it is. */
export async function saveRedrawn(work: Work, leads: readonly LeadRow[]): Promise<void> {
  const ids = leads.map(({ id }) => id);
  const late = sql<number>`CASE WHEN next_attempt_at > ${work.now} THEN next_attempt_at END`;
  await work.db.updateTable('lead').set({ redraw_at: late }).where('id', 'in', among(ids)).execute();
}

/** Leads whose card is about to be wrong: what was due is late now, or was asked for. */
export async function leadsToRedraw(work: Work, limit: number): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('redraw_at', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('redraw_at')
    .limit(limit)
    .execute();
}
