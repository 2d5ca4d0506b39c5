import { recordAudit } from '../db/audit.ts';
import type { LeadPatch, LeadRow } from '../db/schema.ts';
import { threadOf } from '../lead/card-slot.ts';
import { isPastClaiming } from '../lead/ladder.ts';
import { newStart } from '../lead/new-start.ts';
import { updateLead } from '../lead/store.ts';
import { post } from '../outbox/enqueue.ts';
import { routeLead } from '../routing/routing.ts';
import { refreshNudges } from '../touch/nudge-slot.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import type { Arrival } from './admit.ts';
import { type Detail, type LeadDraft, savedDetails } from './draft.ts';
import { identityOf } from './identity.ts';
import { repeatedSignal } from './messages.ts';
import { personaOf } from './persona.ts';
import { rankOf } from './rank.ts';
import { recheckGate } from './release.ts';
import { insertSignal } from './store.ts';

/**
 * A lead that comes again: kept, and told in the thread of its card. What was missing is filled in, and a better rank
 * counts from now on, with a new cadence: who stood on a list and then asks for a demo has asked for a demo. A list
 * changes nothing but what was missing, and tells nobody.
 */
export async function addSignal(work: Work, known: LeadRow, arrival: Arrival): Promise<LeadRow> {
  const { way, draft, origin, by, importId, team } = arrival;
  await insertSignal(work, {
    lead_id: known.id,
    way,
    source: draft.source,
    message: draft.message,
    origin_channel_id: origin?.channelId ?? null,
    origin_ts: origin?.ts ?? null,
    added_by: by ?? null,
    at: work.now,
  });
  const lead = await learn(work, known, arrival);
  if (importId !== undefined) return lead;
  const { channelId, threadSlot } = await threadOf(work, lead, team);
  const message = repeatedSignal.of({
    leadId: lead.id,
    origin: origin ?? null,
    source: draft.source,
    ...newWords(known, draft),
    by: by ?? null,
    wasRank: known.rank === lead.rank ? null : known.rank,
    newCadence: lead.cadence_epoch !== known.cadence_epoch,
    attemptDueAt: lead.next_attempt_at,
  });
  await post(work, message, { channelId, threadSlot });
  return lead;
}

/** What a prospect said this time and the lead did not say before. */
export function newWords(known: LeadRow, draft: LeadDraft): { message: string | null; details: Detail[] } {
  const answered = new Set(savedDetails(known).map((entry) => JSON.stringify(entry)));
  return {
    message: draft.message?.trim() && draft.message !== known.message ? draft.message : null,
    details: draft.details.filter(({ label, value }) => !answered.has(JSON.stringify({ label, value }))),
  };
}

/** What somebody hears of a closed lead's rank counts when it is opened again: it stays closed. */
async function learn(work: Work, known: LeadRow, arrival: Arrival): Promise<LeadRow> {
  const { draft, team, way, by, importId } = arrival;
  const { playbook } = work.playbooks.current;
  const identity = identityOf({
    name: known.name ?? draft.name,
    email: known.email ?? draft.email,
    phone: known.phone ?? draft.phone,
    account: known.account ?? draft.account,
    title: known.title ?? draft.title,
  });
  const { rank, reason } = rankOf({ ...draft, source: draft.source ?? 'Unknown source', way }, playbook);
  const isBetter = importId === undefined && rank < known.rank;
  const { message, form, page, campaign, details } = draft;
  const better = isBetter
    ? {
        ...{ rank, rank_reason: reason, form, page, campaign },
        message: message ?? known.message,
        details: details.length > 0 ? JSON.stringify(details) : known.details,
      }
    : { message: known.message ?? message };
  const who = { title: identity.title, details };
  const personas = {
    marketing_persona: known.marketing_persona ?? personaOf(who, playbook.personas.marketing),
    sales_persona: known.sales_persona ?? personaOf(who, playbook.personas.sales),
  };
  const restart = isBetter ? restartOf(known, work.now) : {};
  const lead = await updateLead(work.db, known.id, { ...identity, ...better, ...personas, ...restart });
  if (isBetter) {
    const detail = { from: known.rank, to: rank };
    await recordAudit(work, { actor: by ?? 'app', action: 'lead.reranked', leadId: lead.id, detail });
  }
  if (lead.state === 'held') return recheckGate(work, lead, team);
  if (!isBetter || lead.state === 'resolved') return lead;
  // A better rank may go another way.
  if (lead.owner_id === null)
    return routeLead(work, lead, team, isPastClaiming(lead) ? { how: 'ladder' } : {});
  const ready = await saveProgress(work, lead, team);
  await refreshNudges(work, known, ready);
  return ready;
}

/**
 * The better rank's attempts are due from now on, not from when the lead first came: nobody is late at once. A reply
 * that waits for an answer, or a step agreed with them, goes first, so its cadence goes on.
 */
function restartOf(known: LeadRow, now: number): LeadPatch {
  const isWorked = known.state === 'owned' || known.state === 'working';
  const isAgreed = known.replied_at !== null || known.step_due_at !== null;
  return isWorked && !isAgreed ? { ...newStart(known, now), state: 'owned' } : {};
}
