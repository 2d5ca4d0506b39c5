import type { LeadRow } from '../db/schema.ts';
import type { Admitted } from '../intake/admit.ts';
import { cardSlot, heldSlot } from '../lead/card-slot.ts';
import { leadName, permalink } from '../lead/lead.ts';
import { messageOfSlot } from '../outbox/store.ts';
import { escape, line, user, when } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

/** What became of a lead that somebody typed, for them alone; undefined where they have heard it before. */
export async function answerText(
  work: Work,
  team: Team,
  userId: string,
  admitted: Admitted,
): Promise<string | undefined> {
  switch (admitted.outcome) {
    case 'lead':
      return admitted.lead.state === 'held' ? heldText(admitted.lead, team) : newText(admitted.lead, userId);
    case 'signal':
      return `${await knownText(work, admitted.lead)} What you wrote is in its thread now.`;
    case 'probable':
      return `This may be ${bold(admitted.like)}, whom we know. A manager is asked whether it is the same person.`;
    case 'repeat':
      return undefined;
  }
}

/** `Ada Lovelace is known already: the card, with @Bob.` */
export async function knownText(work: Work, lead: LeadRow): Promise<string> {
  const { teamId, url } = work.workspace;
  const card =
    (await messageOfSlot(work.db, teamId, cardSlot(lead.id))) ??
    (await messageOfSlot(work.db, teamId, heldSlot(lead.id)));
  const where =
    card === undefined
      ? `<#${lead.channel_id}>`
      : `<${permalink(url, card.channelId, card.ts)}|see its card>`;
  const who = lead.owner_id === null ? '' : `, with ${user(lead.owner_id)}`;
  const closed = lead.state === 'resolved' ? ' It is closed; you can reopen it there.' : '';
  return `${bold(lead)} is known already: ${where}${who}.${closed}`;
}

function newText(lead: LeadRow, userId: string): string {
  const rank = `Rank ${lead.rank}: ${escape(lead.rank_reason)}.`;
  const due = lead.next_attempt_at === null ? '' : ` First touch by ${when(lead.next_attempt_at)}.`;
  const card = `its card is in <#${lead.channel_id}>`;
  if (lead.owner_id === null) return `${bold(lead)} is in: ${card}, for whoever claims it first. ${rank}`;
  if (lead.owner_id === userId) return `${bold(lead)} is in, and yours: ${card}. ${rank}${due}`;
  return `${bold(lead)} is in, with ${user(lead.owner_id)}: ${card}. ${rank}`;
}

function heldText(lead: LeadRow, team: Team): string {
  const reasons = (JSON.parse(lead.held_reasons ?? '[]') as string[]).map((reason) => escape(reason));
  return `${bold(lead)} is in. Before a rep gets it, marketing has a look in <#${team.marketingChannelId}>: ${reasons.join(' ')}`;
}

function bold(lead: LeadRow): string {
  return `*${line(leadName(lead), 80)}*`;
}
