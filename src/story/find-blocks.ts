import type { Button } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { putOffText, putOffUntil, whenDue } from '../lead/due.ts';
import { leadTitle } from '../lead/lead.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import { storyButton } from '../queue/blocks.ts';
import { resolutions } from '../resolution/kinds.ts';
import { context, count, escape, fittingParts, inSentence, section, user, when } from '../slack/kit.ts';
import { bringBackButton, contactLine, touchButtons } from '../touch/blocks.ts';

export interface Found {
  leads: readonly { lead: LeadRow; isHidden: boolean; isWorkable: boolean }[];
  /** Whether others than these fit as well. */
  hasMore: boolean;
  urls: ReadonlyMap<number, string>;
  now: number;
}

/** What somebody looked for: one lead with what can be done about it, or several to choose from. */
export function renderFound({ leads, hasMore, urls, now }: Found): Rendered {
  const isOne = leads.length === 1;
  const rows = leads.map(({ lead, isHidden, isWorkable }): Blocks => {
    const url = urls.get(lead.id);
    const open = url === undefined ? '' : `  <${url}|Open card>`;
    if (isHidden) {
      const rank = `rank ${lead.rank}: ${escape(lead.rank_reason)}`;
      return [
        section(
          `*A lead on offer* · number ${lead.id} · ${rank}\nIt tells who it is once it is claimed.${open}`,
        ),
      ];
    }
    const contact = isOne ? contactLine(lead) : '';
    const about = `${leadTitle(lead)} · ${lead.rank} · number ${lead.id}`;
    const text = [about, `${standing(lead, now)}${open}`, contact].filter(Boolean).join('\n');
    return [
      section(text, storyButton(lead)),
      ...(isOne && isWorkable ? [touchButtons(lead, undefined, bringBackOf(lead, now))] : []),
    ];
  });
  const more = hasMore ? 'More leads fit; these are the newest. Type a little more to find the others.' : '';
  const title = isOne ? [] : [section(`*${count(leads.length, 'lead')} found*, the newest first`)];
  return {
    text: isOne ? 'One lead found' : `${leads.length} leads found`,
    blocks: [...title, ...fittingParts(rows).flat(), ...(more === '' ? [] : [context(more)])],
  };
}

function bringBackOf(lead: LeadRow, now: number): Button[] {
  return putOffUntil(lead, now) === null ? [] : [bringBackButton(lead, false)];
}

function standing(lead: LeadRow, now: number): string {
  if (lead.resolution !== null) {
    const at = lead.resolved_at === null ? '' : `, ${when(lead.resolved_at)}`;
    return `Closed: ${resolutions[lead.resolution].label}${at}`;
  }
  if (lead.state === 'held') return 'Held: marketing looks at it first';
  if (lead.owner_id === null) return 'On offer: nobody has it';
  const next = nextText(lead, now);
  return `${user(lead.owner_id)}, ${count(lead.attempts, 'attempt')} made${next && `, ${next}`}`;
}

/** `next due Friday`, or until when that is put off; empty where nothing is due. */
export function nextText(lead: LeadRow, now: number): string {
  const putOff = putOffUntil(lead, now);
  if (putOff !== null) return inSentence(putOffText(lead, putOff));
  return lead.next_attempt_at === null ? '' : `next due ${whenDue(lead, now)}`;
}
