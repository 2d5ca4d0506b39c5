import { z } from 'zod';
import type { LeadRow } from '../db/schema.ts';
import { threadOf } from '../lead/card-slot.ts';
import { isBlind } from '../lead/permission.ts';
import { post, postDirect, updateSlot } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import { addSpan } from '../calendar/span.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import type { Admitted, Arrival } from './admit.ts';
import { identityOf } from './identity.ts';
import { addSignal } from './signal.ts';
import { askedBefore, insertProbable, saveProbableArrivals, updateArrival } from './store.ts';

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
export type SetAside = Omit<Arrival, 'team'>;

/**
 * Keeps what has arrived until a manager says whether it is this lead's person, and asks in the lead's thread. The
 * same address is asked about once: while the question waits it joins it, and once it was said to be the same person
 * it is a new signal. `saveArrival` comes first.
 */
export async function setAsideProbable(work: Work, like: LeadRow, arrival: Arrival): Promise<Admitted> {
  const { team, ...rest } = arrival;
  const { email_key, phone } = identityOf(arrival.draft);
  const asked = await askedBefore(work, like.id, { email_key, phone });
  if (asked?.decision === 'same') {
    await updateArrival(work, arrival.key, 'signal', like.id);
    return { outcome: 'signal', lead: await addSignal(work, like, arrival) };
  }
  if (asked?.decision === null) {
    await saveProbableArrivals(work, asked.id, JSON.stringify([...arrivalsOf(asked), rest]));
    await updateSlot(work, duplicateMessage(asked.id), duplicateSlot(asked.id));
    return { outcome: 'probable', like };
  }
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

/** What waits for the same decision, in the order in which it came; never empty. */
export function arrivalsOf({ arrivals }: { arrivals: string }): SetAside[] {
  return JSON.parse(arrivals) as SetAside[];
}
