import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { nextWorkingMoment } from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';
import { type LadderStep, type StepAhead, stepsAhead } from '../lead/ladder.ts';
import type { Playbook } from '../playbook/schema.ts';

/** What to do about a lead whose ladder is due. */
export type LadderPlan =
  | { do: 'wait'; until: number | null }
  /** One step. `behind`: how many count as done from now on, those that were missed included. */
  | { do: 'climb'; step: LadderStep; behind: number; otherwise: StepAhead | undefined };

/**
 * One step at a time, in working time only. After downtime over several steps the latest that is due happens and the
 * ones before it are passed over in silence: nobody needs a reminder of what the manager is told already. Giving a lead
 * nobody has to a rep is never passed over: it is what mends the trouble. Only if no rep could take it, the later step
 * (`otherwise`) happens too.
 * @param ownerIsAway then nothing is gained by nudging: the last step happens at once, somebody else should have the lead
 */
export function planLadder(
  lead: LeadRow,
  playbook: Playbook,
  calendar: WorkingCalendar,
  now: number,
  ownerIsAway: boolean,
): LadderPlan {
  const ahead = stepsAhead(lead, playbook, calendar);
  const working = nextWorkingMoment(calendar, now);
  if (working > now) return { do: 'wait', until: ahead.length === 0 ? null : working };
  const due = ahead.filter(({ at }) => at <= now);
  const latest = due.at(-1);
  if (!latest) return { do: 'wait', until: ahead[0]?.at ?? null };
  const straight = ownerIsAway ? ahead.findLast(({ step }) => step !== 'nudge') : undefined;
  const assign = due.find(({ step }) => step === 'assign');
  const { step, behind } = straight ?? assign ?? latest;
  return {
    do: 'climb',
    step,
    behind,
    otherwise: step === 'assign' && latest !== assign ? latest : undefined,
  };
}
