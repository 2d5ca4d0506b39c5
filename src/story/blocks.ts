import type { ModalView } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { resolutions } from '../resolution/kinds.ts';
import {
  actions,
  button,
  context,
  escape,
  line,
  plain,
  section,
  truncate,
  user,
  when,
} from '../slack/kit.ts';
import { attemptsText, contactLine } from '../touch/blocks.ts';
import type { Entry } from './entries.ts';
import { nextText } from './find-blocks.ts';

/** One page has so much text that a modal surely takes it, and a reader reads it. */
const entriesOnPage = 25;
const lettersOnPage = 12_000;
const lettersInSection = 2900;

export interface StoryView {
  lead: LeadRow;
  entries: readonly Entry[];
  /** From 1; left out for the last, which has the newest entries. */
  page?: number;
  url: string | undefined;
  planned: number;
  now: number;
}

/** The story as a modal, oldest first; what does not fit on one page is on others. */
export function storyModal({ lead, entries, page, url, planned, now }: StoryView): ModalView {
  const pages = pagesOf(entries.map(({ at, text }) => truncate(`${when(at)}  ${text}`, lettersInSection)));
  const shown = Math.min(Math.max(page ?? pages.length, 1), pages.length);
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  return {
    type: 'modal',
    callback_id: 'story',
    title: plain('The story', 24),
    close: plain('Close', 24),
    blocks: [
      section(
        [`${leadTitle(lead)} · number ${lead.id}${open}`, contactLine(lead)].filter(Boolean).join('\n'),
      ),
      context(
        `*${lead.rank}* · ${escape(lead.rank_reason)} · via ${line(lead.source, 80)}`,
        standing(lead, planned, now),
      ),
      { type: 'divider' },
      ...packed(pages[shown - 1] ?? []).map((text) => section(text)),
      ...turning(lead.id, shown, pages.length),
    ],
  };
}

function standing(lead: LeadRow, planned: number, now: number): string {
  const attempts =
    lead.attempts > 0 || lead.owner_id !== null ? ` · ${attemptsText(lead.attempts, planned)}` : '';
  if (lead.resolution !== null) {
    const note = lead.resolution_note === null ? '' : ` · ${line(lead.resolution_note, 200)}`;
    return `Closed: ${resolutions[lead.resolution].label}${attempts}${note}`;
  }
  if (lead.state === 'held') return 'Held: marketing looks at it first';
  const next = nextText(lead, now);
  const owner = lead.owner_id === null ? 'Nobody has it now' : user(lead.owner_id);
  return `${owner}${attempts}${next && ` · ${next}`}`;
}

/** From the newest on, so that the last page is full and the first has the rest. */
function pagesOf(lines: readonly string[]): string[][] {
  const pages: string[][] = [[]];
  let letters = 0;
  for (const text of [...lines].reverse()) {
    letters += text.length;
    const page = pages[0] ?? [];
    if (page.length > 0 && (page.length >= entriesOnPage || letters > lettersOnPage)) {
      pages.unshift([text]);
      letters = text.length;
    } else page.unshift(text);
  }
  return pages;
}

/** Several lines share a section, as many as it takes. */
function packed(lines: readonly string[]): string[] {
  const sections: string[] = [];
  for (const text of lines) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + text.length < lettersInSection)
      sections[sections.length - 1] = `${last}\n${text}`;
    else sections.push(text);
  }
  return sections;
}

function turning(leadId: number, shown: number, pages: number) {
  if (pages === 1) return [];
  const to = (text: string, page: number) => button(text, `story_page:${page}`, { value: String(leadId) });
  return [
    actions([
      ...(shown > 1 ? [to('Earlier', shown - 1)] : []),
      ...(shown < pages ? [to('Later', shown + 1)] : []),
    ]),
    context(`Page ${shown} of ${pages}`),
  ];
}
