import type { Button, ModalView } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { verdictText } from '../feedback/blocks.ts';
import type { Verdict } from '../feedback/verdict.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { Reason } from '../playbook/schema.ts';
import { actions, button, context, count, escape, line, plain, section, when } from '../slack/kit.ts';
import { mailText } from '../template/links.ts';
import { contactLine, noteLine, touchButtons } from '../touch/blocks.ts';
import type { Standing } from './gates.ts';

/** @param end `closedText` inside a sentence */
export function renderClosed(lead: LeadRow, end: string): Rendered {
  const reopen = button('Reopen', 'reopen', {
    value: String(lead.id),
    label: `Reopen the lead ${leadName(lead)}`,
  });
  return {
    text: `${line(leadName(lead), 80)}: ${end}`,
    blocks: [section(`:checkered_flag: ${leadTitle(lead)}: ${end}`), actions([reopen])],
  };
}

/** @param end as in `renderClosed` */
export function renderUntold(lead: LeadRow, end: string, words: string): Rendered {
  const link = words === '' ? contactLine(lead) : mailText(lead, words, 'with your words');
  return {
    text: `${line(leadName(lead), 80)}: ${end}`,
    blocks: [section(`:ghost: ${leadTitle(lead)}: ${end}\n${link}`.trim()), actions([toldButton(lead)])],
  };
}

export function toldButton(lead: LeadRow): Button {
  return button('They were told', 'told', {
    value: String(lead.id),
    label: `${leadName(lead)} was told how it ended`,
  });
}

export function renderTold(lead: LeadRow): Rendered {
  const text = `Noted: ${leadTitle(lead)} was told.`;
  const undo = button('Undo', 'told_undo', { value: String(lead.id), label: 'They were not told after all' });
  return {
    text: `Noted: ${line(leadName(lead), 80)} was told.`,
    blocks: [section(`:white_check_mark: ${text}`), actions([undo])],
  };
}

export interface Returned {
  /** Since when, in words of ours. */
  agreed: string;
  /** What was noted then. */
  note: string | null;
  /** For a deputy: `, for @Alice`. */
  whose: string;
  url: string | undefined;
}

export function renderReturned(lead: LeadRow, { agreed, note, whose, url }: Returned): Rendered {
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  const due = lead.next_attempt_at === null ? '' : ` First touch due ${when(lead.next_attempt_at)}.`;
  const lines = [
    `:leftwards_arrow_with_hook: ${leadTitle(lead)} is back${whose}, as agreed ${agreed}.${due}${open}`,
    ...(note === null ? [] : [noteLine(note)]),
    contactLine(lead),
  ];
  return {
    text: `${line(leadName(lead), 80)} is back, as agreed ${agreed}.`,
    blocks: [section(lines.filter(Boolean).join('\n')), touchButtons(lead)],
  };
}

/** In the form's place, when the reason was saved and the lead stays open. */
export function keptView(lead: LeadRow, reason: Reason, verdict: Verdict, standing: Standing): ModalView {
  const left = standing.verifyFrom - standing.attempts;
  const rest =
    verdict === 'verify' ? [context(`After ${count(left, 'more attempt')} it closes the lead.`)] : [];
  return {
    type: 'modal',
    callback_id: 'reason_kept',
    title: plain('Saved, and still open', 24),
    close: plain('Close', 24),
    blocks: [
      section(`*${escape(reason.label)}* · ${leadTitle(lead)}`),
      section(verdictText(verdict, reason, standing.verifyFrom)),
      ...rest,
    ],
  };
}
