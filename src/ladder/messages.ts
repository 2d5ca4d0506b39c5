import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { ladderKind } from '../lead/ladder.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import * as blocks from './blocks.ts';

/** A lead on its ladder: `from` says which, so that a message about an earlier one is not sent any more. */
const climber = z.object({ leadId: z.number(), from: z.number() });
export type ClimberData = z.infer<typeof climber>;

/** In the lead channel: these leads wait for somebody to claim them. Those that are claimed by now are left out. */
export const ladderReminder = defineMessage(
  'ladder_reminder',
  z.object({ salesTeamId: z.number(), leads: z.array(climber) }),
  async (work, { salesTeamId, leads }) => {
    const team = await teamById(work, salesTeamId);
    const waiting = await stillOn(work, 'unclaimed', leads);
    return waiting.length === 0 ? null : blocks.reminder(await views(work, waiting), team);
  },
);

/** To a manager: leads that nobody has, or that their owner has not touched. */
export const ladderReport = defineMessage(
  'ladder_report',
  z.object({
    salesTeamId: z.number(),
    kind: z.enum(['unclaimed', 'untouched']),
    leads: z.array(climber),
  }),
  async (work, { salesTeamId, kind, leads }) => {
    const team = await teamById(work, salesTeamId);
    const concerned = await stillOn(work, kind, leads);
    return concerned.length === 0 ? null : blocks.report(kind, await views(work, concerned), team);
  },
);

/** Those that are still on the very ladder the message was about. */
async function stillOn(
  work: Work,
  kind: 'unclaimed' | 'untouched',
  leads: readonly ClimberData[],
): Promise<LeadRow[]> {
  const rows: LeadRow[] = [];
  for (const { leadId, from } of leads) {
    const lead = await leadById(work, leadId);
    if (ladderKind(lead) === kind && lead.ladder_from === from) rows.push(lead);
  }
  return rows;
}

async function views(work: Work, leads: readonly LeadRow[]): Promise<blocks.ClimberView[]> {
  const urls = await cardUrls(
    work,
    leads.map(({ id }) => id),
  );
  return leads.map((lead) => ({ lead, url: urls.get(lead.id), now: work.now }));
}
