import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { inSentence, user } from '../slack/kit.ts';
import { hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { renderClosed, renderReturned, renderTold, renderUntold } from './blocks.ts';
import { closedText } from './closed-text.ts';
import { waitsForAnswer } from './told.ts';

/** After closing with "Not yet": the words to send, and the button for when it is done. Not once they were told. */
export const closedUntold = defineMessage(
  'closed_untold',
  z.object({ leadId: z.number(), words: z.string() }),
  async (work, { leadId, words }) => {
    const lead = await leadById(work, leadId);
    return waitsForAnswer(lead) ? renderUntold(lead, await endOf(work, lead), words) : null;
  },
);

/** Confirms a closing; not sent once the lead is open again. */
export const leadClosed = defineMessage(
  'lead_closed',
  z.object({ leadId: z.number() }),
  async (work, { leadId }) => {
    const lead = await leadById(work, leadId);
    return lead.state === 'resolved' ? renderClosed(lead, await endOf(work, lead)) : null;
  },
);

async function endOf(work: Work, lead: LeadRow): Promise<string> {
  const { zone } = hoursOf(await teamById(work, lead.sales_team_id), lead.owner_id);
  return inSentence(closedText(lead, zone, work.now));
}

export const toldSaved = defineMessage('told', z.object({ leadId: z.number() }), async (work, { leadId }) => {
  const lead = await leadById(work, leadId);
  return lead.answered === 1 ? renderTold(lead) : null;
});

/** Tells a rep that a nurtured lead is back; not if it has moved on since. */
export const leadReturned = defineMessage(
  'lead_returned',
  /** `agreed`: since when, in words of ours; `note`: what was said then; `reader`: the rep, or their deputy. */
  z.object({
    leadId: z.number(),
    to: z.string(),
    reader: z.string(),
    agreed: z.string(),
    note: z.string().nullable(),
  }),
  async (work, { leadId, to, reader, agreed, note }) => {
    const lead = await leadById(work, leadId);
    if (lead.state === 'resolved') return null;
    const url = (await cardUrls(work, [leadId])).get(leadId);
    const whose = reader === to ? '' : `, for ${user(to)}`;
    return lead.owner_id === to ? renderReturned(lead, { agreed, note, whose, url }) : null;
  },
);
