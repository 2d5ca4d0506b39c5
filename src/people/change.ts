import { recordAudit } from '../db/audit.ts';
import type { LeadRow, PersonRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { personOf, updatePerson } from '../lead/people/store.ts';
import { line } from '../slack/kit.ts';
import type { Work } from '../work.ts';
import { keysOf, leadForPerson, type NewPerson, refuseKnown } from './people.ts';

/** Which of the people who were added to which lead, and who changes them. */
export interface Which {
  leadId: number;
  personId: number;
  userId: string;
}

const fields = { name: 'name', email: 'mail address', phone: 'phone number', title: 'job title' };

/** Somebody who can be corrected. @throws Refusal */
export async function personToCorrect(
  work: Work,
  { leadId, personId, userId }: Which,
): Promise<{ lead: LeadRow; person: PersonRow }> {
  const lead = await leadForPerson(work, leadId, userId);
  const person = await personOf(work, leadId, personId);
  if (person.removed_at !== null)
    throw new Refusal(
      `*${line(person.name ?? '', 80)}* was removed meanwhile. Put them back first, then correct them.`,
    );
  return { lead, person };
}

/**
 * Somebody is called or reached otherwise than was written down. Touches with them stay theirs.
 * @throws Refusal for whom we know already under the new name or address
 */
export async function correctPerson(
  work: Work,
  which: Which,
  is: NewPerson,
): Promise<{ lead: LeadRow; person: PersonRow }> {
  const { lead, person: was } = await personToCorrect(work, which);
  const changed = Object.entries(fields).filter(
    ([field]) => is[field as keyof NewPerson] !== was[field as keyof NewPerson],
  );
  if (changed.length === 0) return { lead, person: was };
  const keys = keysOf(is);
  const isNew = {
    email_key: keys.email_key === was.email_key ? null : keys.email_key,
    name_key: keys.name_key === was.name_key ? null : keys.name_key,
  };
  await refuseKnown(work, lead, { name: is.name, ...isNew }, was.id);
  const person = await updatePerson(work, was.id, { ...is, ...keys });
  await record(work, which, 'person.corrected', person, { changed: changed.map(([, label]) => label) });
  return { lead, person };
}

/**
 * Nobody is offered this person any more; what was done with them stays in the story, under their name.
 * @throws Refusal
 */
export async function removePerson(work: Work, which: Which): Promise<void> {
  await leadForPerson(work, which.leadId, which.userId);
  const person = await personOf(work, which.leadId, which.personId);
  if (person.removed_at !== null) return;
  await updatePerson(work, person.id, { removed_at: work.now });
  await record(work, which, 'person.removed', person);
}

/** @throws Refusal for who was added anew meanwhile, or has come in as a lead */
export async function putBack(work: Work, which: Which): Promise<void> {
  const lead = await leadForPerson(work, which.leadId, which.userId);
  const person = await personOf(work, which.leadId, which.personId);
  if (person.removed_at === null) return;
  const { email_key, name_key } = person;
  await refuseKnown(work, lead, { name: person.name ?? '', email_key, name_key }, person.id);
  await updatePerson(work, person.id, { removed_at: null });
  await record(work, which, 'person.put_back', person);
}

async function record(
  work: Work,
  { leadId, userId }: Which,
  action: string,
  { id, name }: PersonRow,
  more: { changed?: string[] } = {},
): Promise<void> {
  await recordAudit(work, { actor: userId, action, leadId, detail: { person: id, name, ...more } });
  await refreshCard(work, leadId);
}
