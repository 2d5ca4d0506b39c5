import { z } from 'zod';
import { endOfLocalDay } from '../calendar/zone.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { postDirect, updateSlot } from '../outbox/enqueue.ts';
import { forgetSlot, livingSlots, messageOfSlot, saveSlot } from '../outbox/store.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import type { Absence } from '../team/people/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

/** What became of an absent rep's open leads. */
export const outcomeData = z.object({
  by: z.string(),
  /** `none`: there was nothing left to hand on. */
  how: z.enum(['handed_on', 'left', 'back', 'none']),
  /** Who got how many. */
  given: z.array(z.object({ userId: z.string(), leads: z.number() })).default([]),
  /** How many are open to claim, and how many wait for somebody. */
  open: z.number().default(0),
  waiting: z.number().default(0),
  /** How many stay where they are, because nobody has room. */
  stayed: z.number().default(0),
  /** Which lead went to whom; null for nobody. */
  moved: z.array(z.object({ leadId: z.number(), to: z.string().nullable() })).default([]),
});
export type Outcome = z.infer<typeof outcomeData>;

/** Nothing was handed on. */
export const nothingMoved = { given: [], open: 0, waiting: 0, stayed: 0, moved: [] };

/** The question to a team's managers about the leads of somebody who is away, and its answer. */
export const noticeData = z.object({
  absenceId: z.number(),
  salesTeamId: z.number(),
  /** Which manager reads it. */
  reader: z.string().optional(),
  outcome: outcomeData.optional(),
});
export const noticeType = 'absence_notice';

function noticeMessage(data: z.infer<typeof noticeData>): OutgoingMessage {
  return { type: noticeType, data };
}

/** Where a manager is asked about the leads of this absence in one team. */
export function absenceSlot(absence: Absence, team: Team, managerId: string): string {
  return `absence:${absence.id}:${team.id}:${managerId}`;
}

export function isOverToday({ until_at: until }: Absence, { zone }: WorkingCalendar, now: number): boolean {
  return (until ?? Infinity) <= endOfLocalDay(zone, now) + 1;
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
  if (isOverToday(absence, calendar, work.now)) return [];
  const managers = team.managers.filter((id) => id !== absence.user_id);
  const slotsBefore = managers.flatMap((id) =>
    [absence, ...others].flatMap((each) => [
      absenceSlot(each, team, id),
      decidedSlot(absenceSlot(each, team, id)),
    ]),
  );
  const asked = await livingSlots(work.db, work.workspace.teamId, slotsBefore);
  if (asked.size > 0 && absence.why !== 'deactivated') return managers;
  for (const managerId of managers) {
    const slot = absenceSlot(absence, team, managerId);
    const message = noticeMessage({ absenceId: absence.id, salesTeamId: team.id, reader: managerId });
    await postDirect(work, message, managerId, slot, slot);
  }
  return managers;
}

/** Where a message stands that asks no more: what happens later changes it no more. */
function decidedSlot(slot: string): string {
  return `${slot}:decided`;
}

/** Lets the managers' messages of one team say what was decided; of those decided before nothing is changed. */
export async function settleNotices(
  work: Work,
  absence: Absence,
  team: Team,
  outcome: Outcome,
): Promise<void> {
  const { db } = work;
  const { teamId } = work.workspace;
  const readers = new Map(team.managers.map((reader) => [absenceSlot(absence, team, reader), reader]));
  for (const slot of await livingSlots(db, teamId, [...readers.keys()])) {
    const reader = readers.get(slot);
    const message = noticeMessage({ absenceId: absence.id, salesTeamId: team.id, reader, outcome });
    const posted = await messageOfSlot(db, teamId, slot);
    // Who has leads left may be asked about them once more.
    if (!posted || outcome.stayed > 0) {
      await updateSlot(work, message, slot);
      continue;
    }
    await saveSlot(db, teamId, decidedSlot(slot), posted);
    await forgetSlot(db, teamId, slot);
    await updateSlot(work, message, decidedSlot(slot));
  }
}
