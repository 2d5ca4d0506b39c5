import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { isOnLadder, type LadderNews, ladderNewsOf, ladderNewsType } from '../lead/ladder-news-slot.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import * as blocks from './blocks.ts';
import { ownersBefore } from './store.ts';

/** A lead on its ladder: `from` says which, so that a message about an earlier one is not sent any more. */
const climber = z.object({ leadId: z.number(), from: z.number() });
export type ClimberData = z.infer<typeof climber>;

/** In the lead channel: these leads wait for somebody to claim them. Those that are claimed by now are left out. */
export const ladderReminder = defineMessage(
  'ladder_reminder',
  z.object({ salesTeamId: z.number(), leads: z.array(climber) }),
  (work, { salesTeamId, leads }) => render(work, { salesTeamId, kind: 'reminder', leads }, 'open'),
);

/** To a manager: leads that nobody has, or that their owner has not touched. */
export const ladderReport = defineMessage(
  'ladder_report',
  z.object({
    salesTeamId: z.number(),
    kind: z.enum(['unclaimed', 'untouched']),
    leads: z.array(climber),
  }),
  (work, news) => render(work, news, 'open'),
);

/** One of these that is out, brought up to date. */
export const ladderNews = defineMessage(
  ladderNewsType,
  z.object({ slot: z.string() }),
  async (work, { slot }) => {
    const news = await ladderNewsOf(work, slot);
    return news ? render(work, news, 'all') : null;
  },
);

async function render(work: Work, news: LadderNews, which: 'open' | 'all'): Promise<Rendered | null> {
  const team = await teamById(work, news.salesTeamId);
  const leads: (LeadRow & { isOpen: boolean; from: number })[] = [];
  for (const { leadId, from } of news.leads) {
    const lead = await leadById(work, leadId);
    const isOpen = isOnLadder(lead, news.kind, from);
    if (isOpen || which === 'all') leads.push({ ...lead, isOpen, from });
  }
  if (leads.length === 0) return null;
  const ids = leads.map(({ id }) => id);
  const urls = await cardUrls(work, ids);
  const before = news.kind === 'unclaimed' ? await ownersBefore(work, ids) : new Map<number, string[]>();
  const views = leads.map(({ isOpen, from, ...lead }) => ({
    lead,
    url: urls.get(lead.id),
    now: work.now,
    isOpen,
    isSameLadder: lead.ladder_from === from,
    before: before.get(lead.id) ?? [],
  }));
  return news.kind === 'reminder' ? blocks.reminder(views, team) : blocks.report(news.kind, views, team);
}
