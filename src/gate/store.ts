import { type Selectable, sql } from 'kysely';
import type { LeadImportTable, LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Work } from '../work.ts';

// Literals, as in the indexes of held leads: a bound value would not find them.
const isHeld = sql<boolean>`state = 'held'`;

const importColumns = [
  'id',
  'sales_team_id',
  'file_name',
  'release_wanted',
  'release_by',
  'turn_down',
  'created_at',
] as const;
export type HeldImport = Pick<Selectable<LeadImportTable>, (typeof importColumns)[number]>;

/** @throws Refusal when there is no such import in this workspace */
export async function importById(work: Work, id: number): Promise<HeldImport> {
  const row = await work.db
    .selectFrom('lead_import')
    .select(importColumns)
    .where('team_id', '=', work.workspace.teamId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Refusal('This import is no longer there. Nothing was changed.');
  return row;
}

export async function saveReleaseWanted(
  work: Work,
  importId: number,
  wanted: number,
  by: string | null,
): Promise<void> {
  await work.db
    .updateTable('lead_import')
    .set({ release_wanted: wanted, release_by: by })
    .where('id', '=', importId)
    .execute();
}

/** @param turnDown how the rest of a list is turned down (JSON); null when all of them are closed */
export async function saveTurnDown(work: Work, importId: number, turnDown: string | null): Promise<void> {
  await work.db.updateTable('lead_import').set({ turn_down: turnDown }).where('id', '=', importId).execute();
}

/** An import of which somebody has released or turned down more than is done yet. */
export async function importToDecide(work: Work): Promise<HeldImport | undefined> {
  return work.db
    .selectFrom('lead_import')
    .select(importColumns)
    .where(sql<boolean>`(release_wanted > 0 OR turn_down IS NOT NULL)`)
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** How many leads of an import are held. */
export async function heldOfImport(work: Work, importId: number): Promise<number> {
  const row = await work.db
    .selectFrom('lead')
    .select((eb) => eb.fn.countAll<number>().as('leads'))
    .where('import_id', '=', importId)
    .where(isHeld)
    .executeTakeFirstOrThrow();
  return row.leads;
}

/** The next held leads of an import, in the order in which they came. */
export async function nextOfImport(
  work: Work,
  importId: number,
  limit: number,
  offset = 0,
): Promise<LeadRow[]> {
  return work.db
    .selectFrom('lead')
    .selectAll()
    .where('import_id', '=', importId)
    .where(isHeld)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
}

/** What was decided about the leads of a list, and by whom; of each only what was decided last. */
export async function outcomesOfImport(
  work: Work,
  row: HeldImport,
): Promise<{ action: GateAction; actor: string; leads: number }[]> {
  const rows = await work.db
    .selectFrom('audit')
    .select((eb) => ['action', 'actor', eb.fn.countAll<number>().as('leads')])
    .where((eb) =>
      eb(
        'id',
        'in',
        eb
          .selectFrom('audit as latest')
          .select((of) => of.fn.max('latest.id').as('id'))
          .where(sql<boolean>`latest.action IN ('lead.released', 'lead.turned_down')`)
          .where('latest.at', '>=', row.created_at)
          .where(
            sql<boolean>`EXISTS (SELECT 1 FROM lead WHERE lead.id = latest.lead_id AND lead.import_id = ${row.id})`,
          )
          .groupBy('latest.lead_id'),
      ),
    )
    .groupBy(['action', 'actor'])
    .orderBy('leads', 'desc')
    .orderBy('actor')
    .execute();
  return rows as { action: GateAction; actor: string; leads: number }[];
}

/** Why leads of an import are held, as they say it (JSON lists of sentences), the commonest first. */
export async function reasonsOfImport(
  work: Work,
  importId: number,
  limit: number,
): Promise<{ reasons: string; leads: number }[]> {
  const rows = await work.db
    .selectFrom('lead')
    .select((eb) => ['held_reasons as reasons', eb.fn.countAll<number>().as('leads')])
    .where('import_id', '=', importId)
    .where(isHeld)
    .groupBy('held_reasons')
    .orderBy('leads', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ reasons, leads }) => ({ reasons: reasons ?? '[]', leads }));
}

export type HeldLead = Pick<
  LeadRow,
  'id' | 'name' | 'email' | 'phone' | 'account' | 'import_id' | 'created_at'
>;

/**
 * The leads of a team that have waited longest.
 * @param until only those that came by then, UTC milliseconds; `single` leaves those of lists out
 */
export async function oldestHeld(
  work: Work,
  salesTeamId: number,
  limit: number,
  until = work.now,
  single = false,
): Promise<HeldLead[]> {
  return work.db
    .selectFrom('lead')
    .select(['id', 'name', 'email', 'phone', 'account', 'import_id', 'created_at'])
    .where('sales_team_id', '=', salesTeamId)
    .where('created_at', '<=', until)
    .where(isHeld)
    .$if(single, (query) => query.where('import_id', 'is', null))
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** How many leads of a team are held. @param until only those that came by then, UTC milliseconds */
export async function heldCount(work: Work, salesTeamId: number, until = work.now): Promise<number> {
  const row = await work.db
    .selectFrom('lead')
    .select((eb) => eb.fn.countAll<number>().as('leads'))
    .where('sales_team_id', '=', salesTeamId)
    .where('created_at', '<=', until)
    .where(isHeld)
    .executeTakeFirstOrThrow();
  return row.leads;
}

/** The lists of a team whose leads have waited longest. @param until only leads that came by then */
export async function heldLists(
  work: Work,
  salesTeamId: number,
  limit: number,
  until: number,
): Promise<{ importId: number; fileName: string; leads: number }[]> {
  return work.db
    .selectFrom('lead')
    .innerJoin('lead_import', 'lead_import.id', 'lead.import_id')
    .select((eb) => [
      'lead_import.id as importId',
      'lead_import.file_name as fileName',
      eb.fn.countAll<number>().as('leads'),
    ])
    .where('lead.sales_team_id', '=', salesTeamId)
    .where('lead.created_at', '<=', until)
    .where(sql<boolean>`lead.state = 'held'`)
    .groupBy(['lead_import.id', 'lead_import.file_name'])
    .orderBy((eb) => eb.fn.min('lead.created_at'))
    .orderBy('lead_import.id')
    .limit(limit)
    .execute();
}

const gateActions = ['lead.released', 'lead.turned_down'] as const;
export type GateAction = (typeof gateActions)[number];

export interface GateDecision {
  action: GateAction;
  /** A Slack user id, or `app`. */
  actor: string;
  at: number;
  /** JSON. */
  detail: string;
}

/** What was decided last about a lead that was held. */
export async function lastDecision(work: Work, leadId: number): Promise<GateDecision | undefined> {
  const row = await work.db
    .selectFrom('audit')
    .select(['action', 'actor', 'at', 'detail'])
    .where('lead_id', '=', leadId)
    .where('action', 'in', gateActions)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row as GateDecision | undefined;
}

/** How many leads of a team were let through and turned down in a period; `to` is not part of it. */
export async function decisionsIn(
  work: Work,
  salesTeamId: number,
  { from, to }: { from: number; to: number },
): Promise<{ released: number; turnedDown: number }> {
  const row = await work.db
    .selectFrom('audit')
    .select([
      sql<number>`coalesce(sum(action = 'lead.released'), 0)`.as('released'),
      sql<number>`coalesce(sum(action = 'lead.turned_down'), 0)`.as('turnedDown'),
    ])
    .where(sql<boolean>`audit.action IN ('lead.released', 'lead.turned_down')`)
    .where('at', '>=', from)
    .where('at', '<', to)
    // Taken back and decided anew: only the last word counts.
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM audit AS back WHERE back.lead_id = audit.lead_id
        AND back.action = 'lead.taken_back' AND back.id > audit.id)`,
    )
    // No join: it would begin with every lead that the team ever had.
    .where(
      sql<boolean>`EXISTS (SELECT 1 FROM lead WHERE lead.id = audit.lead_id AND lead.sales_team_id = ${salesTeamId})`,
    )
    .executeTakeFirstOrThrow();
  return row;
}

/** Where the messages of these slots are in Slack. */
export async function placesOf(
  work: Work,
  slots: readonly string[],
): Promise<Map<string, { channelId: string; ts: string }>> {
  if (slots.length === 0) return new Map();
  const rows = await work.db
    .selectFrom('slack_message')
    .select(['slot', 'channel_id', 'ts'])
    .where('team_id', '=', work.workspace.teamId)
    .where('slot', 'in', slots)
    .execute();
  return new Map(rows.map((row) => [row.slot, { channelId: row.channel_id, ts: row.ts }]));
}
