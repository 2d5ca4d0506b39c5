import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import {
  addWorkingDays,
  addWorkingMinutes,
  nextWorkingMoment,
  workingMinutesBetween,
} from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';
import { type LadderStep, stepsAhead } from '../lead/ladder.ts';
import type { Playbook } from '../playbook/schema.ts';

/** What to do about a lead whose ladder is due. */
export type LadderPlan =
  | { do: 'wait'; until: number | null }
  /** One step. `behind`: how many are done from now on; `from`: since when the ladder counts, for the steps after it. */
  | { do: 'climb'; step: LadderStep; behind: number; from: number };

/** Why an owner can't be expected to touch their lead now. */
export interface OwnersAbsence {
  /** When they are back; Infinity for nobody knows. */
  until: number;
  /** An absence, or the end of their place in the roster; a day off is neither. */
  isAway: boolean;
}

/** A tick that is late by more than this was no tick: the app was down. */
const downtimeMinutes = 10;

/**
 * One step at a time, in order, in working time only. After downtime the first step that was missed happens, and the
 * others come at their distance from there: nobody loses a lead without having heard of it, and nothing comes at once.
 *
 * An owner who is away is not nudged. Who is back before the lead would be taken from them keeps it, and the ladder
 * waits for them; from who is away for longer the last step takes it as soon as the first is due.
 */
export function planLadder(
  lead: LeadRow,
  playbook: Playbook,
  calendar: WorkingCalendar,
  now: number,
  absence?: OwnersAbsence,
): LadderPlan {
  const ahead = stepsAhead(lead, playbook, calendar);
  const [next] = ahead;
  if (!next) return { do: 'wait', until: null };
  const working = nextWorkingMoment(calendar, now);
  if (working > now) return { do: 'wait', until: working };
  if (next.at > now) return { do: 'wait', until: next.at };
  const from = lead.ladder_from ?? now;
  if (absence) {
    const last = ahead.findLast(({ step }) => step !== 'nudge');
    const isLong = absence.isAway && absence.until > (last?.at ?? Infinity);
    if (last && isLong) return { do: 'climb', step: last.step, behind: last.behind, from };
    // Looked at again every day: absences end early, and some have no end.
    const tomorrow = addWorkingDays(calendar, now, 1, 'start');
    return { do: 'wait', until: nextWorkingMoment(calendar, Math.min(absence.until, tomorrow)) };
  }
  const late = workingMinutesBetween(calendar, next.at, now);
  const moved =
    late > downtimeMinutes ? nextWorkingMoment(calendar, addWorkingMinutes(calendar, from, late)) : from;
  return { do: 'climb', step: next.step, behind: next.behind, from: moved };
}
