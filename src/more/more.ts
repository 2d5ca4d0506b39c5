import { calendarOf, teamsOfRep } from '../away/away.ts';
import { localDate } from '../calendar/zone.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { cardUrls } from '../lead/card-slot.ts';
import { isBlind } from '../lead/permission.ts';
import { postDirect } from '../outbox/enqueue.ts';
import type { Rendered } from '../outbox/message.ts';
import { breadthOf } from '../people/breadth.ts';
import { answerOf, queueFor } from '../queue/my-queue.ts';
import type { Listed } from '../queue/rows.ts';
import { note } from '../slack/note.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { type Offer, outOfLeads, renderLeft, renderOut, shownFirst } from './blocks.ts';
import { isQuiet, leftOf } from './left.ts';
import * as store from './store.ts';

/** Each account is a question to the database. */
const mostLookedAt = 30;

/**
 * "Out of leads, or out of cherries?" A rep who asks for more first sees which of theirs have not had their touches. Only
 * when there are none, what is on offer is shown, and the managers hear of it, once a day.
 * @param before the list as it was shown, to be brought up to date
 * @throws Refusal for who works no leads
 */
export async function moreLeads(work: Work, userId: string, before?: Listed): Promise<Rendered> {
  const teams = await teamsOfRep(work, userId);
  if (teams.length === 0)
    throw new Refusal(
      'You are in no roster, so no leads come to you. A manager adds you with `/leads setup`; managers see the team with `/standup`.',
    );
  const held = (await queueFor(work, userId)).filter(({ lead }) => lead.owner_id === userId);
  const left = held.flatMap((item) => {
    const why = leftOf(item.lead, work.now);
    return why === undefined ? [] : [{ ...item, why }];
  });
  const narrow = await narrowLeads(
    work,
    held.map(({ lead }) => lead),
  );
  const offer = await offerFor(work, teams, userId);
  const urls = await cardUrls(
    work,
    narrow.map(({ id }) => id),
  );
  if (before || left.length > 0) {
    const shown = left.slice(0, shownFirst);
    const { rows, reader } = await answerOf(work, userId, 'more', { items: held, shown, before });
    const known = { ...reader, urls: new Map([...urls, ...reader.urls]) };
    return renderLeft({ left, rows, held: held.length, narrow, onOffer: offer.count, reader: known });
  }
  const reader = { userId, urls };
  await tellManagers(work, teams, userId, held.length);
  return renderOut({ held: held.length, narrow, offer, reader });
}

/** Leads at whose account few people were tried: the next name there is as good as a new lead. */
async function narrowLeads(work: Work, held: readonly LeadRow[]): Promise<LeadRow[]> {
  const narrow = new Map<string, LeadRow>();
  for (const lead of held.filter(isQuiet).slice(0, mostLookedAt)) {
    if (lead.account_key === null || narrow.has(lead.account_key)) continue;
    const breadth = await breadthOf(work, lead, await work.playbooks.version(work.db, lead.playbook_version));
    if (breadth && breadth.tried < breadth.aim) narrow.set(lead.account_key, lead);
  }
  return [...narrow.values()];
}

/** What this rep could claim in their teams. */
async function offerFor(work: Work, teams: readonly Team[], userId: string): Promise<Offer> {
  const offer: Offer = { count: 0, leads: [] };
  for (const team of teams) {
    const { count, leads } = await store.onOffer(work, team.id, shownFirst);
    offer.count += count;
    for (const lead of leads)
      offer.leads.push({ lead, isHidden: isBlind(lead, team) && !isManager(team, userId) });
  }
  offer.leads.splice(shownFirst);
  return offer;
}

/** Once a day for each rep, by their own day. */
async function tellManagers(work: Work, teams: readonly Team[], userId: string, held: number): Promise<void> {
  const calendar = await calendarOf(work, userId);
  const day = localDate(calendar ?? 'UTC', work.now);
  for (const manager of new Set(teams.flatMap((team) => team.managers))) {
    if (manager === userId) continue;
    const key = `out_of_leads:${userId}:${day}:${manager}`;
    await postDirect(work, note.of({ text: outOfLeads(userId, held) }), manager, key);
  }
}
