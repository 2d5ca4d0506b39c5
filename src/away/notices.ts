import { z } from 'zod';
import { endOfLocalDay } from '../calendar/zone.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { postDirect, updateSlot } from '../outbox/enqueue.ts';
import { livingSlots } from '../outbox/store.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import type { Absence } from '../team/people/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

/** What became of an absent rep's open leads. */
export const outcomeData = z.object({
  by: z.string(),
  how: z.enum(['handed_on', 'left', 'back']),
  /** Who got how many. */
  given: z.array(z.object({ userId: z.string(), leads: z.number() })).default([]),
  /** How many are open to claim, and how many wait for somebody. */
  open: z.number().default(0),
  waiting: z.number().default(0),
});
export type Outcome = z.infer<typeof outcomeData>;

/** The question to a team's managers about the leads of somebody who is away, and its answer. */
export const noticeData = z.object({
  absenceId: z.number(),
  salesTeamId: z.number(),
  outcome: outcomeData.optional(),
});
export const noticeType = 'absence_notice';

function noticeMessage(data: z.infer<typeof noticeData>): OutgoingMessage {
  return { type: noticeType, data };
}

function slotOf(absence: Absence, team: Team, managerId: string): string {
  return `absence:${absence.id}:${team.id}:${managerId}`;
}

/**
 * Asks the managers once whether to hand the leads on. Not for what is over today: nobody has to decide that.
 * @param others the person's other absences: whoever was asked about one of them is not asked again
 * @returns who was asked
 */
export async function askManagers(
  work: Work,
  absence: Absence,
  team: Team,
  { calendar, others }: { calendar: WorkingCalendar; others: readonly Absence[] },
): Promise<string[]> {
  const isOverToday = (absence.until_at ?? Infinity) <= endOfLocalDay(calendar.zone, work.now) + 1;
  if (isOverToday) return [];
  const managers = team.managers.filter((id) => id !== absence.user_id);
  const slotsBefore = managers.flatMap((id) => [absence, ...others].map((each) => slotOf(each, team, id)));
  const asked = await livingSlots(work.db, work.workspace.teamId, slotsBefore);
  if (asked.size > 0 && absence.why !== 'deactivated') return managers;
  for (const managerId of managers) {
    const slot = slotOf(absence, team, managerId);
    const message = noticeMessage({ absenceId: absence.id, salesTeamId: team.id });
    await postDirect(work, message, managerId, slot, slot);
  }
  return managers;
}

/** Lets the managers' messages of one team say what was decided. */
export async function settleNotices(
  work: Work,
  absence: Absence,
  team: Team,
  outcome: Outcome,
): Promise<void> {
  const slots = team.managers.map((managerId) => slotOf(absence, team, managerId));
  const message = noticeMessage({ absenceId: absence.id, salesTeamId: team.id, outcome });
  for (const slot of await livingSlots(work.db, work.workspace.teamId, slots)) {
    await updateSlot(work, message, slot);
  }
}
