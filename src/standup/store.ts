import { sql } from 'kysely';
import type { LeadRow } from '../db/schema.ts';
import { lateIn, putOffIn } from '../lead/store.ts';
import type { Work } from '../work.ts';

/** With a rep, or on offer; a literal, as in the index of open leads. */
const isOpen = sql<boolean>`state NOT IN ('held', 'resolved')`;

/** A rep's open leads with the same number of attempts behind them. `owner_id` is null for leads on offer. */
export interface OpenGroup {
  ownerId: string | null;
  attempts: number;
  open: number;
  /** Past due, replies that wait too long and agreed steps included. */
  overdue: number;
  repliedLate: number;
  /** Put off by their rep, and therefore not late. */
  putOff: number;
  /** Nudge and direct message are out, and nothing has happened. */
  ignored: number;
  /** Due later today. */
  today: number;
  replied: number;
  /** Leads with an agreed step, and those past it. */
  steps: number;
  stepsLate: number;
  /** All planned attempts made, no result yet. */
  finished: number;
}

/** Answered from the index of open leads alone. @param endOfDay UTC milliseconds */
export async function openGroups(work: Work, salesTeamId: number, endOfDay: number): Promise<OpenGroup[]> {
  const sum = (condition: ReturnType<typeof sql<boolean>>) => sql<number>`sum(${condition})`;
  const [late, putOff] = [lateIn('lead', work.now), putOffIn('lead', work.now)];
  return work.db
    .selectFrom('lead')
    .select((eb) => [
      'owner_id as ownerId',
      'attempts',
      eb.fn.countAll<number>().as('open'),
      sum(late).as('overdue'),
      sum(sql`replied_at IS NOT NULL AND ${late}`).as('repliedLate'),
      sum(putOff).as('putOff'),
      sum(
        sql`replied_at IS NULL AND next_attempt_at > ${work.now} AND next_attempt_at <= ${endOfDay} AND NOT ${putOff}`,
      ).as('today'),
      sum(sql`replied_at IS NOT NULL`).as('replied'),
      sum(sql`step_due_at IS NOT NULL`).as('steps'),
      sum(sql`step_due_at IS NOT NULL AND ${late}`).as('stepsLate'),
      sum(sql`owner_id IS NOT NULL AND next_attempt_at IS NULL`).as('finished'),
      sum(sql`ignored_at IS NOT NULL`).as('ignored'),
    ])
    .where('sales_team_id', '=', salesTeamId)
    .where(isOpen)
    .groupBy(['owner_id', 'attempts'])
    .execute()
    .then((rows) =>
      rows.map((row) => ({
        ...row,
        overdue: row.overdue ?? 0,
        putOff: row.putOff ?? 0,
        repliedLate: row.repliedLate ?? 0,
        stepsLate: row.stepsLate ?? 0,
        today: row.today ?? 0,
      })),
    );
}

export type NamedLead = Pick<LeadRow, (typeof named)[number]>;
const named = [
  'id',
  'owner_id',
  'name',
  'email',
  'phone',
  'account',
  'attempts',
  'next_attempt_at',
  'snoozed_until',
  'replied_at',
  'step_due_at',
  'ignored_at',
  'rank',
  'created_at',
  'ladder_from',
] as const;

/**
 * The most overdue leads of each of these reps, so many a rep: what nudge and direct message did not move, replies that
 * wait, first touches, then the others;
 * for each a short walk along the index of open leads.
 */
export async function mostOverdue(
  work: Work,
  salesTeamId: number,
  userIds: readonly string[],
  limit: number,
): Promise<NamedLead[]> {
  return work.db
    .selectFrom(sql<{ value: string }>`json_each(${JSON.stringify(userIds)})`.as('rep'))
    .innerJoin('lead', (join) =>
      join.on('lead.id', 'in', (eb) =>
        eb
          .selectFrom('lead as late')
          .select('late.id')
          .where('late.sales_team_id', '=', salesTeamId)
          .whereRef('late.owner_id', '=', 'rep.value')
          .where(sql<boolean>`late.state NOT IN ('held', 'resolved')`)
          .where(lateIn('late', work.now))
          .orderBy(sql`late.ignored_at IS NULL`)
          .orderBy(sql`late.replied_at IS NULL`)
          .orderBy(sql`late.attempts > 0`)
          .orderBy('late.next_attempt_at')
          .limit(limit),
      ),
    )
    .select(named.map((column) => `lead.${column}` as const))
    .orderBy(sql`lead.ignored_at IS NULL`)
    .orderBy(sql`lead.replied_at IS NULL`)
    .orderBy(sql`lead.attempts > 0`)
    .orderBy('lead.next_attempt_at')
    .orderBy('lead.id')
    .execute();
}

/** Some of the leads that nobody has: the best rank first, then the oldest. @param which those that somebody has tried before, or the others */
export async function unclaimedLeads(
  work: Work,
  salesTeamId: number,
  limit: number,
  which: 'begun' | 'fresh',
): Promise<NamedLead[]> {
  return work.db
    .selectFrom('lead')
    .select(named)
    .where('sales_team_id', '=', salesTeamId)
    .where('owner_id', 'is', null)
    .where('attempts', which === 'begun' ? '>' : '=', 0)
    .where(isOpen)
    .orderBy('rank')
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export interface ResolvedCount {
  ownerId: string | null;
  resolved: number;
  qualified: number;
}

/** Per owner what was closed since then, but for what no rep ever saw. @param since UTC milliseconds */
export async function resolvedSince(
  work: Work,
  salesTeamId: number,
  since: number,
): Promise<ResolvedCount[]> {
  return work.db
    .selectFrom('lead')
    .select((eb) => [
      // A lead that nobody had counts for whoever closed it.
      eb.fn.coalesce('owner_id', 'resolved_by').as('ownerId'),
      eb.fn.countAll<number>().as('resolved'),
      sql<number>`sum(resolution = 'qualified')`.as('qualified'),
    ])
    .where('sales_team_id', '=', salesTeamId)
    .where('resolved_at', '>=', since)
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM audit WHERE audit.lead_id = lead.id AND audit.at = lead.resolved_at
        AND audit.action = 'lead.turned_down')`,
    )
    .groupBy((eb) => eb.fn.coalesce('owner_id', 'resolved_by'))
    .execute();
}
