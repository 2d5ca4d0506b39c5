import { Refusal } from '../errors.ts';
import {
  type ClickReply,
  type FormReply,
  idOf,
  type Listener,
  onAction,
  onSubmit,
} from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import { type NudgeData, nudgeOfKey } from '../touch/nudge-slot.ts';
import { broughtBack, obstacleTip, snoozeModal, snoozeMoved } from './blocks.ts';
import { bringBack } from './bring-back.ts';
import { saveObstacle } from './obstacle.ts';
import {
  snoozable,
  snoozeDay,
  snoozeEnd,
  type SnoozeSpan,
  snoozeSpans,
  snoozeUntil,
  suggestedDay,
} from './snooze.ts';

export const nudgeListeners: readonly Listener[] = [
  onAction('snooze', async (work, click): Promise<ClickReply | void> => {
    // A menu names the span in its option, a button in its id.
    const [span = '', key = ''] = click.value.includes('|')
      ? click.value.split('|')
      : [click.variant, click.value];
    if (span !== 'date' && !isSpan(span)) throw new Refusal('Choose how long to snooze.');
    const nudge = nudgeOf(key);
    const what = await snoozable(work, nudge, click.userId);
    if (span === 'date') return { open: snoozeModal(nudge, suggestedDay(what.calendar, work.now)) };
    await snoozeUntil(work, what, click.userId, snoozeEnd(what.calendar, work.now, span));
    return undefined;
  }),

  onSubmit('snooze', async (work, form): Promise<FormReply | void> => {
    const what = await snoozable(work, nudgeOf(form.metadata), form.userId);
    const date = textValue(form, 'date');
    if (date === '') return { date: 'Choose a day.' };
    const day = snoozeDay(what.calendar, work.now, date);
    if ('why' in day) return { date: day.why };
    await snoozeUntil(work, what, form.userId, day.until);
    return day.isMoved ? { next: snoozeMoved(day.until) } : undefined;
  }),

  // Lists that stay as they are have it answered; messages and rows say themselves that it is back.
  onAction('bring_back', async (work, click): Promise<ClickReply | void> => {
    const lead = await bringBack(work, nudgeOf(click.value), click.userId);
    return lead && click.variant === 'say'
      ? { say: note.of({ text: broughtBack(lead, work.now) }) }
      : undefined;
  }),

  onAction('obstacle', async (work, click) => {
    const [leadId = '', obstacle = ''] = click.value.split(':');
    const saved = await saveObstacle(work, idOf(leadId), click.userId, obstacle);
    return { say: note.of({ text: obstacleTip(saved) }) };
  }),
];

function isSpan(text: string): text is SnoozeSpan {
  return (snoozeSpans as readonly string[]).includes(text);
}

/** Reads what a snooze button carries; messages of earlier versions name lead, attempt and epoch. */
function nudgeOf(value: string): NudgeData {
  const known = nudgeOfKey(value);
  if (known) return known;
  const [lead = '', attempt, epoch] = value.split(':');
  return { leadId: idOf(lead), attempt: Number(attempt), epoch: Number(epoch) };
}
