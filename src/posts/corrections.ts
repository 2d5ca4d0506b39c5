import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { normaliseEmail } from '../intake/account.ts';
import type { LeadDraft } from '../intake/draft.ts';
import { identityOf } from '../intake/identity.ts';
import { personaOf } from '../intake/persona.ts';
import { rankOf } from '../intake/rank.ts';
import { recheckGate } from '../intake/release.ts';
import { threadOf } from '../lead/card-slot.ts';
import { saveLadder } from '../lead/ladder.ts';
import { leadByEmail, leadById, updateLead } from '../lead/store.ts';
import { post } from '../outbox/enqueue.ts';
import type { OutgoingMessage } from '../outbox/message.ts';
import type { Team } from '../team/team.ts';
import { saveProgress } from '../touch/touch.ts';
import type { Work } from '../work.ts';
import { changesBetween, changesOf, draftOfLead, pick, withGapsFilled } from './compare.ts';
import { postCorrected, postWithdrawn } from './messages.ts';

export interface Correction {
  team: Team;
  place: { channelId: string; ts: string };
  /** What the post said before; null where that is not known, or was no lead. */
  was: LeadDraft | null;
  is: LeadDraft;
  /** Who edited the post, or `app`. */
  by: string;
}

/**
 * Lets the lead that was made of a post follow its correction, and says so in its thread. Only what the edit has
 * changed is changed: what people or other posts have added since stays.
 */
export async function correctLead(work: Work, leadId: number, correction: Correction): Promise<void> {
  const { team, place, by } = correction;
  const lead = await leadById(work, leadId);
  const own = draftOfLead(lead);
  const was = correction.was ?? own;
  const is = correction.was === null ? withGapsFilled(correction.is, own) : correction.is;
  const changed = changesBetween(was, is, own);
  if (changed.length === 0) return;
  const other =
    changed.includes('email') && is.email !== null ? await otherWithEmail(work, lead, is.email) : undefined;
  const ranked = rerank(work, lead, was, is);
  const corrected = await updateLead(work.db, lead.id, { ...patchOf(work, own, is, changed), ...ranked });
  await recordAudit(work, { actor: by, action: 'lead.corrected', leadId, detail: { changed } });
  const settled = await settle(work, corrected, team, ranked.rank !== undefined);
  const message = postCorrected.of({
    leadId,
    post: place,
    of: 'lead',
    changes: changesOf(own, is, changed),
    kept: [],
    otherLeadId: other?.id ?? null,
    wasRank: settled.rank === lead.rank ? null : lead.rank,
  });
  await tellThread(work, settled, team, message);
}

/** A later post about a known lead was corrected: what is still missing is filled in, the rest is only told. */
export async function correctSignal(work: Work, leadId: number, correction: Correction): Promise<void> {
  const { team, place, was, is, by } = correction;
  if (was === null) return;
  const lead = await leadById(work, leadId);
  const own = draftOfLead(lead);
  const changed = changesBetween(was, is, own).filter((part) => part !== 'details' && is[part] !== null);
  if (changed.length === 0) return;
  const missing = changed.filter((part) => part !== 'details' && own[part] === null);
  const kept = changed.filter((part) => !missing.includes(part));
  let settled = lead;
  if (missing.length > 0) {
    const filled = await updateLead(work.db, leadId, patchOf(work, own, is, missing));
    await recordAudit(work, { actor: by, action: 'lead.corrected', leadId, detail: { changed: missing } });
    settled = await settle(work, filled, team, false);
  }
  const message = postCorrected.of({
    leadId,
    post: place,
    of: 'signal',
    changes: changesOf(own, is, missing),
    kept: changesOf(own, is, kept),
    otherLeadId: null,
    wasRank: null,
  });
  await tellThread(work, settled, team, message);
}

/** The post no longer tells of a lead: the lead stays, and its thread says what happened. */
export async function sayWithdrawn(
  work: Work,
  leadId: number,
  team: Team,
  how: 'deleted' | 'later_deleted' | 'no_lead',
): Promise<void> {
  await tellThread(work, await leadById(work, leadId), team, postWithdrawn.of({ leadId, how }));
}

async function tellThread(work: Work, lead: LeadRow, team: Team, message: OutgoingMessage): Promise<void> {
  const { channelId, threadSlot } = await threadOf(work, lead, team);
  await post(work, message, { channelId, threadSlot });
}

async function settle(work: Work, lead: LeadRow, team: Team, isReranked: boolean): Promise<LeadRow> {
  if (lead.state === 'held') return recheckGate(work, lead, team);
  if (!isReranked) return lead;
  return lead.owner_id === null ? saveLadder(work, lead, team) : saveProgress(work, lead, team);
}

async function otherWithEmail(work: Work, lead: LeadRow, email: string): Promise<LeadRow | undefined> {
  const other = await leadByEmail(work, lead.sales_team_id, normaliseEmail(email));
  return other?.id === lead.id ? undefined : other;
}

function patchOf(
  work: Work,
  own: LeadDraft,
  is: LeadDraft,
  changed: Parameters<typeof pick>[1],
): Partial<LeadRow> {
  const { source, form, page, campaign, message, details, ...person } = { ...own, ...pick(is, changed) };
  const { personas } = work.playbooks.current.playbook;
  const saysWhoTheyAre = changed.includes('title') || changed.includes('details');
  return {
    ...identityOf(person),
    ...(source !== null && { source }),
    form,
    page,
    campaign,
    message,
    details: JSON.stringify(details),
    ...(saysWhoTheyAre && {
      marketing_persona: personaOf({ title: person.title, details }, personas.marketing),
      sales_persona: personaOf({ title: person.title, details }, personas.sales),
    }),
  };
}

/** A new rank where the post gave the lead its rank, says another now, and nobody has started on it. */
function rerank(
  work: Work,
  lead: LeadRow,
  was: LeadDraft,
  is: LeadDraft,
): Partial<Pick<LeadRow, 'rank' | 'rank_reason'>> {
  const { playbook } = work.playbooks.current;
  const rankBy = (draft: LeadDraft): ReturnType<typeof rankOf> =>
    rankOf({ ...draft, source: draft.source ?? 'Unknown source', way: lead.way }, playbook);
  const isUntouched = lead.first_touch_at === null && lead.state !== 'resolved';
  if (!isUntouched || lead.rank !== rankBy(was).rank) return {};
  const { rank, reason } = rankBy(is);
  return rank === lead.rank ? {} : { rank, rank_reason: reason };
}
