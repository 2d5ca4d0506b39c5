import { z } from 'zod';
import { leadName, permalink } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { line, section, user } from '../slack/kit.ts';

const signalData = z.object({ leadId: z.number(), originTs: z.string(), source: z.string().nullable() });

/** A lead that arrives again is a new signal in its thread, not a second card. */
export const repeatedSignal = defineMessage('repeated_signal', signalData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  const via = data.source === null ? '' : ` via ${line(data.source, 80)}`;
  const owner = lead.owner_id === null ? '' : ` (${user(lead.owner_id)} had it)`;
  const closed =
    lead.state === 'resolved'
      ? ` This lead is closed${owner}: reopen it on the card if there is more to do.`
      : '';
  const url = permalink(work.workspace.url, lead.channel_id, data.originTs);
  return {
    text: `${line(leadName(lead))} came in again.`,
    blocks: [section(`:repeat: *${line(leadName(lead))}* came in again${via}: <${url}|new post>.${closed}`)],
  };
});
