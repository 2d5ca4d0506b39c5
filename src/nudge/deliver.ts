import { addWorkingMinutes } from '../calendar/working-time.ts';
import type { LeadRow, NudgeRow } from '../db/schema.ts';
import { cardSlot } from '../lead/card-slot.ts';
import { updateLead } from '../lead/store.ts';
import { post, postDirect, updateSlot } from '../outbox/enqueue.ts';
import { livingSlots } from '../outbox/store.ts';
import {
  bundleType,
  dueKey,
  nudgeFor,
  nudgeKey,
  outcomeOf,
  refreshNudges,
  retireNudge,
} from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';
import { nudgeMessage } from './messages.ts';
import type { DueNudge } from './plan.ts';
import type { Asked } from './recipients.ts';
import * as store from './store.ts';

/** Direct messages to one person within this time are one message. */
const together = 60_000;

/** `againAt`: when to look whether anything has happened. */
type Delivery = DueNudge & { to: Asked; againAt: number | null };

/** What these leads were asked for before, and where. */
export class Told {
  readonly #rows: readonly NudgeRow[];
  readonly #living: ReadonlySet<string>;

  private constructor(rows: readonly NudgeRow[], living: ReadonlySet<string>) {
    this.#rows = rows;
    this.#living = living;
  }

  static async of(work: Work, leads: readonly LeadRow[]): Promise<Told> {
    const keys = new Set(leads.map((lead) => nudgeKey(nudgeFor(lead))));
    const leadIds = leads.map(({ id }) => id);
    const rows = (await store.nudgesOf(work, leadIds)).filter(({ about }) => keys.has(about));
    const slots = [...new Set(rows.map(({ slot }) => slot))];
    const living = slots.length === 0 ? [] : await livingSlots(work.db, work.workspace.teamId, slots);
    return new Told(rows, new Set(living));
  }

  /** The messages that ask for what is due now: in the thread, where everybody reads it, or to this person. */
  about(lead: LeadRow, userId: string): NudgeRow[] {
    const [about, due] = [nudgeKey(nudgeFor(lead)), dueKey(lead)];
    return this.#rows.filter(
      (row) =>
        row.about === about &&
        row.due === due &&
        (row.slot === about || row.user_id === userId) &&
        this.#living.has(row.slot),
    );
  }
}

/** Asks for one lead in its thread. */
export async function intoThread(work: Work, asked: Delivery): Promise<void> {
  const { lead, to, againAt } = asked;
  const nudge = nudgeFor(lead);
  const slot = nudgeKey(nudge);
  if (lead.snoozed_until !== null) await retireNudge(work, nudge, lead.snoozed_until);
  await post(work, nudgeMessage.of(nudge), {
    channelId: lead.channel_id,
    threadSlot: cardSlot(lead.id),
    slot,
    dedupeKey: `${slot}:${dueKey(lead)}`,
  });
  await store.recordNudge(work, lead, { slot, userId: to.userId, isDue: true, againAt });
  await settleDue(work, asked);
}

/** Asks one person for several, or for one once more. */
export async function asDirectMessage(
  work: Work,
  userId: string,
  nudges: readonly Delivery[],
): Promise<void> {
  const slot = `bundle:${userId}:${Math.floor(work.now / together)}`;
  for (const { lead, againAt } of nudges)
    await store.recordNudge(work, lead, { slot, userId, isDue: true, againAt });
  await postDirect(work, { type: bundleType, data: { slot } }, userId, slot, slot);
  // Where the first half of it is out already.
  await updateSlot(work, outcomeOf({ about: '', slot }), slot);
  for (const nudge of nudges) await settleDue(work, nudge);
}

/** What was due next is late from now on, and was said. */
async function settleDue(work: Work, { lead, isRepeat }: DueNudge): Promise<void> {
  // Lists that say until when it is put off have it back.
  if (lead.snoozed_until !== null) await refreshNudges(work, lead);
  await updateLead(work.db, lead.id, {
    nudge_at: null,
    ...(isRepeat ? { ignored_at: work.now } : { redraw_at: work.now }),
  });
}

/**
 * When to look whether anything has happened: after so much of their own working time. A step without a time of day is
 * asked for in the morning, and has until the evening.
 */
export function againFrom(work: Work, lead: LeadRow, to: Asked): Promise<number> {
  return laterThan(Math.max(work.now, lead.next_attempt_at ?? 0), work, lead, to);
}

/** So much of their own working time after another moment. */
export async function laterThan(from: number, work: Work, lead: LeadRow, to: Asked): Promise<number> {
  const { nudgeAgain } = await work.playbooks.version(work.db, lead.playbook_version);
  return addWorkingMinutes(to.calendar, from, nudgeAgain);
}
