import { countAttempts } from '../calendar/attempts.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { dueAfter } from '../calendar/due.ts';
import { addSpan } from '../calendar/span.ts';
import { addWorkingMinutes, nextWorkingMoment } from '../calendar/working-time.ts';
import type { TouchKind } from '../db/schema.ts';
import type { CadenceStep, WorkingSpan } from '../playbook/schema.ts';
import { type AgreedStep, stepAsked, stepDue, stepStands } from './agreed-step.ts';
import { isAnswer, isOutreach } from './kinds.ts';

/** One touch; `at` in UTC milliseconds. */
export interface TouchMoment {
  kind: TouchKind;
  at: number;
}

/** A touch that is stored: its attempt is a fact, whatever becomes of the working hours later. */
export interface CountedTouch extends TouchMoment {
  attempt: number;
}

export interface ProgressInput {
  /** The touches of the present cadence that are not undone, oldest first. */
  touches: readonly CountedTouch[];
  /** When the rep got the lead, or when it was reopened. */
  startedAt: number;
  cadence: readonly Pick<CadenceStep, 'after' | 'window'>[];
  nudgeAttempts: readonly number[];
  replyWithin: WorkingSpan;
  /** In minutes of the owner's hours, absences aside: who is away may touch a lead all the same. */
  attemptGap: number;
  hours: WorkingCalendar;
  /** The owner's: what is due while they are away moves behind it. */
  calendar: WorkingCalendar;
  snoozedUntil: number | null;
  /** What was agreed to come next, done or not; null when nothing was. */
  nextStep: AgreedStep | null;
}

/** Where a lead stands, as its touches tell it. */
export interface Progress {
  attempts: number;
  firstTouchAt: number | null;
  lastTouchAt: number | null;
  lastTouchKind: TouchKind | null;
  /** Since when a reply waits for our next step; null once we have acted on it, or said what comes next. */
  repliedAt: number | null;
  /** When what was agreed to come next is due; null when it is done or void, or nothing was agreed. */
  stepDueAt: number | null;
  /** When the next attempt, the answer to a reply, or the agreed step is due; null when the cadence is through. */
  nextAttemptAt: number | null;
  /** When the rep wants to be nudged about it, or about the reply; null when this attempt gets no nudge. */
  nudgeAt: number | null;
}

/**
 * The attempts of touches that come after those counted already, at the same places; a reply belongs to the attempt
 * it answers. Only the first touch of the current attempt matters of what was before: what is stored stays.
 */
export function countOn(
  counted: readonly CountedTouch[],
  following: readonly TouchMoment[],
  calendar: WorkingCalendar,
  attemptGapMinutes: number,
): number[] {
  const attempts = attemptsMade(counted);
  const first = firstOf(counted, attempts);
  const begun = first ? [first.at] : [];
  const times = following.filter(isOutreach).map((touch) => touch.at);
  const numbers = countAttempts([...begun, ...times], calendar, attemptGapMinutes).slice(begun.length);
  const before = first ? attempts - 1 : 0;
  let current = attempts;
  return following.map((touch) => {
    if (isOutreach(touch)) current = before + (numbers.shift() ?? 0);
    return current;
  });
}

/**
 * The touches that are left without the one that is undone, those after it counted anew. One that did not begin an
 * attempt decides about no other.
 */
export function countWithout<Touch extends CountedTouch>(
  touches: readonly Touch[],
  undone: Touch,
  calendar: WorkingCalendar,
  attemptGapMinutes: number,
): Touch[] {
  const place = touches.indexOf(undone);
  const earlier = touches.slice(0, place);
  const later = touches.slice(place + 1);
  if (!isOutreach(undone) || earlier.some((touch) => isOutreach(touch) && touch.attempt === undone.attempt)) {
    return [...earlier, ...later];
  }
  const numbers = countOn(earlier, later, calendar, attemptGapMinutes);
  return [
    ...earlier,
    ...later.map((touch, index) => ({ ...touch, attempt: numbers[index] ?? touch.attempt })),
  ];
}

/**
 * Derives everything due from the touches, so that undoing and correcting touches can never leave the lead in a
 * state that logging alone would not have reached. Rules: `product.md`, "attempt", "cadence" and "nudge".
 */
export function progressOf(input: ProgressInput): Progress {
  const { touches, calendar } = input;
  const outreach = touches.filter(isOutreach);
  const attempts = attemptsMade(touches);
  const last = touches.at(-1);
  const { nextStep } = input;
  const step = nextStep !== null && stepStands(nextStep, touches, calendar.zone) ? nextStep : null;
  const stepDueAt = step && stepDue(calendar, step);
  const repliedAt = stepDueAt === null && last && isAnswer(last) ? last.at : null;
  const nextAttemptAt =
    stepDueAt ??
    (repliedAt === null ? nextAttemptDue(input, attempts) : addSpan(calendar, repliedAt, input.replyWithin));
  // What was put off comes back, planned or not: a late first touch is nudged by the ladder, and may be snoozed.
  const isPlanned = input.nudgeAttempts.includes(attempts + 1) || input.snoozedUntil !== null;
  const wantsNudge = repliedAt !== null || stepDueAt !== null || isPlanned;
  // A reply is not snoozed: somebody waits.
  const snoozedUntil = repliedAt === null ? (input.snoozedUntil ?? 0) : 0;
  const askedAt = step ? stepAsked(calendar, step) : nextAttemptAt;
  return {
    attempts,
    firstTouchAt: outreach[0]?.at ?? null,
    lastTouchAt: last?.at ?? null,
    lastTouchKind: last?.kind ?? null,
    repliedAt,
    stepDueAt,
    nextAttemptAt,
    nudgeAt:
      wantsNudge && askedAt !== null ? nextWorkingMoment(calendar, Math.max(askedAt, snoozedUntil)) : null,
  };
}

function attemptsMade(touches: readonly CountedTouch[]): number {
  return touches.reduce((most, touch) => (isOutreach(touch) ? Math.max(most, touch.attempt) : most), 0);
}

/** The touch that began an attempt. */
function firstOf(touches: readonly CountedTouch[], attempt: number): CountedTouch | undefined {
  return touches.find((touch) => isOutreach(touch) && touch.attempt === attempt);
}

/**
 * The first attempt counts from the start, each later one from our last outreach: later steps shift, nothing bursts. A
 * touch when it is due is a new attempt.
 */
function nextAttemptDue(input: ProgressInput, attempts: number): number | null {
  const { touches, calendar, hours } = input;
  const step = input.cadence[attempts];
  if (!step) return null;
  const last = touches.findLast(isOutreach);
  const begun = firstOf(touches, attempts);
  const apart = begun && addWorkingMinutes(hours, begun.at, input.attemptGap);
  return dueAfter(calendar, last?.at ?? input.startedAt, step, apart);
}
