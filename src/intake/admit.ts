import { recordAudit } from '../db/audit.ts';
import type { ArrivalWay, LeadRow } from '../db/schema.ts';
import { postHeldCard } from '../lead/card-slot.ts';
import { insertLead, updateLead } from '../lead/store.ts';
import { offerLead } from '../routing/offer.ts';
import { channelsOf } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { tellOfAddedPerson } from './added-person.ts';
import type { LeadDraft } from './draft.ts';
import { factsOf } from './facts.ts';
import { gateReasons, isList, isOfList, savedReasons } from './gate.ts';
import { identityOf } from './identity.ts';
import { findKnown } from './known.ts';
import { personaOf } from './persona.ts';
import { readPhone } from './phone.ts';
import type { Playbook } from '../playbook/schema.ts';
import { setAsideProbable } from './probable.ts';
import { rankOf } from './rank.ts';
import { addSignal } from './signal.ts';
import { isKnownArrival, saveArrival } from './store.ts';

export interface Arrival {
  team: Team;
  way: ArrivalWay;
  /** Unique in the workspace, and says the way first: the same key twice changes nothing. */
  key: string;
  /** Reachable: with a mail address or a phone number. */
  draft: LeadDraft;
  /** The lead channel its card goes to; without it the team's first. */
  channelId?: string;
  /** The Slack message it was read from. */
  origin?: { channelId: string; ts: string };
  /** Who typed or imported it. */
  by?: string;
  /** One of a file: it posts nothing that nobody asked for, and waits for no manager's word. */
  importId?: number;
  /** How many rows that file has: many are a list, which waits for marketing. */
  listOf?: number;
}

export type Admitted =
  /** A held lead is a lead too: its state says so. */
  | { outcome: 'lead' | 'signal'; lead: LeadRow }
  /** May be this person: a manager is asked, except for an import, where nothing was stored. */
  | { outcome: 'probable'; like: LeadRow }
  | { outcome: 'repeat' };

/**
 * Takes in what has arrived, whichever way: de-duplicated, ranked, held or routed, its card on the way, all in the
 * transaction of `work`.
 */
export async function admit(work: Work, given: Arrival): Promise<Admitted> {
  const arrival = { ...given, draft: withCountry(given.draft, work.playbooks.current.playbook) };
  if (await isKnownArrival(work, arrival.key)) return { outcome: 'repeat' };
  const known = await findKnown(work, arrival.team, arrival.draft);
  if (known?.match === 'exact') {
    await saveArrival(work, arrival.key, 'signal', known.lead.id);
    const lead = arrival.importId === undefined ? await leaveList(work, known.lead) : known.lead;
    return { outcome: 'signal', lead: await addSignal(work, lead, arrival) };
  }
  if (known !== undefined) {
    if (arrival.importId === undefined) {
      await saveArrival(work, arrival.key, 'probable', known.lead.id);
      return setAsideProbable(work, known, arrival);
    }
    return { outcome: 'probable', like: known.lead };
  }
  const lead = await createLead(work, arrival);
  await saveArrival(work, arrival.key, 'lead', lead.id);
  return { outcome: 'lead', lead };
}

/** Makes a lead of what is known to be nobody we know: ranked, then held or offered. */
export async function createLead(work: Work, arrival: Arrival): Promise<LeadRow> {
  const { team, way, draft, origin, by, importId, listOf = 0 } = arrival;
  const { version, playbook } = work.playbooks.current;
  const source = draft.source ?? 'Unknown source';
  const { rank, reason } = rankOf({ ...draft, source, way }, playbook);
  const heldFor = gateReasons(draft, rank, playbook, isList(listOf, playbook) ? listOf : undefined);
  const lead = await insertLead(work.db, {
    team_id: work.workspace.teamId,
    sales_team_id: team.id,
    channel_id: arrival.channelId ?? (await firstChannel(work, team)),
    way,
    origin_channel_id: origin?.channelId ?? null,
    origin_ts: origin?.ts ?? null,
    added_by: by ?? null,
    import_id: importId ?? null,
    state: heldFor.length > 0 ? 'held' : 'offered',
    held_reasons: heldFor.length > 0 ? JSON.stringify(heldFor) : null,
    ...identityOf(draft),
    ...factsOf(draft),
    source,
    form: draft.form,
    page: draft.page,
    campaign: draft.campaign,
    message: draft.message,
    details: JSON.stringify(draft.details),
    rank,
    rank_reason: reason,
    marketing_persona: personaOf(draft, playbook.personas.marketing),
    sales_persona: personaOf(draft, playbook.personas.sales),
    playbook_version: version,
    cadence_epoch: 1,
    cadence_started_at: work.now,
    attempts: 0,
    created_at: work.now,
  });
  await recordAudit(work, {
    actor: by ?? 'app',
    action: 'lead.arrived',
    leadId: lead.id,
    detail: { way, source, rank, ...(heldFor.length > 0 && { held: heldFor }) },
  });
  if (importId === undefined) await tellOfAddedPerson(work, lead, team);
  if (lead.state === 'offered') return offerLead(work, lead, team);
  if (importId === undefined) await postHeldCard(work, lead.id, team);
  return lead;
}

/** Who then comes to us by themselves is no longer only one of a list. */
async function leaveList(work: Work, lead: LeadRow): Promise<LeadRow> {
  const reasons = savedReasons(lead.held_reasons);
  const others = reasons.filter((reason) => !isOfList(reason));
  if (others.length === reasons.length) return lead;
  return updateLead(work.db, lead.id, { held_reasons: JSON.stringify(others) });
}

/** A number without a country code gets the playbook's, so that it is the same number however it was written. */
function withCountry(draft: LeadDraft, { phoneCountry }: Pick<Playbook, 'phoneCountry'>): LeadDraft {
  if (draft.phone === null || draft.phone.startsWith('+') || phoneCountry === undefined) return draft;
  return { ...draft, phone: readPhone(draft.phone, phoneCountry) ?? draft.phone };
}

async function firstChannel(work: Work, team: Team): Promise<string> {
  const [channelId] = await channelsOf(work.db, work.workspace.teamId, team.id);
  if (channelId === undefined) throw new Error(`Team ${team.id} has no lead channel.`);
  return channelId;
}
