import { sql } from 'kysely';
import type { Db, OutboxRow, OutboxState } from '../db/schema.ts';

/** A claimed message whose process is gone is looked for after this time. */
export const leaseMs = 30_000;

// Literals, as in the indexes: SQLite does not take a partial index for bound values, and would read every message ever sent.
const waiting = sql<boolean>`state IN ('ready', 'unknown')`;
export const unsettled = sql<boolean>`state IN ('ready', 'sending', 'unknown')`;

/** The lanes that have something due, and when the earliest of the rest falls due. */
export async function dueLanes(db: Db, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('lane')
    .distinct()
    .where(waiting)
    .where('available_at', '<=', now)
    .execute();
  return rows.map((row) => row.lane);
}

/** When the next message falls due, if one is waiting at all. */
export async function nextAvailable(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('available_at').as('at'))
    .where(waiting)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

export async function headOfLane(db: Db, lane: string, now: number): Promise<OutboxRow | undefined> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('lane', '=', lane)
    .where(waiting)
    .where('available_at', '<=', now)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** Marks the message as being sent; the new fence makes any earlier claim's answer void. */
export async function markSending(db: Db, row: OutboxRow, now: number): Promise<OutboxRow> {
  return db
    .updateTable('outbox')
    .set({ state: 'sending', lease_until: now + leaseMs, fence: row.fence + 1, tries: row.tries + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export interface Settlement {
  state: Exclude<OutboxState, 'sending'>;
  available_at?: number;
  looks?: number;
  last_error?: string | null;
}

/** Ends a claim. @returns false when the row has been claimed anew since, so that this answer no longer counts. */
export async function settle(db: Db, row: OutboxRow, change: Settlement, now: number): Promise<boolean> {
  const ended = change.state === 'sent' || change.state === 'cancelled' || change.state === 'dead';
  const result = await db
    .updateTable('outbox')
    .set({ ...change, lease_until: null, settled_at: ended ? now : null })
    .where('id', '=', row.id)
    .where('fence', '=', row.fence)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** After a crash: what was being sent may have arrived. */
export async function expireLeases(db: Db, now: number, lookAt: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'unknown', lease_until: null, available_at: lookAt, looks: 0, last_error: 'lease_expired' })
    .where(sql<boolean>`state = 'sending'`)
    .where('lease_until', '<=', now)
    .execute();
}

export async function messageOfSlot(
  db: Db,
  teamId: string,
  slot: string,
): Promise<{ channelId: string; ts: string } | undefined> {
  const row = await db
    .selectFrom('slack_message')
    .select(['channel_id', 'ts'])
    .where('team_id', '=', teamId)
    .where('slot', '=', slot)
    .executeTakeFirst();
  return row && { channelId: row.channel_id, ts: row.ts };
}

export async function saveSlot(
  db: Db,
  teamId: string,
  slot: string,
  message: { channelId: string; ts: string },
): Promise<void> {
  const place = { channel_id: message.channelId, ts: message.ts };
  await db
    .insertInto('slack_message')
    .values({ team_id: teamId, slot, ...place })
    .onConflict((conflict) => conflict.columns(['team_id', 'slot']).doUpdateSet(place))
    .execute();
}

/** Whether the message of this slot is still on its way. */
export async function isSlotPending(db: Db, teamId: string, slot: string): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('team_id', '=', teamId)
    .where('slot', '=', slot)
    .where('kind', '=', 'post')
    .where(unsettled)
    .executeTakeFirst();
  return row !== undefined;
}

export async function directChannel(db: Db, teamId: string, userId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('direct_channel')
    .select('channel_id')
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.channel_id;
}

export async function saveDirectChannel(
  db: Db,
  teamId: string,
  userId: string,
  channelId: string,
): Promise<void> {
  await db
    .insertInto('direct_channel')
    .values({ team_id: teamId, user_id: userId, channel_id: channelId })
    .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doUpdateSet({ channel_id: channelId }))
    .execute();
}

/** How many messages are in each state that needs somebody's eye; for metrics and health. */
export async function countByState(db: Db): Promise<Record<'ready' | 'unknown' | 'dead', number>> {
  const rows = await db
    .selectFrom('outbox')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('state', 'in', ['ready', 'unknown', 'dead'])
    .groupBy('state')
    .execute();
  const counts = { ready: 0, unknown: 0, dead: 0 };
  for (const row of rows) counts[row.state as keyof typeof counts] = row.count;
  return counts;
}
