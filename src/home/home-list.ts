import { calendarOf } from '../away/away.ts';
import { MINUTE } from '../calendar/civil.ts';
import { leadsById } from '../lead/store.ts';
import type { QueueItem } from '../queue/queue.ts';
import { isSettled, movedAway, type Row, settledRow } from '../queue/settled.ts';
import { loggedSince } from '../queue/store.ts';
import type { Work } from '../work.ts';
import { homeListOf, saveHomeList } from './store.ts';

/** How many leads to work the Home lists; it is for working from the top, as `/leads` is. */
export const shownInHome = 20;
/** With what was done since. */
const mostRows = 30;
/** A Home that was left open for longer begins anew with the next click: it is another day. */
const keptFor = 12 * 60 * MINUTE;

/**
 * The rows of somebody's Home: the queue in the order of when it was opened. What they or others do meanwhile moves no
 * row; a lead that was worked says so in its place until the Home is opened again, and new ones come behind.
 */
export async function homeRows(
  work: Work,
  userId: string,
  items: readonly QueueItem[],
  isOpened: boolean,
): Promise<Row[]> {
  const before = isOpened ? undefined : await homeListOf(work, userId);
  const kept = before && work.now - before.openedAt <= keptFor ? before : undefined;
  const { leadIds, openedAt } = kept ?? { leadIds: [], openedAt: work.now };
  const rows = await rowsOf(work, userId, items, { leadIds, openedAt });
  const listed = new Set(leadIds);
  for (const item of items) {
    if (rows.length >= mostRows || rows.filter((row) => !isSettled(row)).length >= shownInHome) break;
    if (!listed.has(item.lead.id)) rows.push(item);
  }
  await saveHomeList(work, userId, { leadIds: rows.map(({ lead }) => lead.id), openedAt });
  return rows;
}

async function rowsOf(
  work: Work,
  userId: string,
  items: readonly QueueItem[],
  { leadIds, openedAt }: { leadIds: readonly number[]; openedAt: number },
): Promise<Row[]> {
  if (leadIds.length === 0) return [];
  const queue = new Map(items.map((item) => [item.lead.id, item]));
  const leads = await leadsById(work, leadIds);
  const touches = await loggedSince(work, leadIds, openedAt);
  const looking = { userId, zone: (await calendarOf(work, userId))?.zone ?? 'UTC', now: work.now };
  return leadIds.flatMap((id): Row[] => {
    const [lead, item, touch] = [leads.get(id), queue.get(id), touches.get(id)];
    if (item && (!touch || isDueAnew(item, touch.logged_at, work.now))) return [item];
    return lead ? [settledRow(lead, item && touch, looking, movedAway(lead))] : [];
  });
}

/** Whether what comes after the touch is due as well by now. */
function isDueAnew({ due }: QueueItem, loggedAt: number, now: number): boolean {
  return due !== null && due > loggedAt && due <= now;
}
