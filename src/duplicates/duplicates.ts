import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { createLead } from '../intake/admit.ts';
import { findKnown } from '../intake/known.ts';
import { arrivalsOf, duplicateMessage, duplicateSlot } from '../intake/probable.ts';
import { addSignal } from '../intake/signal.ts';
import { updateArrival } from '../intake/store.ts';
import { leadById } from '../lead/store.ts';
import { updateSlot } from '../outbox/enqueue.ts';
import { user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { duplicateById, type DuplicateRow, saveDecision } from './store.ts';

export type Decision = NonNullable<DuplicateRow['decision']>;

/**
 * A manager says whether what came in is the person of the lead it resembles.
 * @returns the lead it belongs to now
 * @throws Refusal for who is no manager, and when it was decided before
 */
export async function decideDuplicate(
  work: Work,
  duplicateId: number,
  userId: string,
  decision: Decision,
): Promise<LeadRow> {
  const asked = await duplicateById(work, duplicateId);
  const team = await teamById(work, asked.sales_team_id);
  if (!isManager(team, userId)) {
    const managers = team.managers.map(user).join(', ');
    throw new Refusal(`A manager decides this: ${managers}. Nothing was changed.`);
  }
  const decided = await saveDecision(work, duplicateId, decision, userId);
  if (!decided) throw new Refusal(decidedBefore(await duplicateById(work, duplicateId)));
  return settle(work, decided, team);
}

/**
 * Answers a question whose posts were edited until they all say how the known lead is reached: then nobody has to.
 * @returns whether it is answered
 */
export async function answerByItself(work: Work, duplicateId: number): Promise<boolean> {
  const asked = await duplicateById(work, duplicateId);
  const team = await teamById(work, asked.sales_team_id);
  for (const { draft } of arrivalsOf(asked)) {
    const known = await findKnown(work, team, draft);
    if (known?.match !== 'exact' || known.lead.id !== asked.lead_id) return false;
  }
  const decided = await saveDecision(work, duplicateId, 'same', null);
  if (decided) await settle(work, decided, team);
  return decided !== undefined;
}

function decidedBefore({ decision, decided_by: by }: DuplicateRow): string {
  if (by === null && decision === 'same')
    return 'The post was corrected, and it is the same person. Nothing was changed.';
  if (by === null)
    return 'Nobody decided in time, so it is a lead of its own already. Nothing was changed; close one of the two as a duplicate.';
  return `${user(by)} has decided already: ${decision === 'same' ? 'the same person' : 'two people'}. Nothing was changed.`;
}

/**
 * Does what was decided with everything that waited for it, in the order in which it came.
 * @returns the lead it belongs to now
 */
export async function settle(work: Work, row: DuplicateRow, team: Team): Promise<LeadRow> {
  let lead = row.decision === 'same' ? await leadById(work, row.lead_id) : undefined;
  for (const waiting of arrivalsOf(row)) {
    const arrival = { ...waiting, team };
    // Time has passed: the person may have come in with this very address meanwhile.
    const known = lead ?? (await knownByNow(work, team, arrival.draft));
    if (known) lead = await addSignal(work, known, arrival);
    else lead = await createLead(work, arrival);
    await updateArrival(work, arrival.key, known ? 'signal' : 'lead', lead.id);
  }
  if (!lead) throw new Error(`Nothing waits for the decision ${row.id}.`);
  await recordAudit(work, {
    actor: row.decided_by ?? 'app',
    action: 'duplicate.decided',
    leadId: lead.id,
    detail: { duplicate: row.id, decision: row.decision, like: row.lead_id },
  });
  await updateSlot(work, duplicateMessage(row.id), duplicateSlot(row.id));
  return lead;
}

async function knownByNow(
  work: Work,
  team: Team,
  draft: Parameters<typeof findKnown>[2],
): Promise<LeadRow | undefined> {
  const known = await findKnown(work, team, draft);
  return known?.match === 'exact' ? known.lead : undefined;
}
