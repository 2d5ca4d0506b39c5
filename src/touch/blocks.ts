import type { ActionsBlock } from '@slack/types';
import type { LeadRow, TouchKind } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { placeholders } from '../playbook/schema.ts';
import { type CadenceStep, type Playbook } from '../playbook/schema.ts';
import { actions, button, context, line, section, truncate, escape, user, when } from '../slack/kit.ts';
import { touchKinds } from './kinds.ts';

/** `●●○○○○`: attempts made, of those the cadence has; more than planned are all shown as made. */
export function attemptDots(attempts: number, planned: number): string {
  return '●'.repeat(attempts) + '○'.repeat(Math.max(planned - attempts, 0));
}

/** The one-click buttons, the same wherever a lead is shown. */
export function touchButtons(lead: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>): ActionsBlock {
  const kinds = Object.entries(touchKinds) as [TouchKind, (typeof touchKinds)[TouchKind]][];
  return actions(
    kinds.map(([kind, text]) =>
      button(text.button, `touch:${kind}`, {
        value: String(lead.id),
        label: `${text.button}: log this touch for ${leadName(lead)}`,
        ...(kind === 'replied' && { style: 'primary' }),
      }),
    ),
  );
}

const channelNames = { call: 'Call', email: 'Email', linkedin: 'LinkedIn' } as const;

type Placeholder = (typeof placeholders)[number];
const unknownValue: Record<Placeholder, string> = {
  name: 'there',
  account: 'your company',
  source: 'our website',
  rep: 'me',
};

/** A playbook message as mrkdwn, its placeholders filled in; what is unknown reads as plain words. */
function fillMessage(text: string, values: Record<Placeholder, string | null>): string {
  return escape(truncate(text, 1500)).replace(/\{(\w+)\}/g, (match, name: string) =>
    name in unknownValue ? (values[name as Placeholder] ?? unknownValue[name as Placeholder]) : match,
  );
}

/** The next step: channel, message, and its text filled in and ready to copy. */
export function nextStepText(step: CadenceStep, lead: LeadRow, playbook: Playbook): string {
  const message = playbook.messages[step.message];
  const firstName = lead.name?.split(/\s+/)[0];
  const text = fillMessage(message?.text ?? '', {
    name: firstName === undefined ? null : line(firstName, 40),
    account: lead.account === null ? null : line(lead.account, 80),
    source: line(lead.source, 80),
    rep: lead.owner_id === null ? null : user(lead.owner_id),
  });
  const quote = text.replaceAll('\n', '\n>');
  return `*Try next: ${channelNames[step.channel]}* · ${line(message?.label ?? '')}\n>${quote}`;
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
  tried: readonly TouchKind[];
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
  if (attempt >= planned)
    return 'This is the last planned attempt: most people never get one, and some answer exactly this one.';
  if (attempt <= 4)
    return 'Replies usually come on the third or fourth attempt, and most people have stopped by now.';
  return 'Six attempts over several channels are what it takes to be heard; you are nearly there.';
}

export function nudge(view: NudgeView): Rendered {
  const { lead, attempt, planned, tried } = view;
  const owner = lead.owner_id === null ? '' : `${user(lead.owner_id)} `;
  const title = `${attemptName(attempt)} is due`;
  const last = lead.last_touch_at === null ? '' : ` Last touch: ${when(lead.last_touch_at)}.`;
  return {
    text: `${title}: ${line(leadName(lead), 80)}`,
    blocks: [
      section(`:bell: ${owner}*${title}* for ${leadTitle(lead)} ${attemptDots(attempt - 1, planned)}`),
      section(
        `*Tried so far:* ${tried.length === 0 ? 'nothing yet' : triedText(tried)}.${last}\n*Why now:* ${whyNow(attempt, planned)}`,
      ),
      section(nextStepText(view.step, lead, view.playbook)),
      touchButtons(lead),
      actions([
        button('Snooze 1 hour', 'snooze:1h', { value: String(lead.id) }),
        button('Snooze until tomorrow', 'snooze:tomorrow', { value: String(lead.id) }),
      ]),
    ],
  };
}

/** What an answered nudge turns into. */
export function nudgeDone(lead: LeadRow, attempt: number, now: number): Rendered {
  const title = attemptName(attempt);
  const text =
    lead.state === 'resolved'
      ? `${title}: no longer needed, the lead is closed.`
      : lead.replied_at !== null
        ? `${title}: no longer needed, ${line(leadName(lead), 80)} replied.`
        : (lead.snoozed_until ?? 0) > now && lead.attempts < attempt
          ? `${title}: snoozed until ${when(lead.snoozed_until ?? 0)}.`
          : `${title}: done. Thank you.`;
  return { text, blocks: [context(`:white_check_mark: ${text}`)] };
}

export interface TouchConfirmation {
  touchId: number;
  kind: TouchKind;
  lead: LeadRow;
  planned: number;
}

/** The ephemeral answer to a one-click touch: what was understood, what comes next, and a way back. */
export function touchConfirmation({ touchId, kind, lead, planned }: TouchConfirmation): Rendered {
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
  return {
    text: `Logged for ${line(leadName(lead), 80)}: ${touchKinds[kind].done}.`,
    blocks: [
      section(`:white_check_mark: ${what}${where}${next}`),
      actions([
        button('Undo', 'touch_undo', { value: String(touchId), label: 'Undo this touch' }),
        button('Add note', 'touch_note', { value: String(touchId), label: 'Add a note to this touch' }),
      ]),
    ],
  };
}
