import type { ActionsBlock, ModalView } from '@slack/types';
import { weekdayOfDay } from '../calendar/civil.ts';
import { localDay } from '../calendar/zone.ts';
import type { LeadRow, TouchKind, TouchRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { CadenceStep, Playbook } from '../playbook/schema.ts';
import { actions, button, context, escape, input, line, plain, section, user, when } from '../slack/kit.ts';
import { idOf } from '../slack/listener.ts';
import { touchKinds } from './kinds.ts';
import { nextStepText } from './next-step.ts';
import type { NudgeData } from './nudge-slot.ts';

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
  const kinds = Object.entries(touchKinds) as [TouchKind, (typeof touchKinds)[TouchKind]][];
  return actions(
    kinds.map(([kind, text]) =>
      button(text.button, `touch:${kind}`, {
        value: String(lead.id),
        label: `${text.button}: log this touch for ${leadName(lead)}`,
      }),
    ),
  );
}

/** Mail address and phone number to click, for mrkdwn; empty when neither is known. */
export function contactLine(lead: Pick<LeadRow, 'email' | 'phone'>): string {
  const parts: string[] = [];
  if (lead.email !== null) parts.push(`:email: <mailto:${escape(lead.email)}|${escape(lead.email)}>`);
  if (lead.phone !== null) {
    const digits = lead.phone.replace(/[^+\d]/g, '');
    parts.push(
      `:telephone_receiver: ${digits === '' ? line(lead.phone) : `<tel:${digits}|${line(lead.phone, 40)}>`}`,
    );
  }
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

export interface NudgeView {
  lead: LeadRow;
  attempt: number;
  planned: number;
  touches: readonly Pick<TouchRow, 'kind' | 'note'>[];
  step: CadenceStep;
  playbook: Playbook;
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

function whyNow(attempt: number, planned: number): string {
  if (attempt === 1)
    return 'Nobody has written or called yet, and the first answer counts most while they still wait.';
  if (attempt >= planned)
    return 'This is the last planned attempt: most people never get one, and some answer exactly this one.';
  if (attempt <= 4)
    return 'Replies usually come on the third or fourth attempt, and most people have stopped by now.';
  return 'Six attempts over several channels are what it takes to be heard; you are nearly there.';
}

export function nudge(view: NudgeView): Rendered {
  const { lead, attempt, planned, touches } = view;
  const title = `${attemptName(attempt)} is due`;
  const tried = touches.length === 0 ? 'nothing yet' : triedText(touches.map((touch) => touch.kind));
  const last = lead.last_touch_at === null ? '' : ` Last touch: ${when(lead.last_touch_at)}.`;
  const notes = touches.flatMap(({ note }) => (note === null ? [] : [`\n${noteLine(note)}`])).slice(-2);
  const value = `${lead.id}:${attempt}:${lead.cadence_epoch}`;
  const contact = contactLine(lead);
  return {
    text: `${title}: ${line(leadName(lead), 80)}`,
    blocks: [
      section(
        `:bell: ${mention(lead)}*${title}* for ${leadTitle(lead)} ${attemptDots(attempt - 1, planned)}${contact === '' ? '' : `\n${contact}`}`,
      ),
      section(`*Tried so far:* ${tried}.${last}${notes.join('')}\n*Why now:* ${whyNow(attempt, planned)}`),
      section(nextStepText(view.step, lead, view.playbook)),
      touchButtons(lead),
      actions([
        button('Snooze 1 hour', 'snooze:1h', { value }),
        button('Snooze until tomorrow', 'snooze:tomorrow', { value }),
      ]),
    ],
  };
}

/** Reads the value of a snooze button; of one that is none of ours, numbers that fit no nudge. */
export function nudgeOfButton(value: string): NudgeData {
  const [lead = '', attempt, epoch] = value.split(':');
  return { leadId: idOf(lead), attempt: Number(attempt), epoch: Number(epoch) };
}

function mention(lead: LeadRow): string {
  return lead.owner_id === null ? '' : `${user(lead.owner_id)} `;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Somebody answered and heard nothing back. @param zone the team's, which decides what day it was */
export function replyNudge(lead: LeadRow, repliedAt: number, zone: string): Rendered {
  const day = weekdays[weekdayOfDay(localDay(zone, repliedAt)) - 1] ?? '';
  const text = `${line(leadName(lead), 80)} replied on ${day} and is still waiting.`;
  const contact = contactLine(lead);
  return {
    text,
    blocks: [
      section(
        `:speech_balloon: ${mention(lead)}${text} Write back, or close the lead.${contact === '' ? '' : `\n${contact}`}`,
      ),
      touchButtons(lead),
    ],
  };
}

/** What a settled nudge turns into. */
export function nudgeDone(lead: LeadRow, nudge: NudgeData, now: number): Rendered {
  if (nudge.repliedAt !== undefined) return replySettled(lead, nudge.repliedAt);
  const title = attemptName(nudge.attempt);
  if (lead.state === 'resolved') return settled(`${title}: no longer needed, the lead is closed.`);
  if (nudge.epoch !== lead.cadence_epoch) return settled(`${title}: no longer needed.`);
  if (lead.attempts >= nudge.attempt) return settled(`${title}: done. Thank you.`);
  if (lead.replied_at !== null)
    return settled(`${title}: no longer needed, ${line(leadName(lead), 80)} replied.`);
  if (lead.snoozed_until !== null && lead.snoozed_until > now)
    return settled(`${title}: snoozed until ${when(lead.snoozed_until)}.`, ':zzz:');
  return settled(`${title}: not due yet. It comes again in time.`);
}

function replySettled(lead: LeadRow, repliedAt: number): Rendered {
  const name = line(leadName(lead), 80);
  if (lead.state === 'resolved') return settled(`Reply of ${name}: the lead is closed.`);
  return settled(
    (lead.last_touch_at ?? 0) >= repliedAt && lead.last_touch_kind !== 'replied'
      ? `Reply of ${name}: answered. Thank you.`
      : `Reply of ${name}: no longer waiting.`,
  );
}

/** The message that was snoozed, once the nudge is in the thread again. */
export function nudgeCameBack(attempt: number): Rendered {
  return settled(`${attemptName(attempt)}: it came back below.`, ':zzz:');
}

function settled(text: string, emoji = ':white_check_mark:'): Rendered {
  return { text, blocks: [context(`${emoji} ${text}`)] };
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
