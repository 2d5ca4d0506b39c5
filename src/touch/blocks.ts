import type { ActionsBlock, Button, ModalView } from '@slack/types';
import type { LeadRow, PersonRow, TouchKind, TouchRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { actions, button, escape, input, line, plain, section, when } from '../slack/kit.ts';
import { type Place, withPlace } from '../slack/place.ts';
import { phoneLink } from '../template/links.ts';
import { ownWords } from '../template/memory.ts';
import { isAnswer, oneClickKinds, touchKinds } from './kinds.ts';
import { nudgeFor, nudgeKey } from './nudge-slot.ts';

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

type NamedLead = Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>;

/**
 * The one-click buttons, the same wherever a lead is shown, and the form for everything else.
 * @param blockId of a row (`rowBlock`), where that says itself what was logged
 * @param more what can be done about the lead as it stands
 */
export function touchButtons(lead: NamedLead, blockId?: string, more: readonly Button[] = []): ActionsBlock {
  const value = String(lead.id);
  const kinds = [
    ...oneClickKinds.map((kind) =>
      button(touchKinds[kind].button, `touch:${kind}`, {
        value,
        label: `${touchKinds[kind].button}: log this touch for ${leadName(lead)}`,
      }),
    ),
    button('Log…', 'touch_form', {
      value,
      label: `Log another kind of touch, or an earlier one, for ${leadName(lead)}`,
    }),
  ];
  return actions([...kinds, ...more], blockId);
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

/** What was tried so far: `called, no answer (2×) · emailed`. */
export function triedText(kinds: readonly TouchKind[]): string {
  const counts = new Map<TouchKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, times]) => touchKinds[kind].done + (times > 1 ? ` (${times}×)` : ''))
    .join(' · ');
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
  touch: Pick<TouchRow, 'id' | 'kind' | 'note' | 'attempt' | 'message' | 'at' | 'logged_at'>;
  lead: LeadRow;
  planned: number;
  /** The how manieth outreach of its attempt it is. */
  place: number;
  /** Somebody else at the account, where it was with them. */
  person: Pick<PersonRow, 'id' | 'name' | 'email' | 'phone'> | null;
  /** What was agreed to come next and is done with this touch; null where it is not about that. */
  stepDone: string | null;
  /** What the message used is called; null where none was, or the playbook has it no more. */
  messageLabel: string | null;
  /** When what comes next is due, for mrkdwn; empty when nothing is. */
  next: string;
}

/** The ephemeral answer to a touch: what was understood, what comes next, and a way back. */
export function touchConfirmation(view: TouchConfirmation): Rendered {
  const { touch, lead } = view;
  const done = `${touchKinds[touch.kind].done}${withMessage(view)}`;
  const whom = view.person === null ? leadTitle(lead) : `*${line(leadName(view.person), 80)}*`;
  const past = touch.at === touch.logged_at ? '' : `, ${when(touch.at)}`;
  return {
    text: `Logged for ${line(leadName(view.person ?? lead), 80)}: ${touchKinds[touch.kind].done}.`,
    blocks: [
      section(`:white_check_mark: Logged for ${whom}: ${done}${past}.${standing(view)}`),
      actions([...nextButtons(view), ...ownTouchButtons(touch)]),
    ],
  };
}

/** Where a row says what was logged, Undo stands where a button that logs was: a second click must not take it back. */
const asksFirst = {
  confirm: {
    title: plain('Undo this touch?', 100),
    text: plain('It no longer counts, and the lead stands as before.', 300),
    confirm: plain('Undo', 30),
    deny: plain('Keep it', 30),
  },
};

/**
 * What somebody may do about a touch of theirs.
 * @param isUndoable false where it is too late for that
 * @param inRow whether they stand in the row whose button has just been clicked
 */
export function ownTouchButtons(
  { id, note }: Pick<TouchRow, 'id' | 'note'>,
  { isUndoable = true, inRow = false }: { isUndoable?: boolean; inRow?: boolean } = {},
): Button[] {
  const value = String(id);
  const undo = { value, label: 'Undo this touch', ...(inRow && asksFirst) };
  return [
    ...(isUndoable ? [button('Undo', 'touch_undo', undo)] : []),
    note === null
      ? button('Add note', 'touch_note', { value, label: 'Add a note to this touch' })
      : button('Edit note', 'touch_note', { value, label: 'Edit the note to this touch' }),
    button('Edit…', 'touch_edit', { value, label: 'Edit what was logged: kind, person, message, time' }),
  ];
}

function nextButtons({ touch, lead, stepDone, next }: TouchConfirmation): Button[] {
  if (stepDone !== null || (lead.replied_at !== null && isAnswer(touch))) return whatNextButtons(lead);
  return next === '' ? [closeButton(lead)] : [];
}

/** After they have said something: what comes next, or how it ended. */
export function whatNextButtons(lead: LeadRow): Button[] {
  return [nextStepButton(lead, 'primary'), closeButton(lead)];
}

export function nextStepButton(lead: NamedLead, style?: 'primary'): Button {
  return button('Next step…', 'next_step', {
    value: String(lead.id),
    label: `Say what comes next with ${leadName(lead)}`,
    ...(style && { style }),
  });
}

/**
 * Ends the snooze of what comes next. @param inPlace whether what it stands in says itself that it is back
 */
export function bringBackButton(lead: LeadRow, inPlace = true): Button {
  return button('Bring it back now', inPlace ? 'bring_back' : 'bring_back:say', {
    value: nudgeKey(nudgeFor(lead)),
    label: `Bring back now what is put off for ${leadName(lead)}`,
  });
}

export function closeButton(lead: NamedLead): Button {
  return button('Close…', 'resolve', {
    value: String(lead.id),
    label: `Close the lead ${leadName(lead)} with a result`,
  });
}

function withMessage({ touch, messageLabel }: TouchConfirmation): string {
  if (touch.message === ownWords) return ', in your own words';
  return messageLabel === null ? '' : `, with “${line(messageLabel)}”`;
}

/** Where the lead stands with it, and what comes next. */
function standing({ touch, lead, planned, place, stepDone, next }: TouchConfirmation): string {
  if (touch.kind === 'replied')
    return ' What comes next? Agree on a step with a date, write back, or close the lead with the result.';
  const which = place > 1 ? `${ordinals[place] ?? `${place}th`} touch of attempt` : 'Attempt';
  const step =
    stepDone === null
      ? ''
      : `\nNext step done: ${line(stepDone)}. What comes next? Without a new step, the attempts go on.`;
  const attempt = ` ${which} ${touch.attempt} of ${planned} ${attemptDots(lead.attempts, planned)}${step}`;
  if (isAnswer(touch) && lead.replied_at !== null) return `${attempt}\nWhat comes next?`;
  if (next !== '') return `${attempt}\nNext: ${next}.`;
  return `${attempt}\nThat was the last planned attempt. Close the lead with a result, or keep going.`;
}

/** What the confirmation turns into, for mrkdwn. */
export function touchUndone(lead: LeadRow, kind: TouchKind): string {
  return `Undone for ${line(leadName(lead), 80)}: ${touchKinds[kind].done} no longer counts.`;
}

export function noteModal(touch: Pick<TouchRow, 'id' | 'note'>, place: Place): ModalView {
  return {
    type: 'modal',
    callback_id: 'touch_note',
    private_metadata: withPlace(String(touch.id), place),
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

/** Confirms a note, for mrkdwn. */
export function noteSaved(lead: LeadRow, note: string): string {
  return `:memo: Note saved for ${leadTitle(lead)}: ${line(note)}`;
}
