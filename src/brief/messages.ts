import { calendarOf } from '../away/away.ts';
import { localDate } from '../calendar/zone.ts';
import { leadsById } from '../lead/store.ts';
import { nudgesIn } from '../nudge/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { queueFor, urlsOf } from '../queue/my-queue.ts';
import { answeredRow, isSettled, type Row } from '../queue/settled.ts';
import { loggedSince } from '../queue/store.ts';
import { briefOutcomeType, nudgeFor, nudgeKey, nudgeListData, nudgeOfKey } from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';
import { type BriefView, renderBrief } from './blocks.ts';
import { forToday } from './today.ts';

/** The place of a person's brief of one local day: there is never a second one. */
export function briefSlot(userId: string, date: string): string {
  return `brief:${userId}:${date}`;
}

/** The brief itself; not sent when everything in it is done before its turn comes. */
export const briefMessage = defineMessage('brief', nudgeListData, async (work, { slot }) => {
  const view = await briefOf(work, slot);
  return view.rows.every(isSettled) ? null : renderBrief(view);
});

/** A brief that is out, brought up to date. */
export const briefOutcome = defineMessage(
  briefOutcomeType,
  nudgeListData,
  async (work, { slot }): Promise<Rendered> => renderBrief(await briefOf(work, slot)),
);

async function briefOf(work: Work, slot: string): Promise<BriefView> {
  const userId = slot.split(':')[1] ?? '';
  const named = await nudgesIn(work, slot);
  const ids = named.map((row) => row.lead_id);
  const queue = await queueFor(work, userId);
  const today = forToday(queue);
  const leads = await leadsById(work, ids);
  const touches = await loggedSince(work, ids, named[0]?.at ?? work.now);
  const looking = { userId, zone: (await calendarOf(work, userId))?.zone ?? 'UTC', now: work.now };
  const rows = named.flatMap(({ lead_id: id, about }): Row[] => {
    const open = today.find(({ lead }) => lead.id === id && nudgeKey(nudgeFor(lead)) === about);
    if (open) return [open];
    const [lead, nudge] = [leads.get(id), nudgeOfKey(about)];
    if (!lead || !nudge) return [];
    const isTheirs = queue.some((item) => item.lead.id === id);
    const movedTo = isTheirs ? undefined : lead.owner_id;
    return [answeredRow({ lead, nudge, touch: touches.get(id), movedTo }, looking)];
  });
  // On a later day another brief tells of what came in since.
  const isToday = slot === briefSlot(userId, localDate(looking.zone, work.now));
  return {
    rows,
    others: isToday ? today.filter(({ lead }) => !ids.includes(lead.id)) : [],
    toClose: isToday ? queue.filter(({ reason }) => reason === 'to_close').length : 0,
    reader: { userId, urls: await urlsOf(work, rows), isLive: true },
  };
}
