import { calendarOf } from '../away/away.ts';
import type { LeadRow } from '../db/schema.ts';
import { leadsById } from '../lead/store.ts';
import { outcomeText } from '../nudge/outcome-text.ts';
import { nudgesIn } from '../nudge/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { queueFor, urlsOf } from '../queue/my-queue.ts';
import { isSettled, movedAway, type Row, type Settled, settledRow } from '../queue/settled.ts';
import { loggedSince } from '../queue/store.ts';
import { bringBackButton } from '../touch/blocks.ts';
import {
  briefOutcomeType,
  type NudgeData,
  nudgeFor,
  nudgeKey,
  nudgeListData,
  nudgeOfKey,
} from '../touch/nudge-slot.ts';
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
    const touch = isTheirs ? touches.get(id) : undefined;
    return [settledRow(lead, touch, looking, otherwise(lead, nudge, isTheirs, work.now))];
  });
  return {
    rows,
    others: today.filter(({ lead }) => !ids.includes(lead.id)),
    toClose: queue.filter(({ reason }) => reason === 'to_close').length,
    reader: { userId, urls: await urlsOf(work, rows), isLive: true },
  };
}

/** What became of a lead that nobody has touched. */
function otherwise(lead: LeadRow, nudge: NudgeData, isTheirs: boolean, now: number): Omit<Settled, 'lead'> {
  if (!isTheirs) return movedAway(lead);
  const { what, result, emoji, isPutOff } = outcomeText(lead, nudge, now);
  return { result: `${emoji} ${what}: ${result}`, buttons: isPutOff ? [bringBackButton(lead)] : [] };
}
