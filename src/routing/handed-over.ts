import { z } from 'zod';
import type { LeadRow, TouchRow } from '../db/schema.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { context, count, escape, line, section, user, when } from '../slack/kit.ts';
import { dueText } from './due-text.ts';
import { contactLine, noteLine, triedText } from '../touch/blocks.ts';
import { touchKinds } from '../touch/kinds.ts';
import { touchesOf } from '../touch/store.ts';

/** Tells a rep that a lead of somebody else's is theirs now, and what was said so far; not if it has moved on again. */
export const handedOver = defineMessage(
  'handed_over',
  /** `by`: a Slack user id, or `app`. */
  z.object({ leadId: z.number(), to: z.string(), by: z.string() }),
  async (work, { leadId, to, by }) => {
    const lead = await leadById(work, leadId);
    if (lead.owner_id !== to || lead.state === 'resolved') return null;
    const url = (await cardUrls(work, [leadId])).get(leadId);
    return renderHandedOver(lead, await touchesOf(work.db, lead), { by, url, now: work.now });
  },
);

/** @param touches of the present cadence, oldest first */
export function renderHandedOver(
  lead: LeadRow,
  touches: readonly TouchRow[],
  { by, url, now }: { by: string; url: string | undefined; now: number },
): Rendered {
  const given =
    by === 'app' ? `${leadTitle(lead)} is yours now.` : `${user(by)} gave you ${leadTitle(lead)}.`;
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  const contact = contactLine(lead);
  return {
    text: `${line(leadName(lead), 80)} is your lead now.`,
    blocks: [
      section(`:handshake: ${given}${dueText(lead, now)}${open}${contact === '' ? '' : `\n${contact}`}`),
      ...saidSoFar(touches),
      context(`*${lead.rank}* · ${escape(lead.rank_reason)}`),
    ],
  };
}

/** What was tried, and what the newest three notes say: nobody starts from nothing, or says the same twice. */
export function saidSoFar(touches: readonly TouchRow[]): ReturnType<typeof section>[] {
  if (touches.length === 0) return [section('Nobody has written or called yet.')];
  const notes = touches.flatMap(({ note, kind, user_id: by, at }) =>
    note === null ? [] : [`${user(by)} ${touchKinds[kind].done}, ${when(at)}\n${noteLine(note)}`],
  );
  const shown = notes.slice(-3).reverse();
  const more =
    notes.length > shown.length ? `\nAnd ${count(notes.length - shown.length, 'older note')}.` : '';
  const tried = `*So far:* ${triedText(touches.map(({ kind }) => kind))}.`;
  return [section([tried, ...shown].join('\n') + more)];
}
