import type { LeadRow } from '../../src/db/schema.ts';
import type { Message } from '../../src/sandbox/index.ts';
import { botUserId, moment, people, type PersonName, type World } from './world.ts';

/** Logs one attempt on the lead's card on each of these dates, at ten. */
export async function tryOn(world: World, lead: LeadRow, ...dates: string[]): Promise<LeadRow> {
  for (const date of dates) {
    await world.skipTo(moment(date, '10:00'));
    await world.click('alice', world.card(lead), 'touch:no_answer');
  }
  return world.lead(lead.id);
}

/** A lead of Alice's with two attempts behind it: its third is due on Thursday 5 November, with a nudge. */
export async function leadBeforeThirdAttempt(world: World): Promise<LeadRow> {
  const lead = await world.ownedLead('alice');
  return tryOn(world, lead, '2026-11-02', '2026-11-03');
}

/** The same with the nudge for the third attempt in the thread. */
export async function nudgedLead(world: World): Promise<LeadRow> {
  const lead = await leadBeforeThirdAttempt(world);
  await world.skipTo(lead.nudge_at ?? NaN);
  return lead;
}

/** Two leads of Alice's whose third attempts are due at the same time. */
export async function twoLeadsDue(world: World): Promise<[LeadRow, LeadRow]> {
  const [first, second] = [await world.ownedLead('alice'), await world.ownedLead('alice', 'Alan Turing')];
  for (const date of ['2026-11-02', '2026-11-03']) {
    await tryOn(world, first, date);
    await tryOn(world, second, date);
  }
  await world.skipTo(moment('2026-11-05', '10:30'));
  return [await world.lead(first.id), await world.lead(second.id)];
}

/** The direct messages about what is due, oldest first, to be clicked in. */
export function asked(world: World, person: PersonName): Message[] {
  return world.sandbox
    .directMessages(people[person])
    .filter(({ text }) => /attempt|due|settled/i.test(text))
    .map((message) => ({ ...message, channel: botUserId }));
}
