import type { LeadRow, Resolution } from '../../../src/db/schema.ts';
import { addWorkingDays } from '../../../src/calendar/working-time.ts';
import { snoozable, snoozeEnd, type SnoozeSpan, snoozeUntil } from '../../../src/nudge/snooze.ts';
import { answersFor } from '../../../src/playbook/answers.ts';
import { setNextStep, steppableLead } from '../../../src/reply/next-step.ts';
import { needsReason } from '../../../src/resolution/kinds.ts';
import { returnDate, returnMoment } from '../../../src/resolution/return-date.ts';
import { closableLead, type Ending, resolveLead } from '../../../src/resolution/resolution.ts';
import { hoursOf } from '../../../src/team/calendars.ts';
import { nudgeFor } from '../../../src/touch/nudge-slot.ts';
import type { Work } from '../../../src/work.ts';

/** Closes a lead as the form does, with an answer to the prospect that fits. */
export async function finishLead(
  work: Work,
  lead: LeadRow,
  by: string,
  resolution: Resolution,
  luck: number,
): Promise<Ending> {
  const closable = await closableLead(work, lead.id, by);
  const { playbook, team } = closable;
  const reasons = playbook.reasons.filter(({ kind }) => kind === 'factual' || closable.standing.contacted);
  const answer = resolution === 'qualified' ? undefined : answersFor(playbook, resolution)[0];
  const hours = hoursOf(team, lead.owner_id);
  return resolveLead(work, closable, by, {
    resolution,
    ...(needsReason(resolution) && { reason: reasons[Math.floor(luck * reasons.length)] }),
    ...(answer && { answer, told: luck < 0.8 ? 'sent' : 'no' }),
    ...(resolution === 'nurture' && {
      returnAt: returnMoment(hours, returnDate(hours, work.now, 3 + Math.floor(luck * 40))),
    }),
    note: null,
  });
}

export async function putOff(work: Work, lead: LeadRow, by: string, span: SnoozeSpan): Promise<void> {
  const found = await snoozable(work, nudgeFor(lead), by);
  await snoozeUntil(work, found, by, snoozeEnd(found.calendar, work.now, span));
}

export async function planNextStep(work: Work, lead: LeadRow, by: string, inDays: number): Promise<void> {
  const found = await steppableLead(work, lead.id, by);
  const at = addWorkingDays(found.calendar, work.now, inDays, 'start');
  await setNextStep(work, found, by, { text: 'Send the offer', at, isAllDay: false, said: 'interested' });
}
