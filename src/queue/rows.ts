import { calendarOf } from '../away/away.ts';
import { leadsById } from '../lead/store.ts';
import type { Work } from '../work.ts';
import type { QueueItem } from './queue.ts';
import { movedAway, type Row, settledRow } from './settled.ts';
import { loggedSince } from './store.ts';

/** A list as somebody got it: its leads in their order, and when. */
export interface Listed {
  leadIds: readonly number[];
  at: number;
}

/**
 * The rows of a list in the order in which it was shown: those still to be worked, and what became of the others.
 * @param items what the person has to work now
 */
export async function rowsOf(
  work: Work,
  userId: string,
  items: readonly QueueItem[],
  { leadIds, at }: Listed,
): Promise<Row[]> {
  if (leadIds.length === 0) return [];
  const queue = new Map(items.map((item) => [item.lead.id, item]));
  const leads = await leadsById(work, leadIds);
  const touches = await loggedSince(work, leadIds, at);
  const looking = { userId, zone: (await calendarOf(work, userId))?.zone ?? 'UTC', now: work.now };
  return leadIds.flatMap((id): Row[] => {
    const [lead, item, touch] = [leads.get(id), queue.get(id), touches.get(id)];
    if (item && (!touch || isDueAnew(item, touch.logged_at, work.now))) return [item];
    return lead ? [settledRow(lead, item && touch, looking, movedAway(lead, lead.owner_id))] : [];
  });
}

/** Whether what comes after the touch is due as well by now. */
function isDueAnew({ due }: QueueItem, loggedAt: number, now: number): boolean {
  return due !== null && due > loggedAt && due <= now;
}
