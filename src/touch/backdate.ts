import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { isOutreach } from './kinds.ts';
import { type CountedTouch, countOn, type TouchMoment } from './progress.ts';

/**
 * The touches with one more at the place of its time, behind those of the same moment. One that begins an attempt has
 * those after it counted anew; one that joins an attempt, or is no outreach, changes no other.
 */
export function countWith<Touch extends CountedTouch>(
  touches: readonly Touch[],
  added: TouchMoment,
  calendar: WorkingCalendar,
  attemptGapMinutes: number,
): { attempt: number; others: Touch[] } {
  const earlier = touches.filter((touch) => touch.at <= added.at);
  const later = touches.filter((touch) => touch.at > added.at);
  const [attempt = 0] = countOn(earlier, [added], calendar, attemptGapMinutes);
  const joins = earlier.some((touch) => isOutreach(touch) && touch.attempt === attempt);
  if (!isOutreach(added) || joins) return { attempt, others: [...touches] };
  const numbers = countOn([...earlier, { ...added, attempt }], later, calendar, attemptGapMinutes);
  return {
    attempt,
    others: [
      ...earlier,
      ...later.map((touch, index) => ({ ...touch, attempt: numbers[index] ?? touch.attempt })),
    ],
  };
}
