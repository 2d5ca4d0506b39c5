import { z } from 'zod';
import { cardUrls } from '../lead/card-slot.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { user } from '../slack/kit.ts';
import { renderReturned, renderTold, renderUntold } from './blocks.ts';
import { waitsForAnswer } from './told.ts';

/** After closing with "Not yet": the words to send, and the button for when it is done. Not once they were told. */
export const closedUntold = defineMessage(
  'closed_untold',
  z.object({ leadId: z.number(), words: z.string() }),
  async (work, { leadId, words }) => {
    const lead = await leadById(work, leadId);
    return waitsForAnswer(lead) ? renderUntold(lead, words) : null;
  },
);

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
