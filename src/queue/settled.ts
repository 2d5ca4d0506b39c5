import type { Button } from '@slack/types';
import type { LeadRow, TouchRow } from '../db/schema.ts';
import { whenDue } from '../lead/due.ts';
import { movedText, outcomeText } from '../nudge/outcome-text.ts';
import { toldButton } from '../resolution/blocks.ts';
import { closedText } from '../resolution/closed-text.ts';
import { waitsForAnswer } from '../resolution/told.ts';
import { truncate, user } from '../slack/kit.ts';
import { agreedStep, stepStands } from '../touch/agreed-step.ts';
import { bringBackButton, closeButton, noteLine, ownTouchButtons, whatNextButtons } from '../touch/blocks.ts';
import { isOutreach, touchKinds } from '../touch/kinds.ts';
import type { NudgeData } from '../touch/nudge-slot.ts';
import { isUndoable } from '../touch/touch.ts';
import type { QueueItem } from './queue.ts';

/** A lead that was worked since its list was shown. */
export interface Settled {
  lead: LeadRow;
  /** What has become of it, for mrkdwn. */
  result: string;
  buttons: readonly Button[];
}

/** A place in a list: to be worked, or done. */
export type Row = QueueItem | Settled;

export function isSettled(row: Row): row is Settled {
  return 'result' in row;
}

/** Who looks at the list, where, and when. */
export interface Looking {
  userId: string;
  zone: string;
  now: number;
}

/**
 * What a row says that was worked: how the lead was closed, or what was logged.
 * @param touch the last one since the list was shown
 * @param otherwise what is true where neither happened, and what can be done about it
 */
export function settledRow(
  lead: LeadRow,
  touch: TouchRow | undefined,
  { userId, zone, now }: Looking,
  otherwise: Omit<Settled, 'lead'>,
): Settled {
  if (lead.state === 'resolved')
    return { lead, result: `:checkered_flag: ${closedText(lead, zone, now)}`, buttons: closedButtons(lead) };
  if (!touch) return { lead, ...otherwise };
  const isOwn = touch.user_id === userId;
  const asks = lead.replied_at !== null || doesStep(lead, touch, zone);
  const own = ownTouchButtons(touch, { isUndoable: isUndoable(touch, now), inRow: true });
  const due = whenDue(lead, now);
  const next = asks
    ? ' What comes next?'
    : due === ''
      ? ' That was the last planned attempt.'
      : ` Next: ${due}.`;
  const nextButtons = asks ? whatNextButtons(lead) : due === '' ? [closeButton(lead)] : [];
  const note = touch.note === null ? '' : ` ${noteLine(truncate(touch.note, 60))}`;
  return {
    lead,
    result: `:white_check_mark: ${loggedText(touch, isOwn)}${next}${note}`,
    buttons: isOwn ? [...nextButtons, ...own] : [],
  };
}

/** Something that its reader was asked for and need not do now. */
export interface Answered {
  lead: LeadRow;
  nudge: NudgeData;
  /** The last one since they were asked. */
  touch: TouchRow | undefined;
  /** Who is asked now, where that is no longer the reader; null where it is nobody. */
  movedTo: string | null | undefined;
}

/** What the row of a message says about it. What is put off can be brought back there, touched since or not. */
export function answeredRow({ lead, nudge, touch, movedTo }: Answered, looking: Looking): Settled {
  if (movedTo !== undefined) return settledRow(lead, undefined, looking, movedAway(lead, movedTo));
  const { what, result, emoji, isPutOff } = outcomeText(lead, nudge, looking.now);
  return settledRow(lead, isPutOff ? undefined : touch, looking, {
    result: `${emoji} ${what}: ${result}`,
    buttons: isPutOff ? [bringBackButton(lead)] : [],
  });
}

/** Whether what was agreed to come next is done with it. */
function doesStep(lead: LeadRow, touch: TouchRow, zone: string): boolean {
  const step = agreedStep(lead);
  const isOver = step !== null && lead.step_due_at === null && isOutreach(touch);
  return isOver && !stepStands(step, [touch], zone);
}

function closedButtons(lead: LeadRow): Button[] {
  return waitsForAnswer(lead) ? [toldButton(lead)] : [];
}

/** `Logged: left voicemail, attempt 3.` */
function loggedText(touch: TouchRow, isOwn: boolean): string {
  const by = isOwn ? '' : ` by ${user(touch.user_id)}`;
  const attempt = isOutreach(touch) ? `, attempt ${touch.attempt}` : '';
  return `Logged${by}: ${touchKinds[touch.kind].done}${attempt}.`;
}

/** Of a lead that its reader works no more. @param to who does now */
export function movedAway(lead: LeadRow, to: string | null): Omit<Settled, 'lead'> {
  return { result: `:handshake: ${movedText(lead, to)}`, buttons: [] };
}
