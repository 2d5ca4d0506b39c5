import { isWorkingTime, nextWorkingMoment } from '../calendar/working-time.ts';
import { DAY, MINUTE } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { instantOfWall, localDay } from '../calendar/zone.ts';
import type { LeadRow } from '../db/schema.ts';
import { isAnswer, isOutreach } from './kinds.ts';
import type { TouchMoment } from './progress.ts';

/** What comes next by agreement: for when, and when somebody said so. UTC milliseconds. */
export interface AgreedStep {
  at: number;
  setAt: number;
}

/**
 * Whether the step is still to be done. An outreach on its day or later does it, one before leaves it standing; another
 * answer of theirs makes it void.
 */
export function stepStands(step: AgreedStep, touches: readonly TouchMoment[], zone: string): boolean {
  return stepEndedBy(step, touches, zone) === undefined;
}

/** The touch with which the step was done or became void, of touches oldest first. */
export function stepEndedBy<Touch extends TouchMoment>(
  step: AgreedStep,
  touches: readonly Touch[],
  zone: string,
): Touch | undefined {
  const day = localDay(zone, step.at);
  return touches.find(
    (touch) =>
      touch.at > step.setAt && (isAnswer(touch) || (isOutreach(touch) && localDay(zone, touch.at) >= day)),
  );
}

/**
 * When to remind of it: at its time; where that lies after the day's work, in the last minute of it, or as work begins
 * again where that minute was over when it was agreed.
 */
export function stepDue(calendar: WorkingCalendar, { at, setAt }: AgreedStep): number {
  if (isWorkingTime(calendar, at)) return at;
  const dayStart = instantOfWall(calendar.zone, localDay(calendar.zone, at) * DAY);
  const last = lastWorkingMinute(calendar, dayStart, at);
  return last !== undefined && last > setAt ? last : nextWorkingMoment(calendar, at);
}

/** The last minute of work in [from, to); undefined when nobody works then. */
export function lastWorkingMinute(calendar: WorkingCalendar, from: number, to: number): number | undefined {
  for (let at = to - MINUTE; at >= from; at -= MINUTE) if (isWorkingTime(calendar, at)) return at;
  return undefined;
}

/** The step of a lead that has to be done, as its row says; null when there is none. */
export function stepOf(
  lead: Pick<LeadRow, 'next_step' | 'next_step_at' | 'step_due_at'>,
): { text: string; at: number; dueAt: number } | null {
  const { next_step: text, next_step_at: at, step_due_at: dueAt } = lead;
  return text === null || at === null || dueAt === null ? null : { text, at, dueAt };
}
