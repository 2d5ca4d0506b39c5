import { countAttempts } from '../calendar/attempts.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { addWorkingDays, addWorkingMinutes, nextWorkingMoment } from '../calendar/working-time.ts';
import type { TouchKind } from '../db/schema.ts';
import type { CadenceStep, WorkingSpan } from '../playbook/schema.ts';

export interface ProgressInput {
  /** The touches of the present cadence that are not undone, oldest first. Times in UTC milliseconds. */
  touches: readonly { kind: TouchKind; at: number }[];
  /** When the rep got the lead, or when it was reopened. */
  startedAt: number;
  cadence: readonly Pick<CadenceStep, 'after'>[];
  attemptGapMinutes: number;
  nudgeAttempts: readonly number[];
  replyWithin: WorkingSpan;
  calendar: WorkingCalendar;
  snoozedUntil: number | null;
}

/** Where a lead stands, as its touches tell it. */
export interface Progress {
  attempts: number;
  /** The attempt of the touch at the same place of `touches`; a reply belongs to the attempt it answers. */
  attemptOfTouch: number[];
  firstTouchAt: number | null;
  lastTouchAt: number | null;
  lastTouchKind: TouchKind | null;
  /** Since when a reply waits for our next step; null once we have acted on it. */
  repliedAt: number | null;
  /** When the next attempt, or the answer to a reply, is due; null when the cadence is through. */
  nextAttemptAt: number | null;
  /** When the rep wants to be nudged about it; null when this attempt gets no nudge. */
  nudgeAt: number | null;
}

/**
 * Derives everything due from the touches, so that undoing and correcting touches can never leave the lead in a
 * state that logging alone would not have reached. Rules: `product.md`, "attempt", "cadence" and "nudge".
 */
export function progressOf(input: ProgressInput): Progress {
  const { touches, calendar } = input;
  const outreach = touches.filter((touch) => touch.kind !== 'replied');
  const attemptOfOutreach = countAttempts(
    outreach.map((touch) => touch.at),
    calendar,
    input.attemptGapMinutes,
  );
  const attempts = attemptOfOutreach.at(-1) ?? 0;
  let current = 0;
  let seen = 0;
  const attemptOfTouch = touches.map((touch) => {
    if (touch.kind !== 'replied') {
      current = attemptOfOutreach[seen] ?? 0;
      seen += 1;
    }
    return current;
  });

  const last = touches.at(-1);
  const repliedAt = last?.kind === 'replied' ? last.at : null;
  const nextAttemptAt =
    repliedAt === null
      ? nextAttemptDue(input, attempts, outreach.at(-1)?.at)
      : addSpan(calendar, repliedAt, input.replyWithin);
  const wantsNudge =
    repliedAt === null && nextAttemptAt !== null && input.nudgeAttempts.includes(attempts + 1);
  return {
    attempts,
    attemptOfTouch,
    firstTouchAt: outreach[0]?.at ?? null,
    lastTouchAt: last?.at ?? null,
    lastTouchKind: last?.kind ?? null,
    repliedAt,
    nextAttemptAt,
    nudgeAt: wantsNudge
      ? nextWorkingMoment(calendar, Math.max(nextAttemptAt, input.snoozedUntil ?? 0))
      : null,
  };
}

/** The first attempt counts from the start, each later one from our last outreach: later steps shift, nothing bursts. */
function nextAttemptDue(
  input: ProgressInput,
  attempts: number,
  lastOutreach: number | undefined,
): number | null {
  const step = input.cadence[attempts];
  return step ? addSpan(input.calendar, lastOutreach ?? input.startedAt, step.after) : null;
}

/** A span of working time after an instant; whole days keep the time of day where the working hours allow. */
export function addSpan(calendar: WorkingCalendar, from: number, span: WorkingSpan): number {
  return span.unit === 'minutes'
    ? addWorkingMinutes(calendar, from, span.amount)
    : addWorkingDays(calendar, from, span.amount, 'same-time');
}
