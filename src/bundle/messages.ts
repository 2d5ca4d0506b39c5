import { calendarOf } from '../away/away.ts';
import type { LeadRow } from '../db/schema.ts';
import { leadsById } from '../lead/store.ts';
import * as nudgeBlocks from '../nudge/blocks.ts';
import { answersOf, askedAbout, renderNudge } from '../nudge/messages.ts';
import { isNudgeWanted } from '../nudge/nudge.ts';
import { nudgesIn } from '../nudge/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { urlsOf } from '../queue/my-queue.ts';
import { answeredRow } from '../queue/settled.ts';
import { loggedSince } from '../queue/store.ts';
import { cadenceOf } from '../touch/cadence.ts';
import {
  bundleOutcomeType,
  bundleType,
  type NudgeData,
  nudgeListData,
  nudgeOfKey,
} from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';
import { type BundleRow, type BundleView, renderBundle } from './blocks.ts';

/** A lead that a direct message asks for, as it stands now. */
interface Item {
  lead: LeadRow;
  nudge: NudgeData;
  askedAt: number;
  /** Who is asked about it now, where that is no longer the reader; null where it is nobody. */
  movedTo?: string | null;
  isOpen: boolean;
}

/** What is due for one person, as a direct message; not sent if all of it is settled before its turn comes. */
export const bundleMessage = defineMessage(bundleType, nudgeListData, async (work, { slot }) => {
  const items = await itemsOf(work, slot);
  return items.some(({ isOpen }) => isOpen) ? render(work, slot, items) : null;
});

/** The same brought up to date. */
export const bundleOutcome = defineMessage(bundleOutcomeType, nudgeListData, async (work, { slot }) =>
  render(work, slot, await itemsOf(work, slot)),
);

async function itemsOf(work: Work, slot: string): Promise<Item[]> {
  const rows = await nudgesIn(work, slot);
  const leads = await leadsById(
    work,
    rows.map((row) => row.lead_id),
  );
  const items: Item[] = [];
  for (const row of rows) {
    const [lead, nudge] = [leads.get(row.lead_id), nudgeOfKey(row.about)];
    if (!lead || !nudge) continue;
    const who = await askedAbout(work, lead);
    const isMoved = who?.userId !== row.user_id;
    items.push({
      lead,
      nudge,
      askedAt: row.at,
      ...(isMoved && { movedTo: who?.userId ?? null }),
      isOpen: isNudgeWanted(lead, nudge, work.now),
    });
  }
  return items;
}

async function render(work: Work, slot: string, items: readonly Item[]): Promise<Rendered | null> {
  const [first] = items;
  if (!first) return null;
  return items.length === 1
    ? renderOne(work, first)
    : renderBundle(await viewOf(work, slot, [first, ...items.slice(1)]));
}

async function renderOne(work: Work, item: Item): Promise<Rendered> {
  const { lead, nudge, isOpen, movedTo } = item;
  const url = (await urlsOf(work, [item])).get(lead.id);
  if (!isOpen) return nudgeBlocks.nudgeDoneDirectly(lead, nudge, work.now, { movedTo, url });
  return movedTo === undefined
    ? renderNudge(work, lead, nudge, url ?? '')
    : nudgeBlocks.nudgeMoved(lead, movedTo);
}

async function viewOf(work: Work, slot: string, items: readonly [Item, ...Item[]]): Promise<BundleView> {
  const userId = slot.split(':')[1] ?? '';
  const [{ lead: first, askedAt }] = items;
  const ids = items.map(({ lead }) => lead.id);
  const touches = await loggedSince(work, ids, askedAt);
  const looking = { userId, zone: (await calendarOf(work, userId))?.zone ?? 'UTC', now: work.now };
  const rows: BundleRow[] = [];
  for (const { lead, nudge, movedTo, isOpen } of items) {
    const playbook = await work.playbooks.version(work.db, lead.playbook_version);
    const answered = { lead, nudge, touch: touches.get(lead.id), movedTo };
    rows.push({
      lead,
      nudge,
      planned: cadenceOf(playbook, lead).length,
      settled: isOpen && movedTo === undefined ? undefined : answeredRow(answered, looking),
    });
  }
  return {
    rows,
    answers: await answersOf(work, first.sales_team_id),
    reader: { userId, urls: await urlsOf(work, items), isLive: true },
    looking,
  };
}
