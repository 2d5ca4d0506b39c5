import { DAY } from '../calendar/civil.ts';
import type { LeadRow } from '../db/schema.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { leadById, leadsById } from '../lead/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { breadthOf } from '../people/breadth.ts';
import { teamById } from '../team/store.ts';
import { memoryOf } from '../template/memory.ts';
import { cadenceOf } from '../touch/cadence.ts';
import {
  bundleOutcomeType,
  type NudgeData,
  nudgeData,
  nudgeFor,
  nudgeKey,
  nudgeListData,
  nudgeOfKey,
  nudgeOutcomeType,
} from '../touch/nudge-slot.ts';
import { touchesOf } from '../touch/store.ts';
import type { Work } from '../work.ts';
import * as blocks from './blocks.ts';
import { bundle, type BundleItem } from './bundle.ts';
import { isNudgeWanted } from './nudge.ts';
import { type Asked, askedOf } from './recipients.ts';
import { answersByAttempt, nudgesIn } from './store.ts';
import type { AnswerCounts } from './why-now.ts';

/** The nudge itself, in the thread of its lead; a touch logged while it waited cancels it. */
export const nudgeMessage = defineMessage('nudge', nudgeData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  return isNudgeWanted(lead, data, work.now) ? renderNudge(work, lead, data) : null;
});

/** A nudge that is out, brought up to date: answered, or (after an undo) open again. */
export const nudgeOutcome = defineMessage(nudgeOutcomeType, nudgeData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  if (data.cameBack) return blocks.nudgeCameBack(data);
  if (isNudgeWanted(lead, data, work.now)) return renderNudge(work, lead, data);
  const [asked] = await nudgesIn(work, nudgeKey(data));
  const now = (await askedAbout(work, lead))?.userId ?? null;
  return blocks.nudgeDone(lead, data, work.now, asked?.user_id === now ? undefined : now);
});

/** What is due for one person, as a direct message; not sent if all of it is settled before its turn comes. */
export const bundleMessage = defineMessage('nudge_bundle', nudgeListData, async (work, { slot }) => {
  const items = await itemsOf(work, slot);
  return items.some(({ isOpen }) => isOpen) ? renderBundle(work, items) : null;
});

/** The same brought up to date. */
export const bundleOutcome = defineMessage(bundleOutcomeType, nudgeListData, async (work, { slot }) =>
  renderBundle(work, await itemsOf(work, slot)),
);

async function renderBundle(work: Work, items: readonly BundleItem[]): Promise<Rendered | null> {
  const [first] = items;
  if (!first) return null;
  if (items.length > 1) return bundle(items, await answersOf(work, first.lead.sales_team_id), work.now);
  const { lead, nudge, isOpen, movedTo, url } = first;
  if (!isOpen) return blocks.nudgeDoneDirectly(lead, nudge, work.now, { movedTo, url });
  return movedTo === undefined ? renderNudge(work, lead, nudge, url ?? '') : blocks.nudgeMoved(lead, movedTo);
}

/** The leads that a direct message asks for, as they stand now. */
async function itemsOf(work: Work, slot: string): Promise<BundleItem[]> {
  const rows = await nudgesIn(work, slot);
  const ids = rows.map((row) => row.lead_id);
  const [leads, urls] = [await leadsById(work, ids), await cardUrls(work, ids)];
  const items: BundleItem[] = [];
  for (const row of rows) {
    const [lead, nudge] = [leads.get(row.lead_id), nudgeOfKey(row.about)];
    if (!lead || !nudge) continue;
    const who = await askedAbout(work, lead);
    const isMoved = who?.userId !== row.user_id;
    items.push({
      lead,
      nudge,
      planned: cadenceOf(await work.playbooks.version(work.db, lead.playbook_version), lead).length,
      ...(isMoved && { movedTo: who?.userId ?? null }),
      isOpen: isNudgeWanted(lead, nudge, work.now),
      deputyFor: who?.deputyFor ?? null,
      url: urls.get(lead.id),
      zone: who?.calendar.zone ?? 'UTC',
    });
  }
  return items;
}

/** Who works the lead now; undefined while nobody has it. */
async function askedAbout(work: Work, lead: LeadRow): Promise<Asked | undefined> {
  if (lead.owner_id === null) return undefined;
  return askedOf(await teamById(work, lead.sales_team_id), lead.owner_id, work.now);
}

/** @param url of the card, for a direct message; empty where the card is not posted */
async function renderNudge(work: Work, lead: LeadRow, data: NudgeData, url?: string): Promise<Rendered> {
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const cadence = cadenceOf(playbook, lead);
  const who = await askedAbout(work, lead);
  return blocks.nudge({
    lead,
    nudge: { ...data, attempt: nudgeFor(lead).attempt },
    planned: cadence.length,
    touches: await touchesOf(work.db, lead),
    step: cadence[data.attempt - 1],
    playbook,
    memory: await memoryOf(work, lead, { userId: who?.userId }),
    answers: await answersOf(work, lead.sales_team_id),
    breadth: await breadthOf(work, lead, playbook),
    reader: {
      mention: url !== undefined || who?.away ? null : (who?.userId ?? null),
      deputyFor: who?.deputyFor ?? null,
      isDirect: url !== undefined,
      url: url === '' ? undefined : url,
      zone: who?.calendar.zone ?? 'UTC',
    },
  });
}

/** The team's first answers of the last twelve months. */
function answersOf(work: Work, salesTeamId: number): Promise<AnswerCounts> {
  return answersByAttempt(work, salesTeamId, work.now - 365 * DAY);
}
