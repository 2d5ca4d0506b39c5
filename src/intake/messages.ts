import { z } from 'zod';
import { leadName, permalink } from '../lead/lead.ts';
import { isBlind } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { actions, button, escape, line, section, user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';

const signalData = z.object({
  leadId: z.number(),
  origin: z.object({ channelId: z.string(), ts: z.string() }).nullable(),
  source: z.string().nullable(),
  /** The rank before, where this signal has lifted it. */
  wasRank: z.string().nullable(),
});

/** A lead that arrives again is a new signal in its thread, not a second card; who has it hears of it at once. */
export const repeatedSignal = defineMessage('repeated_signal', signalData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  const team = await teamById(work, lead.sales_team_id);
  const name = isBlind(lead, team) ? 'This lead' : leadName(lead);
  const via = data.source === null ? '' : ` via ${line(data.source, 80)}`;
  const closed = lead.state === 'resolved';
  const told = lead.owner_id !== null ? [lead.owner_id] : closed ? team.managers : [];
  const next = closed ? 'This lead is closed. Reopen it?' : 'A good moment to write or call.';
  const rank =
    data.wasRank === null
      ? ''
      : ` It is rank *${lead.rank}* now, no longer ${data.wasRank}: ${escape(lead.rank_reason)}.`;
  const { origin } = data;
  const post =
    origin === null ? '' : `: <${permalink(work.workspace.url, origin.channelId, origin.ts)}|new post>`;
  const reopen = button('Reopen', 'reopen', { value: String(lead.id), label: `Reopen the lead ${name}` });
  return {
    text: `${line(name)} came in again.`,
    blocks: [
      section(
        `:repeat: ${told.map((id) => `${user(id)} `).join('')}*${line(name)}* came in again${via}${post}.${rank} ${next}`,
      ),
      ...(closed ? [actions([reopen])] : []),
    ],
  };
});
