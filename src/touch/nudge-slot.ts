import { z } from 'zod';
import { DAY } from '../calendar/civil.ts';
import type { LeadRow, NudgeRow } from '../db/schema.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { messageOfSlot, saveSlot } from '../outbox/store.ts';
import type { Work } from '../work.ts';
import { stepOf } from './agreed-step.ts';

/**
 * Which nudge: of an attempt of one cadence of one lead, of a reply that came after that many attempts, or of the next
 * step that was agreed on.
 */
export const nudgeData = z.object({
  leadId: z.number(),
  attempt: z.number(),
  epoch: z.number(),
  /** When the prospect replied, for a nudge about the reply. */
  repliedAt: z.number().optional(),
  /** For when the next step was agreed, for a nudge about it. */
  stepAt: z.number().optional(),
  /** This message was snoozed, and the nudge is back in a new one. */
  cameBack: z.boolean().optional(),
});
export type NudgeData = z.infer<typeof nudgeData>;
export const nudgeOutcomeType = 'nudge_outcome';
/** Lists of leads bring themselves up to date from the rows of `nudge`. */
export const nudgeListData = z.object({ slot: z.string() });
export const bundleType = 'nudge_bundle';
export const bundleOutcomeType = 'bundle_outcome';
export const briefOutcomeType = 'brief_outcome';

/** What the lead is nudged about as it stands: an agreed next step, a reply that waits, else the next attempt. */
export function nudgeFor(lead: LeadRow): NudgeData {
  const data = { leadId: lead.id, epoch: lead.cadence_epoch };
  const step = stepOf(lead);
  if (step) return { ...data, attempt: lead.attempts, stepAt: step.at };
  return lead.replied_at === null
    ? { ...data, attempt: lead.attempts + 1 }
    : { ...data, attempt: lead.attempts, repliedAt: lead.replied_at };
}

/** The name of a nudge, and the place of its message in the lead's thread: the newest one is kept up to date there. */
export function nudgeKey({ leadId, epoch, attempt, repliedAt, stepAt }: NudgeData): string {
  const what =
    stepAt !== undefined
      ? `step:${stepAt}`
      : repliedAt === undefined
        ? String(attempt)
        : `reply:${repliedAt}`;
  return `nudge:${leadId}:${epoch}:${what}`;
}

const keyShape = /^nudge:(\d+):(\d+):(?:(reply|step):)?(\d+)$/;

/** The nudge with this name; undefined where it is none of ours. A reply and a next step know no attempt. */
export function nudgeOfKey(key: string): NudgeData | undefined {
  const [match, leadId, epoch, kind, number] = keyShape.exec(key) ?? [];
  if (match === undefined) return undefined;
  const data = { leadId: Number(leadId), epoch: Number(epoch), attempt: 0 };
  if (kind === 'reply') return { ...data, repliedAt: Number(number) };
  return kind === 'step' ? { ...data, stepAt: Number(number) } : { ...data, attempt: Number(number) };
}

/**
 * For which due moment a nudge is sent: once for each, however often the tick looks. A touch that moves it, a snooze,
 * or a new owner's ladder, lets the nudge come again.
 */
export function dueKey(lead: LeadRow): string {
  const ladder = lead.state === 'owned' ? (lead.ladder_from ?? 0) : 0;
  return `${lead.next_attempt_at ?? 0}:${lead.snoozed_until ?? 0}:${ladder}`;
}

/** So long a list says in its rows what became of the leads, whatever comes next for them by then. */
const listsLiveMs = DAY;

/**
 * Brings every message up to date in which the lead stands as it was or as it is now: settled, or (after an undo) open
 * again; and today's lists. One that was never posted needs nothing; one that may be arriving right now follows as soon
 * as it has.
 */
export async function refreshNudges(work: Work, ...leads: readonly [LeadRow, ...LeadRow[]]): Promise<void> {
  const keys = new Set(leads.map((lead) => nudgeKey(nudgeFor(lead))));
  const rows = await work.db
    .selectFrom('nudge')
    .select(['about', 'slot', 'at'])
    .where('lead_id', '=', leads[0].id)
    .execute();
  for (const row of rows) {
    const isLive = listOutcomeOf(row.slot) !== undefined && work.now - row.at < listsLiveMs;
    if (isLive || keys.has(row.about)) await updateSlot(work, outcomeOf(row), row.slot);
  }
}

/** What a message turns into that asked for a touch: by the kind of place it stands in. */
export function outcomeOf({ about, slot }: Pick<NudgeRow, 'about' | 'slot'>): OutgoingMessage {
  const type = listOutcomeOf(slot);
  return type === undefined
    ? { type: nudgeOutcomeType, data: nudgeOfKey(about) }
    : { type, data: { slot } satisfies z.infer<typeof nudgeListData> };
}

/** Undefined for a message about one lead in its thread. */
function listOutcomeOf(slot: string): string | undefined {
  if (slot.startsWith('bundle:')) return bundleOutcomeType;
  return slot.startsWith('brief:') ? briefOutcomeType : undefined;
}

/** A nudge that comes back takes the slot: the message that was snoozed gets one of its own, and says so, once. */
export async function retireNudge(work: Work, data: NudgeData, snoozedUntil: number): Promise<void> {
  const { teamId } = work.workspace;
  const retired = `${nudgeKey(data)}:${snoozedUntil}`;
  const message = await messageOfSlot(work.db, teamId, nudgeKey(data));
  if (!message || (await messageOfSlot(work.db, teamId, retired))) return;
  await saveSlot(work.db, teamId, retired, message);
  await updateSlot(work, { type: nudgeOutcomeType, data: { ...data, cameBack: true } }, retired);
}
