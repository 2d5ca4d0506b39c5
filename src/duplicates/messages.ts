import { cardUrls } from '../lead/card-slot.ts';
import { arrivalsOf, duplicateData, duplicateType } from '../intake/probable.ts';
import { arrivalOf } from '../intake/store.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { type DuplicateView, renderDuplicate } from './blocks.ts';
import { duplicateById, type DuplicateRow } from './store.ts';

/** The question in the thread of the known lead's card, and its answer afterwards. */
export const probableDuplicate = defineMessage(
  duplicateType,
  duplicateData,
  async (work, { duplicateId }) => {
    const row = await duplicateById(work, duplicateId);
    const { managers } = await teamById(work, row.sales_team_id);
    return renderDuplicate({
      row,
      known: await leadById(work, row.lead_id),
      arrivals: arrivalsOf(row),
      managers,
      became: await becameOf(work, row),
    });
  },
);

async function becameOf(work: Work, row: DuplicateRow): Promise<DuplicateView['became']> {
  if (row.decision !== 'different') return undefined;
  const arrival = await arrivalOf(work, arrivalsOf(row)[0]?.key ?? '');
  if (arrival?.lead_id == null) return undefined;
  const leadId = arrival.lead_id;
  const url = (await cardUrls(work, [leadId])).get(leadId);
  return { lead: await leadById(work, leadId), url, isOwn: arrival.outcome === 'lead' };
}
