import type { Logger } from 'pino';
import { calendarOf } from '../away/away.ts';
import { DAY } from '../calendar/civil.ts';
import { nextWorkingMoment } from '../calendar/working-time.ts';
import { oneOfMany, retryMs } from '../db/savepoint.ts';
import type { LeadRow } from '../db/schema.ts';
import { updateLead } from '../lead/store.ts';
import { againFrom, laterThan } from '../nudge/deliver.ts';
import { type Asked, askedOf } from '../nudge/recipients.ts';
import { recordNudge } from '../nudge/store.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { livingSlots } from '../outbox/store.ts';
import { preferencesOf } from '../preference/store.ts';
import { queueFor } from '../queue/my-queue.ts';
import type { QueueItem } from '../queue/queue.ts';
import { presentAbsence } from '../team/absence.ts';
import { openAbsences } from '../team/people/store.ts';
import { teamById } from '../team/store.ts';
import { type Found, found, type Work } from '../work.ts';
import { withButtons } from './blocks.ts';
import { briefMessage, briefSlot } from './messages.ts';
import { nextBrief, planBrief } from './plan.ts';
import * as store from './store.ts';
import { forToday } from './today.ts';

const batch = 50;
/** A brief holds a whole queue: a click waits for one person's at most. */
const atOnce = 1;
/** Who has no working day in sight is looked at again after this time: their hours may have changed. */
const lookAgain = 7 * DAY;

/** Sends the next brief that is due, in one transaction of the caller's. */
export async function tickBriefs(work: Work, log: Logger): Promise<Found> {
  const fresh = await store.repsWithoutPlan(work, batch);
  const due = fresh.length === 0 ? await store.peopleWithBriefDue(work, atOnce) : [];
  for (const userId of [...fresh, ...due])
    await oneOfMany(
      work.db,
      () => (fresh.includes(userId) ? plan(work, userId) : brief(work, userId)),
      async (error) => {
        log.error({ err: error, user: userId }, 'a morning brief failed; it is tried again in an hour');
        await store.saveNextBrief(work, userId, work.now + retryMs);
      },
    );
  return fresh.length > 0 ? 'more' : found(due, atOnce);
}

async function plan(work: Work, userId: string): Promise<void> {
  const calendar = await calendarOf(work, userId);
  const next = calendar && nextBrief(calendar, await preferencesOf(work, userId), work.now);
  await store.saveNextBrief(work, userId, next ?? work.now + lookAgain);
}

async function brief(work: Work, userId: string): Promise<void> {
  const calendar = await calendarOf(work, userId);
  // Whoever has left every roster is planned anew when they come back.
  if (!calendar) return store.saveNextBrief(work, userId, null);
  const isAway = presentAbsence(await openAbsences(work, [userId]), work.now) !== undefined;
  const { send, next } = planBrief(calendar, await preferencesOf(work, userId), isAway, work.now);
  await store.saveNextBrief(work, userId, next ?? work.now + lookAgain);
  if (send === null) return;
  const slot = briefSlot(userId, send);
  if ((await livingSlots(work.db, work.workspace.teamId, [slot])).size > 0) return;
  const items = forToday(await queueFor(work, userId));
  if (items.length === 0) return;
  for (const item of items.slice(0, withButtons)) await nameIn(work, slot, userId, item);
  for (const item of items.slice(withButtons)) await putBehind(work, item);
  await postDirect(work, briefMessage.of({ slot }), userId, slot, slot);
}

/** The lead stands in the brief from now on. A nudge that is due is thereby given: no other message asks for it. */
async function nameIn(work: Work, slot: string, userId: string, { lead }: QueueItem): Promise<void> {
  const asked = await askedNow(work, lead);
  if (!asked) {
    await recordNudge(work, lead, { slot, userId, isDue: false, againAt: null });
    return;
  }
  const againAt = await againFrom(work, lead, asked);
  await recordNudge(work, lead, { slot, userId, isDue: true, againAt });
  await updateLead(work.db, lead.id, { nudge_at: null, redraw_at: work.now });
}

/** The brief only counts it, so it is still to be asked for: after those that it names have had their time. */
async function putBehind(work: Work, { lead }: QueueItem): Promise<void> {
  const asked = await askedNow(work, lead);
  if (asked) await updateLead(work.db, lead.id, { nudge_at: await laterThan(work.now, work, lead, asked) });
}

/** Who would be nudged about the lead now; undefined where no nudge is due. */
async function askedNow(work: Work, lead: LeadRow): Promise<Asked | undefined> {
  if (lead.owner_id === null || lead.nudge_at === null) return undefined;
  const asked = askedOf(await teamById(work, lead.sales_team_id), lead.owner_id, work.now);
  // A brief before the day's work tells of what falls due with its first minute.
  return lead.nudge_at <= nextWorkingMoment(asked.calendar, work.now) ? asked : undefined;
}
