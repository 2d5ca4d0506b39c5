import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { outcomeLine } from '../nudge/outcome-text.ts';
import { leadsById, nudgesIn } from '../nudge/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { queueFor, urlsOf } from '../queue/my-queue.ts';
import type { QueueItem } from '../queue/queue.ts';
import { user } from '../slack/kit.ts';
import {
  briefOutcomeType,
  type NudgeData,
  nudgeFor,
  nudgeKey,
  nudgeListData,
  nudgeOfKey,
} from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';
import { renderBrief } from './blocks.ts';
import { forToday } from './today.ts';

/** The place of a person's brief of one local day: there is never a second one. */
export function briefSlot(userId: string, date: string): string {
  return `brief:${userId}:${date}`;
}

/** The brief itself; not sent when everything in it is done before its turn comes. */
export const briefMessage = defineMessage('brief', nudgeListData, async (work, { slot }) => {
  const view = await briefOf(work, slot);
  return view.open.length === 0 ? null : renderBrief(view);
});

/** A brief that is out, brought up to date. */
export const briefOutcome = defineMessage(
  briefOutcomeType,
  nudgeListData,
  async (work, { slot }): Promise<Rendered> => renderBrief(await briefOf(work, slot)),
);

async function briefOf(work: Work, slot: string) {
  const userId = slot.split(':')[1] ?? '';
  const rows = await nudgesIn(work, slot);
  const queue = await queueFor(work, userId);
  const today = forToday(queue);
  const named = new Map(rows.map((row) => [row.lead_id, row.about]));
  const isOpen = ({ lead }: QueueItem): boolean => named.get(lead.id) === nudgeKey(nudgeFor(lead));
  const open = today.filter(isOpen);
  const leads = await leadsById(
    work,
    rows.map((row) => row.lead_id),
  );
  const openIds = new Set(open.map(({ lead }) => lead.id));
  const done = rows.flatMap(({ lead_id: id, about }) => {
    const [lead, nudge] = [leads.get(id), nudgeOfKey(about)];
    return lead && nudge && !openIds.has(id) ? [doneLine(lead, nudge, queue, work.now)] : [];
  });
  return {
    open,
    done,
    others: today.filter(({ lead }) => !named.has(lead.id)),
    toClose: queue.filter(({ reason }) => reason === 'to_close').length,
    reader: { userId, urls: await urlsOf(work, open) },
  };
}

function doneLine(lead: LeadRow, nudge: NudgeData, queue: readonly QueueItem[], now: number): string {
  const isTheirs = queue.some((item) => item.lead.id === lead.id);
  if (isTheirs || lead.state === 'resolved') return outcomeLine(leadTitle(lead), lead, nudge, now);
  const who = lead.owner_id === null ? 'no longer yours' : `${user(lead.owner_id)} has it now`;
  return `:white_check_mark: ${leadTitle(lead)} · ${who}`;
}
