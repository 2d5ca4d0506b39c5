import { MINUTE } from '../calendar/civil.ts';
import type { QueueItem } from '../queue/queue.ts';
import { rowsOf } from '../queue/rows.ts';
import { isSettled, type Row } from '../queue/settled.ts';
import type { Work } from '../work.ts';
import { homeListOf, saveHomeList } from './store.ts';

/** How many leads to work the Home lists; it is for working from the top, as `/leads` is. */
const shownInHome = 20;
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
  const rows = await rowsOf(work, userId, items, { leadIds, at: openedAt });
  const listed = new Set(leadIds);
  for (const item of items) {
    if (rows.length >= mostRows || rows.filter((row) => !isSettled(row)).length >= shownInHome) break;
    if (!listed.has(item.lead.id)) rows.push(item);
  }
  await saveHomeList(work, userId, { leadIds: rows.map(({ lead }) => lead.id), openedAt });
  return rows;
}
