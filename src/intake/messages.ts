import { z } from 'zod';
import { leadName, permalink } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { line, section, user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';

const signalData = z.object({ leadId: z.number(), originTs: z.string(), source: z.string().nullable() });

/** A lead that arrives again is a new signal in its thread, not a second card; who has it hears of it at once. */
export const repeatedSignal = defineMessage('repeated_signal', signalData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  const via = data.source === null ? '' : ` via ${line(data.source, 80)}`;
  const closed = lead.state === 'resolved';
  const told =
    lead.owner_id !== null
      ? [lead.owner_id]
      : closed
        ? (await teamById(work, lead.sales_team_id)).managers
        : [];
  const next = closed
    ? 'This lead is closed: reopen it on the card if there is more to do.'
    : 'A good moment to write or call.';
  const url = permalink(work.workspace.url, lead.channel_id, data.originTs);
  return {
    text: `${line(leadName(lead))} came in again.`,
    blocks: [
      section(
        `:repeat: ${told.map((id) => `${user(id)} `).join('')}*${line(leadName(lead))}* came in again${via}: <${url}|new post>. ${next}`,
      ),
    ],
  };
});
