import { sql, type Selectable } from 'kysely';
import type { WebhookSourceTable } from '../db/schema.ts';
import type { Work } from '../work.ts';
import { isSourceKind, type SourceKind } from './kinds.ts';
import type { Mapping } from './mapping.ts';

/** An address that leads may be sent to. */
export interface Source {
  id: number;
  salesTeamId: number;
  /** The last part of its address. */
  slug: string;
  kind: SourceKind;
  name: string;
  /** As it is stored: sealed, or for bearer tokens hashed. */
  secret: string;
  previousSecret: string | null;
  /** Until when the previous secret is good, UTC milliseconds. */
  previousUntil: number | null;
  mapping: Mapping;
  lastReceivedAt: number | null;
  /** Our sentence to the sender, and when. */
  lastRefused: { why: string; at: number } | null;
}

function sourceOf(row: Selectable<WebhookSourceTable>): Source {
  if (!isSourceKind(row.kind)) throw new Error(`Source ${row.id} is of a kind this version does not know.`);
  return {
    id: row.id,
    salesTeamId: row.sales_team_id,
    slug: row.slug,
    kind: row.kind,
    name: row.name,
    secret: row.secret,
    previousSecret: row.previous_secret,
    previousUntil: row.previous_until,
    mapping: row.mapping === null ? {} : (JSON.parse(row.mapping) as Mapping),
    lastReceivedAt: row.last_received_at,
    lastRefused:
      row.last_refused === null || row.last_refused_at === null
        ? null
        : { why: row.last_refused, at: row.last_refused_at },
  };
}

/** The source at an address, if there is one. */
export async function sourceAt(work: Work, salesTeamId: number, slug: string): Promise<Source | undefined> {
  const row = await work.db
    .selectFrom('webhook_source')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('sales_team_id', '=', salesTeamId)
    .where('slug', '=', slug)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row && sourceOf(row);
}

/** A source by its id; undefined once it is removed. */
export async function sourceById(work: Work, id: number): Promise<Source | undefined> {
  const row = await work.db
    .selectFrom('webhook_source')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row && sourceOf(row);
}

/** The sources of a team, in the order they were made. */
export async function sourcesOf(work: Work, salesTeamId: number): Promise<Source[]> {
  const rows = await work.db
    .selectFrom('webhook_source')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('sales_team_id', '=', salesTeamId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(sourceOf);
}

export async function insertSource(
  work: Work,
  source: { salesTeamId: number; slug: string; kind: SourceKind; name: string; secret: string; by: string },
): Promise<Source> {
  const row = await work.db
    .insertInto('webhook_source')
    .values({
      team_id: work.workspace.teamId,
      sales_team_id: source.salesTeamId,
      slug: source.slug,
      kind: source.kind,
      name: source.name,
      secret: source.secret,
      created_by: source.by,
      created_at: work.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return sourceOf(row);
}

/** Puts a new secret in the place of the one it has, which stays good until an instant. */
export async function replaceSecret(
  work: Work,
  id: number,
  secret: string,
  previousUntil: number,
): Promise<void> {
  await work.db
    .updateTable('webhook_source')
    .set({
      previous_secret: sql<string>`secret`,
      previous_until: previousUntil,
      secret,
      rotated_at: work.now,
    })
    .where('id', '=', id)
    .execute();
}

export async function saveMapping(work: Work, id: number, mapping: Mapping): Promise<void> {
  const lines = Object.keys(mapping).length === 0 ? null : JSON.stringify(mapping);
  await work.db.updateTable('webhook_source').set({ mapping: lines }).where('id', '=', id).execute();
}

/** Its address answers no more; what came through it stays. The secrets go. */
export async function removeSource(work: Work, id: number): Promise<void> {
  await work.db
    .updateTable('webhook_source')
    .set({ removed_at: work.now, secret: '', previous_secret: null, previous_until: null })
    .where('id', '=', id)
    .execute();
}

export async function markReceived(work: Work, id: number): Promise<void> {
  await work.db
    .updateTable('webhook_source')
    .set({ last_received_at: work.now })
    .where('id', '=', id)
    .execute();
}

export async function markRefused(work: Work, id: number, why: string): Promise<void> {
  await work.db
    .updateTable('webhook_source')
    .set({ last_refused_at: work.now, last_refused: why })
    .where('id', '=', id)
    .execute();
}
