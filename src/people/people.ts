import { recordAudit } from '../db/audit.ts';
import type { LeadRow, PersonRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { normaliseEmail } from '../intake/account.ts';
import { nameKey } from '../intake/person.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { leadName } from '../lead/lead.ts';
import { isBlind, refuseUnlessWorkable } from '../lead/permission.ts';
import { insertPerson, peopleOf } from '../lead/people/store.ts';
import { leadByEmail, leadById } from '../lead/store.ts';
import { line, user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { leadAtAccount, personAtAccount } from './store.ts';

export interface NewPerson {
  name: string;
  email: string | null;
  phone: string | null;
  title: string | null;
}

/** The lead somebody may add a person to. @throws Refusal */
export async function leadForPerson(work: Work, leadId: number, userId: string): Promise<LeadRow> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (isBlind(lead, team)) throw new Refusal('Claim this lead first: then you see who it is.');
  refuseUnlessWorkable(lead, team, userId, work.now);
  return lead;
}

/**
 * Adds somebody at the lead's account whom the rep tries as well.
 * @throws Refusal for somebody we know already: it says where
 */
export async function addPerson(
  work: Work,
  leadId: number,
  userId: string,
  person: NewPerson,
): Promise<{ lead: LeadRow; person: PersonRow }> {
  const lead = await leadForPerson(work, leadId, userId);
  const keys = keysOf(person);
  await refuseKnown(work, lead, { name: person.name, ...keys });
  const added = await insertPerson(work, {
    ...person,
    ...keys,
    sales_team_id: lead.sales_team_id,
    lead_id: leadId,
    added_by: userId,
  });
  const detail = { person: added.id };
  await recordAudit(work, { actor: userId, action: 'person.added', leadId, detail });
  await refreshCard(work, leadId);
  return { lead, person: added };
}

type Keys = Pick<PersonRow, 'email_key' | 'name_key'>;

/** What somebody is known again by. */
export function keysOf({ name, email }: Pick<NewPerson, 'name' | 'email'>): Keys {
  return { email_key: email === null ? null : normaliseEmail(email), name_key: nameKey(name) };
}

/** @param self whom this is about, where they are added already @throws Refusal for who is known: it says where */
export async function refuseKnown(
  work: Work,
  lead: LeadRow,
  person: Keys & Pick<NewPerson, 'name'>,
  self?: number,
): Promise<void> {
  const name = `*${line(person.name, 80)}*`;
  const isOne = (other: Keys): boolean =>
    (person.email_key !== null && person.email_key === other.email_key) ||
    (person.name_key !== null && person.name_key === other.name_key);
  if (isOne(lead))
    throw new Refusal(`This lead is *${line(leadName(lead), 80)}* already. Nothing was changed.`);
  const here = (await peopleOf(work, lead.id)).find((other) => other.id !== self && isOne(other));
  const added = here ?? (await personAtAccount(work, lead, person, self));
  if (added) {
    const where = added.lead_id === lead.id ? 'here' : 'to another lead of this account';
    throw new Refusal(`${user(added.added_by)} has added ${name} ${where} already. Nothing was changed.`);
  }
  const byMail =
    person.email_key === null ? undefined : await leadByEmail(work, lead.sales_team_id, person.email_key);
  const known = byMail ?? (await leadAtAccount(work, lead, person));
  if (known) throw new Refusal(`${name} is a lead already; ${whoHas(known)}.`);
}

/** Who works a lead, for mrkdwn: `@Carol has it`. */
export function whoHas(lead: Pick<LeadRow, 'state' | 'owner_id'>): string {
  if (lead.state === 'resolved') return 'it is closed';
  if (lead.state === 'held') return 'it waits for marketing’s word';
  return lead.owner_id === null ? 'nobody has it yet' : `${user(lead.owner_id)} has it`;
}
