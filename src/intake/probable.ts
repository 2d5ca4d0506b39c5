import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { threadOf } from '../lead/card-slot.ts';
import { leadName } from '../lead/lead.ts';
import { isBlind } from '../lead/permission.ts';
import { post, postDirect, updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { line } from '../slack/kit.ts';
import { addSpan } from '../calendar/span.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import type { Admitted, Arrival } from './admit.ts';
import { identityOf } from './identity.ts';
import { insertProbable, type Question, saveProbableArrivals } from './store.ts';

/** The data of the question whether two are one; `duplicates/` renders it. */
export const duplicateData = z.object({ duplicateId: z.number() });
export const duplicateType = 'probable_duplicate';

export function duplicateSlot(duplicateId: number): string {
  return `duplicate:${duplicateId}`;
}

export function duplicateMessage(duplicateId: number): OutgoingMessage {
  return { type: duplicateType, data: { duplicateId } satisfies z.infer<typeof duplicateData> };
}

/** What has arrived, as it is kept until a manager has decided: everything but the team, which is in its row. */
export type SetAside = Omit<Arrival, 'team'> & {
  /** What has happened to its post while it waits. */
  post?: 'deleted' | 'no_lead';
};

/**
 * Keeps what has arrived until a manager says whether it is this lead's person, and asks in the lead's thread. While a
 * question about the same address waits, it joins that one. `saveArrival` comes first.
 */
export async function setAsideProbable(
  work: Work,
  { lead: like, waiting }: { lead: LeadRow; waiting?: Question },
  arrival: Arrival,
): Promise<Admitted> {
  const { team, ...rest } = arrival;
  if (waiting) {
    await saveProbableArrivals(work, waiting.id, JSON.stringify([...arrivalsOf(waiting), rest]));
    await updateSlot(work, duplicateMessage(waiting.id), duplicateSlot(waiting.id));
    return { outcome: 'probable', like };
  }
  const { email_key, phone } = identityOf(arrival.draft);
  const { decideWithin } = work.playbooks.current.playbook.duplicates;
  const id = await insertProbable(work, {
    sales_team_id: team.id,
    lead_id: like.id,
    arrivals: JSON.stringify([rest] satisfies SetAside[]),
    email_key,
    phone,
    decide_by: addSpan(team.calendar, work.now, decideWithin),
    created_at: work.now,
  });
  await ask(work, like, team, id);
  return { outcome: 'probable', like };
}

/** In the lead's thread; about a blind lead by direct message to the first manager, because the thread gives no name away. */
async function ask(work: Work, like: LeadRow, team: Team, id: number): Promise<void> {
  const [manager] = team.managers;
  if (isBlind(like, team) && manager !== undefined) {
    await postDirect(work, duplicateMessage(id), manager, undefined, duplicateSlot(id));
    return;
  }
  const { channelId, threadSlot } = await threadOf(work, like, team);
  await post(work, duplicateMessage(id), { channelId, threadSlot, slot: duplicateSlot(id) });
}

/** What they hear who brought somebody that may be this lead's person, for mrkdwn. */
export function askedText(like: LeadRow): string {
  return `This may be *${line(leadName(like), 80)}*, whom we know. A manager is asked whether it is the same person.`;
}

/** What waits for the same decision, in the order in which it came; never empty. */
export function arrivalsOf({ arrivals }: { arrivals: string }): SetAside[] {
  return JSON.parse(arrivals) as SetAside[];
}
