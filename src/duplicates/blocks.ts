import type { SectionBlock } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import type { LeadDraft } from '../intake/draft.ts';
import type { SetAside } from '../intake/probable.ts';
import { leadName } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { actions, button, context, count, line, mrkdwn, section, user, when, quote } from '../slack/kit.ts';
import { contactLine } from '../touch/blocks.ts';
import type { DuplicateRow } from './store.ts';

export interface DuplicateView {
  row: DuplicateRow;
  /** The lead it may repeat. */
  known: LeadRow;
  /** What waits, oldest first. */
  arrivals: readonly SetAside[];
  /** Who is asked. */
  managers: readonly string[];
  /** Once it is decided: the lead it belongs to, and its card; undefined while that is not posted. */
  became?: { lead: LeadRow; url: string | undefined };
}

/** Whether two are one: both sides next to each other, and what was decided in the end. */
export function renderDuplicate(view: DuplicateView): Rendered {
  const { row, known, arrivals, managers } = view;
  const draft = arrivals[0]?.draft;
  if (!draft) throw new Error(`The question ${row.id} is about nothing.`);
  const name = line(leadName(known), 80);
  const mention = managers.map(user).join(' ');
  const again = arrivals.length < 2 ? [] : [`It came in ${count(arrivals.length, 'time')}.`];
  const isOpen = row.decision === null;
  const text = isOpen
    ? `Is this the same person? Somebody who may be ${name} came in.`
    : outcomeText(view, draft);
  return {
    text,
    blocks: [
      section(isOpen ? `:busts_in_silhouette: *Is this the same person?* ${mention}`.trim() : text),
      sides(row, known, draft),
      ...(draft.message === null || draft.message.trim() === '' ? [] : [section(quote(draft.message))]),
      ...(isOpen
        ? [
            context(
              [...again, `Without an answer by ${when(row.decide_by)} it becomes a lead of its own.`].join(
                ' ',
              ),
            ),
            buttons(row.id, leadName(known)),
          ]
        : []),
    ],
  };
}

function sides(row: DuplicateRow, known: LeadRow, draft: LeadDraft): SectionBlock {
  const left = side('Known', { ...known, at: known.created_at });
  const right = side('New', { ...draft, at: row.created_at });
  // Once it is decided the lead may have learned from it: next to each other they would be no comparison any more.
  const shown = row.decision === null ? [left, right] : [right];
  return { type: 'section', fields: shown.map((text) => mrkdwn(text, 2000)) };
}

type Side = Pick<LeadDraft, 'name' | 'email' | 'phone' | 'account' | 'title' | 'source'> & { at: number };

function side(label: string, { name, email, phone, account, title, source, at }: Side): string {
  const rows = [
    name,
    ...(email === null ? ['no mail address'] : []),
    ...(phone === null ? ['no phone number'] : []),
    account,
    title,
    source === null ? null : `via ${source}`,
  ];
  const contact = contactLine({ email, phone });
  return [
    `*${label}*`,
    ...(contact === '' ? [] : [contact]),
    ...rows.flatMap((text) => (text === null || text.trim() === '' ? [] : [line(text, 100)])),
    when(at),
  ].join('\n');
}

function buttons(duplicateId: number, name: string): ReturnType<typeof actions> {
  const value = String(duplicateId);
  return actions([
    button('Same person', 'duplicate:same', { value, style: 'primary', label: `It is ${name}` }),
    button('Different', 'duplicate:different', { value, label: `It is not ${name}, make it a new lead` }),
  ]);
}

function outcomeText({ row, known, became }: DuplicateView, draft: LeadDraft): string {
  const by = row.decided_by === null ? '' : user(row.decided_by);
  if (row.decision === 'same') {
    return `:white_check_mark: *The same person*, says ${by}. It is kept in this thread.${otherContact(known, draft)}`;
  }
  const why = row.decided_by === null ? 'Nobody decided in time' : `*Two people*, says ${by}`;
  if (!became) return `:white_check_mark: ${why}.`;
  const title = line(leadName(became.lead), 80);
  const link = became.url === undefined ? `*${title}*` : `<${became.url}|${title}>`;
  return `:white_check_mark: ${why}, so this is a lead of its own: ${link}.`;
}

/** The address and number that the lead does not have: a second one is worth a try. */
function otherContact(known: LeadRow, draft: LeadDraft): string {
  const other = contactLine({
    email: draft.email === known.email ? null : draft.email,
    phone: draft.phone === known.phone ? null : draft.phone,
  });
  return other === '' ? '' : `\nAlso to be reached at ${other}`;
}
