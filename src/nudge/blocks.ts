import { weekdayOfDay } from '../calendar/civil.ts';
import { localDay } from '../calendar/zone.ts';
import type { LeadRow, TouchRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { CadenceStep, Playbook } from '../playbook/schema.ts';
import { actions, button, context, line, section, user, when } from '../slack/kit.ts';
import { idOf } from '../slack/listener.ts';
import { nextStepText } from '../template/blocks.ts';
import { attemptDots, attemptName, contactLine, noteLine, touchButtons, triedText } from '../touch/blocks.ts';
import { stepOf } from '../touch/agreed-step.ts';
import type { NudgeData } from '../touch/nudge-slot.ts';

export interface NudgeView {
  lead: LeadRow;
  attempt: number;
  planned: number;
  touches: readonly Pick<TouchRow, 'kind' | 'note'>[];
  step: CadenceStep;
  playbook: Playbook;
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

/** What was agreed with them is due. */
export function stepNudge(lead: LeadRow): Rendered {
  const step = stepOf(lead);
  const contact = contactLine(lead);
  const text = `Next step for ${line(leadName(lead), 80)} is due: ${line(step?.text ?? '', 200)}`;
  return {
    text,
    blocks: [
      section(`:calendar: ${mention(lead)}${text}.${contact === '' ? '' : `\n${contact}`}`),
      touchButtons(lead),
    ],
  };
}

/** What a settled nudge turns into. */
export function nudgeDone(lead: LeadRow, nudge: NudgeData, now: number): Rendered {
  if (nudge.repliedAt !== undefined) return replySettled(lead, nudge.repliedAt);
  if (nudge.stepAt !== undefined) return stepSettled(lead, nudge.stepAt, now);
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

function stepSettled(lead: LeadRow, stepAt: number, now: number): Rendered {
  if (lead.state === 'resolved') return settled('Next step: the lead is closed.');
  const step = stepOf(lead);
  if (step && step.at !== stepAt) return settled(`Next step: put off until ${when(step.at)}.`);
  if (step && lead.snoozed_until !== null && lead.snoozed_until > now)
    return settled(`Next step: snoozed until ${when(lead.snoozed_until)}.`, ':zzz:');
  if (lead.next_step_at === stepAt && lead.replied_at === null) return settled('Next step: done. Thank you.');
  return settled('Next step: no longer needed.');
}

function settled(text: string, emoji = ':white_check_mark:'): Rendered {
  return { text, blocks: [context(`${emoji} ${text}`)] };
}
