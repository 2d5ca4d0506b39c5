import { isWorkingTime, nextWorkingMoment } from '../calendar/working-time.ts';
import { DAY, MINUTE } from '../calendar/civil.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { instantOfWall, localDay } from '../calendar/zone.ts';
import type { LeadRow } from '../db/schema.ts';
import { when, whenDay } from '../slack/kit.ts';
import { isAnswer, isOutreach } from './kinds.ts';
import type { TouchMoment } from './progress.ts';

/** What comes next by agreement: for when, and when somebody said so. UTC milliseconds. */
export interface AgreedStep {
  at: number;
  setAt: number;
  /** No time was agreed: `at` is when to remind of it, and it is not late before the end of that day's work. */
  isAllDay: boolean;
}

/** As the lead's row says it, done or not; null where nothing was agreed. */
export function agreedStep(
  lead: Pick<LeadRow, 'next_step_at' | 'next_step_set_at' | 'next_step_all_day'>,
): AgreedStep | null {
  const { next_step_at: at, next_step_set_at: setAt, next_step_all_day: isAllDay } = lead;
  return at === null ? null : { at, setAt: setAt ?? 0, isAllDay: isAllDay === 1 };
}

type Agreed = Pick<AgreedStep, 'at' | 'setAt'>;

/**
 * Whether the step is still to be done. An outreach on its day or later does it, one before leaves it standing; another
 * answer of theirs makes it void.
 */
export function stepStands(step: Agreed, touches: readonly TouchMoment[], zone: string): boolean {
  return stepEndedBy(step, touches, zone) === undefined;
}

/** The touch with which the step was done or became void, of touches oldest first. */
export function stepEndedBy<Touch extends TouchMoment>(
  step: Agreed,
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
export function stepAsked(calendar: WorkingCalendar, { at, setAt }: Agreed): number {
  if (isWorkingTime(calendar, at)) return at;
  const dayStart = instantOfWall(calendar.zone, localDay(calendar.zone, at) * DAY);
  const last = lastWorkingMinute(calendar, dayStart, at);
  return last !== undefined && last > setAt ? last : nextWorkingMoment(calendar, at);
}

/** When it is due: as it is asked for; one without a time when that day's work ends. */
export function stepDue(calendar: WorkingCalendar, step: AgreedStep): number {
  const asked = stepAsked(calendar, step);
  if (!step.isAllDay) return asked;
  const dayEnd = instantOfWall(calendar.zone, (localDay(calendar.zone, asked) + 1) * DAY);
  return (lastWorkingMinute(calendar, asked, dayEnd) ?? asked) + MINUTE;
}

/** The last minute of work in [from, to); undefined when nobody works then. */
export function lastWorkingMinute(calendar: WorkingCalendar, from: number, to: number): number | undefined {
  for (let at = to - MINUTE; at >= from; at -= MINUTE) if (isWorkingTime(calendar, at)) return at;
  return undefined;
}

/** The step of a lead that has to be done, as its row says; null when there is none. */
export function stepOf(
  lead: Pick<LeadRow, 'next_step' | 'next_step_at' | 'step_due_at' | 'next_step_all_day'>,
): { text: string; at: number; dueAt: number; isAllDay: boolean } | null {
  const { next_step: text, next_step_at: at, step_due_at: dueAt, next_step_all_day: allDay } = lead;
  return text === null || at === null || dueAt === null ? null : { text, at, dueAt, isAllDay: allDay === 1 };
}

/** For when it was agreed, for mrkdwn. */
export function stepWhen({ at, isAllDay }: Pick<AgreedStep, 'at' | 'isAllDay'>): string {
  return isAllDay ? whenDay(at) : when(at);
}
