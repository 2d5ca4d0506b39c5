import type { WorkingCalendar } from './working-calendar.ts';
import { workingMinutesBetween } from './working-time.ts';

/**
 * The attempt, from 1, that each touch (UTC milliseconds, ascending) belongs to. A touch begins a new attempt once
 * `gapMinutes` of working time have passed since the *first* touch of the current attempt. Measured from the touch
 * before, a slow drip of clicks would stay one attempt for ever.
 */
export function countAttempts(
  touchTimes: readonly number[],
  cal: WorkingCalendar,
  gapMinutes: number,
): number[] {
  let attempt = 0;
  let attemptStart = 0;
  return touchTimes.map((touch) => {
    if (attempt === 0 || workingMinutesBetween(cal, attemptStart, touch) >= gapMinutes) {
      attempt += 1;
      attemptStart = touch;
    }
    return attempt;
  });
}
