import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { leadName, permalink } from '../lead/lead.ts';
import { isBlind } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { personOf } from '../lead/people/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { actions, button, escape, line, quote, section, user, when } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { type Detail, detail } from './draft.ts';

const signalData = z.object({
  leadId: z.number(),
  origin: z.object({ channelId: z.string(), ts: z.string() }).nullable(),
  source: z.string().nullable(),
  /** What the prospect said this time, as far as the lead did not say it already. */
  message: z.string().nullable(),
  details: z.array(detail),
  /** Who brought it: they know. */
  by: z.string().nullable(),
  /** The rank before, where this signal has lifted it. */
  wasRank: z.string().nullable(),
  newCadence: z.boolean(),
  /** When the attempt was due that came next then. */
  attemptDueAt: z.number().nullable(),
});

/** A lead that arrives again is a new signal in its thread, not a second card; who has it hears of it at once. */
export const repeatedSignal = defineMessage('repeated_signal', signalData, async (work, data) => {
  const lead = await leadById(work, data.leadId);
  const team = await teamById(work, lead.sales_team_id);
  const name = isBlind(lead, team) ? 'This lead' : leadName(lead);
  const via = data.source === null ? '' : ` via ${line(data.source, 80)}`;
  const closed = lead.state === 'resolved';
  const concerned = lead.owner_id !== null ? [lead.owner_id] : closed ? team.managers : [];
  const told = concerned.filter((id) => id !== data.by);
  const next = closed
    ? 'This lead is closed. Reopen it?'
    : lead.state === 'held'
      ? 'It still waits for a decision.'
      : 'A good moment to write or call.';
  const rank = data.wasRank === null ? '' : ` ${rankText(lead, data.wasRank)}`;
  const { origin, newCadence, attemptDueAt } = data;
  const cadence =
    newCadence && attemptDueAt !== null
      ? ` A new cadence begins: attempt 1 is due ${when(attemptDueAt)}.`
      : '';
  const post =
    origin === null ? '' : `: <${permalink(work.workspace.url, origin.channelId, origin.ts)}|new post>`;
  const reopen = button('Reopen', 'reopen', { value: String(lead.id), label: `Reopen the lead ${name}` });
  return {
    text: `${line(name)} came in again.`,
    blocks: [
      section(
        `:repeat: ${told.map((id) => `${user(id)} `).join('')}*${line(name)}* came in again${via}${post}.${rank}${cadence} ${next}`,
      ),
      ...(data.message === null ? [] : [section(quote(data.message))]),
      ...(data.details.length === 0 ? [] : [section(answersText(data.details))]),
      ...(closed ? [actions([reopen])] : []),
    ],
  };
});

/** Whom a rep added to a lead has come in as a lead of their own: told in the thread of the lead they were added to. */
export const addedPersonCame = defineMessage(
  'added_person_came',
  z.object({ personId: z.number(), leadId: z.number(), cameAs: z.number() }),
  async (work, data) => {
    const came = await leadById(work, data.cameAs);
    if (isBlind(came, await teamById(work, came.sales_team_id))) return null;
    const lead = await leadById(work, data.leadId);
    const person = await personOf(work, data.leadId, data.personId);
    const owner = lead.owner_id === null ? '' : `${user(lead.owner_id)} `;
    const addedBy = person.added_by === lead.owner_id ? 'you' : user(person.added_by);
    const whom = came.owner_id === null ? 'Nobody has it yet' : `${user(came.owner_id)} has it`;
    const name = line(leadName(came), 80);
    return {
      text: `${name} came in as a lead of their own.`,
      blocks: [
        section(
          `:bust_in_silhouette: ${owner}*${name}*, whom ${addedBy} added here, came in as a lead of their own: rank *${escape(came.rank)}*, ${escape(came.rank_reason)}. ${whom}. What was said to them is remembered there.`,
        ),
      ],
    };
  },
);

/** `Now rank A (was D): asked for a demo.` */
export function rankText(lead: Pick<LeadRow, 'rank' | 'rank_reason'>, wasRank: string): string {
  return `Now rank *${escape(lead.rank)}* (was ${escape(wasRank)}): ${escape(lead.rank_reason)}.`;
}

function answersText(details: readonly Detail[]): string {
  return details
    .slice(0, 10)
    .map(({ label, value }) => `>${line(label, 80)}: ${line(value, 200)}`)
    .join('\n');
}
