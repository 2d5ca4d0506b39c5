import type { LeadRow } from '../db/schema.ts';
import type { Admitted } from '../intake/admit.ts';
import { cardUrl } from '../intake/card-url.ts';
import type { LeadDraft } from '../intake/draft.ts';
import { savedReasons } from '../intake/gate.ts';
import { askedText } from '../intake/probable.ts';
import { leadName } from '../lead/lead.ts';
import { escape, line, user, when } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

export interface Typed {
  team: Team;
  admitted: Admitted;
  draft: LeadDraft;
  /** Whether they wanted to have the lead. */
  keep: boolean;
}

/** What became of a lead that somebody typed, for them alone; undefined where they have heard it before. */
export async function outcomeText(work: Work, userId: string, typed: Typed): Promise<string | undefined> {
  const { team, admitted } = typed;
  const more = unrecognisable(work, typed.draft);
  switch (admitted.outcome) {
    case 'lead':
      return `${admitted.lead.state === 'held' ? heldText(admitted.lead, team) : newText(admitted.lead, userId)}${more}`;
    case 'signal':
      return `${await knownText(work, admitted.lead)}${signalText(admitted.lead, userId, typed)}${more}`;
    case 'probable':
      return `${askedText(admitted.like)}${more}`;
    case 'repeat':
      return undefined;
  }
}

function signalText({ state, owner_id: owner }: LeadRow, userId: string, { draft, keep }: Typed): string {
  const isText = (draft.message ?? '').trim() !== '' || draft.details.length > 0;
  const written = isText ? ' What you wrote is in its thread now.' : '';
  if (!keep || state === 'resolved' || state === 'held' || owner === userId) return written;
  return `${written} ${owner === null ? 'Nobody has it yet: claim it on its card.' : `It stays with ${user(owner)}.`}`;
}

function unrecognisable(work: Work, { phone }: LeadDraft): string {
  const isLocal = phone !== null && !phone.startsWith('+');
  return isLocal && work.playbooks.current.playbook.phoneCountry === undefined
    ? ' No country code: I cannot recognise this number if it comes again.'
    : '';
}

/** `Ada Lovelace is known already: the card, with @Bob.` */
export async function knownText(work: Work, lead: LeadRow): Promise<string> {
  const url = await cardUrl(work, lead.id);
  const where = url === undefined ? `<#${lead.channel_id}>` : `<${url}|see its card>`;
  const who = lead.owner_id === null ? '' : `, with ${user(lead.owner_id)}`;
  const closed = lead.state === 'resolved' ? ' It is closed; you can reopen it there.' : '';
  return `${bold(lead)} is known already: ${where}${who}.${closed}`;
}

function newText(lead: LeadRow, userId: string): string {
  const rank = `Rank ${lead.rank}: ${escape(lead.rank_reason)}.`;
  const due = lead.next_attempt_at === null ? '' : ` First touch due ${when(lead.next_attempt_at)}.`;
  const card = `its card is in <#${lead.channel_id}>`;
  if (lead.owner_id === null) return `${bold(lead)} is in: ${card}, for whoever claims it first. ${rank}`;
  if (lead.owner_id === userId) return `${bold(lead)} is in, and yours: ${card}. ${rank}${due}`;
  return `${bold(lead)} is in, with ${user(lead.owner_id)}: ${card}. ${rank}`;
}

function heldText(lead: LeadRow, team: Team): string {
  const reasons = savedReasons(lead.held_reasons).map(escape);
  return `${bold(lead)} is in. Before a rep gets it, marketing has a look in <#${team.marketingChannelId}>: ${reasons.join(' ')}`;
}

function bold(lead: LeadRow): string {
  return `*${line(leadName(lead), 80)}*`;
}
