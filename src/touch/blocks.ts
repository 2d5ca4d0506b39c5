import type { ActionsBlock, ModalView } from '@slack/types';
import type { LeadRow, TouchKind, TouchRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { actions, button, escape, input, line, plain, section, when } from '../slack/kit.ts';
import { phoneLink } from '../template/links.ts';
import { oneClickKinds, touchKinds } from './kinds.ts';

/** `●●○○○○`: attempts made, of those the cadence has. */
export function attemptDots(attempts: number, planned: number): string {
  const made = Math.min(attempts, planned);
  return '●'.repeat(made) + '○'.repeat(planned - made);
}

/** `●●○○○○ 2 of 6`, and beyond the plan `●●●● 4 of 4, and 2 more`. */
export function attemptsText(attempts: number, planned: number): string {
  const made = Math.min(attempts, planned);
  const more = attempts > planned ? `, and ${attempts - planned} more` : '';
  return `${attemptDots(attempts, planned)} ${made} of ${planned}${more}`;
}

/** The one-click buttons, the same wherever a lead is shown. */
export function touchButtons(lead: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>): ActionsBlock {
  return actions(
    oneClickKinds.map((kind) =>
      button(touchKinds[kind].button, `touch:${kind}`, {
        value: String(lead.id),
        label: `${touchKinds[kind].button}: log this touch for ${leadName(lead)}`,
      }),
    ),
  );
}

/** Mail address and phone number to click, for mrkdwn; empty when neither is known. */
export function contactLine(lead: Pick<LeadRow, 'email' | 'phone'>): string {
  const parts: string[] = [];
  if (lead.email !== null) parts.push(`:email: <mailto:${escape(lead.email)}|${escape(lead.email)}>`);
  if (lead.phone !== null) parts.push(phoneLink(lead.phone));
  return parts.join('   ');
}

/** A note of a touch, for mrkdwn. */
export function noteLine(note: string): string {
  return `:memo: ${line(note)}`;
}

/** What was tried so far: `called, no answer (2×), emailed`. */
export function triedText(kinds: readonly TouchKind[]): string {
  const counts = new Map<TouchKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, times]) => touchKinds[kind].done + (times > 1 ? ` (${times}×)` : ''))
    .join(', ');
}

const ordinals = [
  '',
  'First',
  'Second',
  'Third',
  'Fourth',
  'Fifth',
  'Sixth',
  'Seventh',
  'Eighth',
  'Ninth',
  'Tenth',
];

/** `Third attempt`; past the tenth `Attempt 11`. */
export function attemptName(attempt: number): string {
  const ordinal = ordinals[attempt];
  return ordinal ? `${ordinal} attempt` : `Attempt ${attempt}`;
}

export interface TouchConfirmation {
  touch: Pick<TouchRow, 'id' | 'kind' | 'note'>;
  lead: LeadRow;
  planned: number;
}

/** The ephemeral answer to a one-click touch: what was understood, what comes next, and a way back. */
export function touchConfirmation({ touch, lead, planned }: TouchConfirmation): Rendered {
  const { kind } = touch;
  const what = `Logged for ${leadTitle(lead)}: ${touchKinds[kind].done}.`;
  const where =
    kind === 'replied'
      ? ' Their answer waits for your next step: write back, or close the lead with the result.'
      : ` Attempt ${lead.attempts} of ${planned} ${attemptDots(lead.attempts, planned)}`;
  const next =
    kind !== 'replied' && lead.next_attempt_at === null
      ? '\nThat was the last planned attempt. Close the lead with a result, or keep going.'
      : lead.next_attempt_at === null
        ? ''
        : `\nNext: ${when(lead.next_attempt_at)}.`;
  const value = String(touch.id);
  return {
    text: `Logged for ${line(leadName(lead), 80)}: ${touchKinds[kind].done}.`,
    blocks: [
      section(`:white_check_mark: ${what}${where}${next}`),
      actions([
        button('Undo', 'touch_undo', { value, label: 'Undo this touch' }),
        touch.note === null
          ? button('Add note', 'touch_note', { value, label: 'Add a note to this touch' })
          : button('Edit note', 'touch_note', { value, label: 'Edit the note to this touch' }),
      ]),
    ],
  };
}

/** What the confirmation turns into, for mrkdwn. */
export function touchUndone(lead: LeadRow, kind: TouchKind): string {
  return `Undone for ${line(leadName(lead), 80)}: ${touchKinds[kind].done} no longer counts.`;
}

export function noteModal(touch: Pick<TouchRow, 'id' | 'note'>): ModalView {
  return {
    type: 'modal',
    callback_id: 'touch_note',
    private_metadata: String(touch.id),
    title: plain(touch.note === null ? 'Add a note' : 'Edit the note', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      input('note', 'What should you remember?', {
        type: 'plain_text_input',
        multiline: true,
        max_length: 1000,
        ...(touch.note !== null && { initial_value: touch.note }),
      }),
    ],
  };
}
