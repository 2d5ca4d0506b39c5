import { sql } from 'kysely';
import { DAY } from '../calendar/civil.ts';
import { among } from '../db/among.ts';
import type { Db, OutboxRow, OutboxState } from '../db/schema.ts';
import type { Work } from '../work.ts';

/** A claimed message whose process is gone is looked for after this time. */
export const leaseMs = 30_000;
/** After this many empty looks an uncertain message is sent once more. */
export const lastLook = 2;

// Literals, as in the indexes: SQLite does not take a partial index for bound values, and would read every message ever sent.
const waiting = sql<boolean>`state IN ('ready', 'unknown')`;
const sending = sql<boolean>`state = 'sending'`;
const unsettled = sql<boolean>`state IN ('ready', 'sending', 'unknown')`;
/** Found by the index of what is unsettled. */
const ready = sql<boolean>`state = 'ready' AND ${unsettled}`;

/** The lanes that have something due. */
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

/** A message about what its slot shows, unless one waits to be sent there already. @returns whether it is a new one */
export async function insertUnlessWaiting(
  { db, workspace: { teamId }, now }: Work,
  slot: string,
  message: Pick<OutboxRow, 'kind' | 'lane' | 'message'>,
): Promise<boolean> {
  const { kind, lane, message: json } = message;
  const { numAffectedRows } = await sql`
    INSERT INTO outbox (team_id, kind, lane, slot, message, available_at, created_at)
    SELECT ${teamId}, ${kind}, ${lane}, ${slot}, ${json}, ${now}, ${now}
    WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE team_id = ${teamId} AND slot = ${slot} AND ${ready})`.execute(
    db,
  );
  return numAffectedRows === 1n;
}

/** Lets the message that waits for this slot go another way. */
export async function changeLane(
  { db, workspace: { teamId } }: Work,
  slot: string,
  lane: { from: string; to: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ lane: lane.to })
    .where('team_id', '=', teamId)
    .where('slot', '=', slot)
    .where('lane', '=', lane.from)
    .where(ready)
    .execute();
}

/** How many messages of a lane wait. */
export async function waitingIn(db: Db, lane: string): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('messages'))
    .where('lane', '=', lane)
    .where(waiting)
    .executeTakeFirstOrThrow();
  return row.messages;
}

/** When something happens next: a message falls due, or a lease runs out. Only what lies after `now` counts. */
export async function nextEvent(db: Db, now: number): Promise<number | undefined> {
  const due = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('available_at').as('at'))
    .where(waiting)
    .where('available_at', '>', now)
    .executeTakeFirst();
  const lease = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('lease_until').as('at'))
    .where(sending)
    .executeTakeFirst();
  const times = [due?.at, lease?.at].filter((at) => at != null);
  return times.length === 0 ? undefined : Math.min(...times);
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

/**
 * Marks the message as being sent; the new fence makes any earlier claim's answer void.
 * @returns undefined if another process has claimed it meanwhile
 */
export async function markSending(db: Db, row: OutboxRow, now: number): Promise<OutboxRow | undefined> {
  return db
    .updateTable('outbox')
    .set({ state: 'sending', lease_until: now + leaseMs, fence: row.fence + 1, tries: row.tries + 1 })
    .where('id', '=', row.id)
    .where('fence', '=', row.fence)
    .where('state', '=', 'ready')
    .returningAll()
    .executeTakeFirst();
}

export interface Settlement {
  state: Exclude<OutboxState, 'sending'>;
  available_at?: number;
  looks?: number;
  last_error?: string | null;
  tries?: number;
}

/** Ends a claim. @returns false when the row has been claimed anew since, so that this answer no longer counts. */
export async function settle(db: Db, row: OutboxRow, change: Settlement, now: number): Promise<boolean> {
  const ended = change.state === 'sent' || change.state === 'cancelled' || change.state === 'dead';
  const result = await db
    .updateTable('outbox')
    .set({
      ...change,
      lease_until: null,
      settled_at: ended ? now : null,
      // What was never said may be said later under the same key: an undone touch brings its nudge back.
      ...(change.state === 'cancelled' && { dedupe_key: null }),
    })
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
    .where(sending)
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

/** Those of these slots whose message is out. */
export async function messagesOfSlots(
  db: Db,
  teamId: string,
  slots: readonly string[],
): Promise<{ slot: string; channelId: string; ts: string }[]> {
  return db
    .selectFrom('slack_message')
    .select(['slot', 'channel_id as channelId', 'ts'])
    .where('team_id', '=', teamId)
    .where('slot', 'in', among(slots))
    .execute();
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

/** Which of these slots have a message: one that is out, or one that is on its way. */
export async function livingSlots(db: Db, teamId: string, slots: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('slack_message')
    .select('slot')
    .where('team_id', '=', teamId)
    .where('slot', 'in', among(slots))
    .union((query) =>
      query
        .selectFrom('outbox')
        .select(sql<string>`slot`.as('slot'))
        .where('team_id', '=', teamId)
        .where('slot', 'in', among(slots))
        .where('kind', '=', 'post')
        .where(unsettled),
    )
    .execute();
  return new Set(rows.map((row) => row.slot));
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

/** The message is gone from Slack: the next one of this slot is posted anew. */
export async function forgetSlot(db: Db, teamId: string, slot: string): Promise<void> {
  await db.deleteFrom('slack_message').where('team_id', '=', teamId).where('slot', '=', slot).execute();
}

/**
 * The app is back in a channel: what was refused there while it was away gets another chance, after one more look
 * whether it arrived after all. Of several messages for one place only the newest, and none that is a week late,
 * unless a place (a card) still waits for it.
 */
export async function reviveDead(db: Db, teamId: string, channelId: string, now: number): Promise<void> {
  const lanes = [`channel:${channelId}`, `bulk:${channelId}`];
  await db
    .updateTable('outbox')
    .set({ state: 'unknown', looks: lastLook, available_at: now, settled_at: null })
    .where('team_id', '=', teamId)
    .where('lane', 'in', lanes)
    .where('kind', '=', 'post')
    .where(sql<boolean>`state = 'dead'`)
    .where('last_error', 'in', ['not_in_channel', 'channel_not_found', 'is_archived'])
    .where(
      sql<boolean>`CASE WHEN slot IS NULL THEN created_at > ${now - 7 * DAY} ELSE
        NOT EXISTS (SELECT 1 FROM slack_message m WHERE m.team_id = outbox.team_id AND m.slot = outbox.slot)
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.team_id = outbox.team_id AND o.lane IN (${sql.join(lanes)})
          AND o.slot = outbox.slot AND o.kind = 'post' AND o.id > outbox.id)
      END`,
    )
    .execute();
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
