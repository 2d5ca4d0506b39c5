import fc from 'fast-check';
import { expect } from 'vitest';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.ts';
import type { TouchKind } from '../../src/db/schema.ts';
import type { AgreedStep } from '../../src/touch/agreed-step.ts';
import type { CountedTouch, ProgressInput } from '../../src/touch/progress.ts';
import { readWallClock } from '../calendar/reference.ts';
import { DAY, MINUTE } from '../calendar/situations.ts';
import type { SlowClock } from '../calendar/slow-clock.ts';

/*
 * Where a lead stands again, slow and obvious, by looking at each minute. Shares nothing with the product's way but the
 * words. Undefined is behind the weeks that the slow clock sees.
 */

function isOutreach({ kind }: { kind: TouchKind }): boolean {
  return kind !== 'replied';
}

function isAnswer({ kind }: { kind: TouchKind }): boolean {
  return kind === 'replied' || kind === 'spoke' || kind === 'met';
}

/** The attempts of touches. */
export function slowCount(
  clock: SlowClock,
  hours: WorkingCalendar,
  touches: readonly { kind: TouchKind; at: number }[],
  gap: number,
): CountedTouch[] {
  let attempt = 0;
  let begun = 0;
  return touches.map((touch) => {
    if (isOutreach(touch) && (attempt === 0 || clock.minutesBetween(hours, begun, touch.at) >= gap)) {
      attempt += 1;
      begun = touch.at;
    }
    return { ...touch, attempt };
  });
}

/** When an agreed step is asked for: at its time, in the day's last minute of work before it, or when work goes on. */
export function slowStepAsked(
  clock: SlowClock,
  cal: WorkingCalendar,
  step: Pick<AgreedStep, 'at' | 'setAt'>,
): number | undefined {
  const { date } = readWallClock(cal.zone, step.at);
  let last: number | undefined;
  let isWorked = false;
  clock.first(step.at - 2 * DAY, (moment) => {
    if (moment.at === step.at) isWorked = clock.works(cal, moment);
    if (moment.at < step.at && moment.date === date && clock.works(cal, moment)) last = moment.at;
    return moment.at >= step.at;
  });
  if (isWorked) return step.at;
  if (last !== undefined && last > step.setAt) return last;
  return clock.first(step.at, (moment) => clock.works(cal, moment))?.at;
}

/** When an agreed step is due: as it is asked for; one without a time of day when the work of that day is over. */
export function slowStepDue(clock: SlowClock, cal: WorkingCalendar, step: AgreedStep): number | undefined {
  const asked = slowStepAsked(clock, cal, step);
  if (asked === undefined || !step.isAllDay) return asked;
  // Its day has to be seen to the end.
  fc.pre(asked + 2 * DAY < clock.end);
  const { date } = readWallClock(cal.zone, asked);
  let last = asked;
  clock.first(asked, (moment) => {
    if (moment.date === date && clock.works(cal, moment)) last = moment.at;
    return moment.date > date;
  });
  return last + MINUTE;
}

/** Whether nobody has done the step yet, and no answer has made it void. */
export function slowStepStands(
  zone: string,
  step: Pick<AgreedStep, 'at' | 'setAt'>,
  touches: readonly CountedTouch[],
): boolean {
  const dateOf = (at: number): string => readWallClock(zone, at).date;
  const after = touches.filter((touch) => touch.at > step.setAt);
  return !after.some((touch) => isAnswer(touch) || dateOf(touch.at) >= dateOf(step.at));
}

export interface SlowStanding {
  attempts: number;
  /** Null when nothing is due. */
  due: number | null | undefined;
  /** From when on its rep is asked for it. */
  asked: number | null | undefined;
  nudge: number | null | undefined;
  /** Whether it is an answer that waits, which nobody can put off. */
  waits: boolean;
  /** For when the step is agreed that is due; null where it is none. */
  step: number | null;
}

export function slowStanding(clock: SlowClock, input: ProgressInput): SlowStanding {
  const { touches, hours, calendar: cal, attemptGap, snoozedUntil, nextStep } = input;
  const outreach = touches.filter(isOutreach);
  const attempts = outreach.at(-1)?.attempt ?? 0;
  const last = touches.at(-1);
  const step = nextStep && slowStepStands(cal.zone, nextStep, touches) ? nextStep : null;
  const answered = !step && last && isAnswer(last) ? last : undefined;
  const planned = input.cadence[attempts];
  const begun = outreach.find((touch) => touch.attempt === attempts);
  const apart = begun && clock.addMinutes(hours, begun.at, attemptGap);
  const attemptDue = (): number | null | undefined =>
    planned
      ? clock.due(
          cal,
          outreach.at(-1)?.at ?? input.startedAt,
          planned,
          begun ? (apart ?? clock.end) : input.startedAt,
        )
      : null;
  const due = step
    ? slowStepDue(clock, cal, step)
    : answered
      ? clock.due(cal, answered.at, { after: input.replyWithin })
      : attemptDue();
  const asked = step ? slowStepAsked(clock, cal, step) : due;
  const standing = { attempts, due, asked, waits: answered !== undefined, step: step?.at ?? null };
  const isNudged =
    standing.waits || step !== null || snoozedUntil !== null || input.nudgeAttempts.includes(attempts + 1);
  if (asked === null || !isNudged) return { ...standing, nudge: null };
  if (asked === undefined) return { ...standing, nudge: undefined };
  const wanted = Math.max(asked, standing.waits ? 0 : (snoozedUntil ?? 0));
  return { ...standing, nudge: clock.first(wanted, (moment) => clock.works(cal, moment))?.at };
}

/** The first minute from then on in which it is late: due, and not put off beyond that minute. */
export function slowLateFrom(
  clock: SlowClock,
  { due, waits }: SlowStanding,
  snoozedUntil: number | null,
  from: number,
): number | undefined {
  return firstNotPutOff(clock, due, waits ? null : snoozedUntil, from);
}

/** Until when it is put off: the first minute in which it is asked for, where it would be asked for before. */
export function slowPutOff(
  clock: SlowClock,
  { asked, waits }: SlowStanding,
  snoozedUntil: number | null,
  now: number,
): number | null {
  const end = firstNotPutOff(clock, asked, waits ? null : snoozedUntil, now);
  return end === undefined || end === firstNotPutOff(clock, asked, null, now) ? null : end;
}

function firstNotPutOff(
  clock: SlowClock,
  moment: number | null | undefined,
  snoozedUntil: number | null,
  from: number,
): number | undefined {
  if (moment === null || moment === undefined) return undefined;
  return clock.first(from, ({ at }) => at >= moment && (snoozedUntil === null || at >= snoozedUntil))?.at;
}

/** The product names the same moment, or one behind the weeks that the slow clock sees. */
export function expectSame(fast: number | null, slow: number | null | undefined, clock: SlowClock): void {
  if (slow === undefined) expect(fast).toBeGreaterThanOrEqual(clock.end);
  else expect(fast).toBe(slow);
}

export function minutes(from: number, count: number): number {
  return from + count * MINUTE;
}
