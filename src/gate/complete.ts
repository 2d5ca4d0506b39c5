import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { normaliseEmail } from '../intake/account.ts';
import { emailsIn } from '../intake/email.ts';
import { missingFields, requirable } from '../intake/gate.ts';
import { identityOf } from '../intake/identity.ts';
import { personaOf } from '../intake/persona.ts';
import { readPhone } from '../intake/phone.ts';
import { recheckGate, release } from '../intake/release.ts';
import { leadByPhone } from '../intake/store.ts';
import { cardSlot, heldSlot, refreshCard } from '../lead/card-slot.ts';
import { leadName, permalink } from '../lead/lead.ts';
import { leadByEmail, updateLead } from '../lead/store.ts';
import type { Playbook } from '../playbook/schema.ts';
import { truncate } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { heldLead, refreshList } from './gate.ts';
import { placesOf } from './store.ts';

export type Field = keyof typeof requirable;
export const fields = Object.keys(requirable) as Field[];
/** So many characters the form takes for each field. */
export const longest: Record<Field, number> = {
  name: 150,
  email: 254,
  phone: 60,
  account: 150,
  title: 150,
  message: 3000,
};

/** What the form shows of a field; a longer text is cut there, not in the lead. */
export function shownIn(lead: Pick<LeadRow, Field>, field: Field): string {
  return truncate((lead[field] ?? '').trim(), longest[field]).toWellFormed();
}

/** The fields that the lead's rank requires and that are missing come first. */
export function fieldsInOrder(lead: LeadRow, playbook: Playbook): { missing: Field[]; others: Field[] } {
  const missing = missingFields(lead, playbook.ranks[lead.rank]?.requires ?? []);
  return { missing, others: fields.filter((field) => !missing.includes(field)) };
}

/** What was typed into the form, trimmed; empty where nothing was. */
export type Typed = Record<Field, string>;
/** A sentence for each field that can't be saved as it is; plain text. */
export type Complaints = Partial<Record<Field, string>>;

/**
 * Saves what marketing knows of a held lead. It goes to the reps when nothing holds it any more, or when nothing but
 * `qualifyFirst` does and `releaseNow` says so.
 * @returns what is wrong; then nothing is saved
 * @throws Refusal when somebody has decided meanwhile
 */
export async function completeLead(
  work: Work,
  leadId: number,
  userId: string,
  typed: Typed,
  releaseNow: boolean,
): Promise<Complaints> {
  const { lead, team } = await heldLead(work, leadId);
  const { values, complaints } = read(lead, typed);
  await complainAboutKnown(work, team, lead, values, complaints);
  const { playbook } = work.playbooks.current;
  if (releaseNow) {
    for (const field of fieldsInOrder({ ...lead, ...values }, playbook).missing) {
      complaints[field] ??=
        `Rank ${lead.rank} needs this. Fill it in, or untick “Release it right away” to save the rest.`;
    }
  }
  if (Object.keys(complaints).length > 0) return complaints;

  const changed = fields.filter((field) => values[field] !== lead[field]);
  const draft = { title: values.title, details: details.parse(JSON.parse(lead.details)) };
  const { marketing, sales } = playbook.personas;
  const completed = await updateLead(work.db, lead.id, {
    ...identityOf(values),
    message: values.message,
    marketing_persona: lead.marketing_persona ?? personaOf(draft, marketing),
    sales_persona: lead.sales_persona ?? personaOf(draft, sales),
  });
  const detail = { fields: changed };
  if (changed.length > 0) {
    await recordAudit(work, { actor: userId, action: 'lead.completed', leadId, detail });
  }
  if (releaseNow) await release(work, completed, team, userId);
  else await recheckGate(work, completed, team, userId);
  await refreshCard(work, leadId);
  await refreshList(work, lead);
  return {};
}

const details = z.array(z.object({ label: z.string(), value: z.string() }));

type Values = Record<Field, string | null>;

/** What was not changed stays as it is, however it was written. */
function read(lead: LeadRow, typed: Typed): { values: Values; complaints: Complaints } {
  const complaints: Complaints = {};
  const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const values = Object.fromEntries(
    fields.map((field) => {
      if (tidy(typed[field]) === tidy(shownIn(lead, field))) return [field, lead[field]];
      return [field, (field === 'message' ? typed[field] : tidy(typed[field])) || null];
    }),
  ) as Values;
  if (values.email !== lead.email && values.email !== null) {
    const [email, ...more] = emailsIn(values.email);
    const isAlone = values.email.replace(/^mailto:/i, '').toLowerCase() === email;
    if (email === undefined || more.length > 0 || !isAlone)
      complaints.email = 'Write one mail address, like ada@analytical.example.';
    else values.email = email;
  }
  if (values.phone !== lead.phone && values.phone !== null) {
    const phone = readPhone(values.phone);
    if (phone === null)
      complaints.phone = 'This is no phone number. Write it with the country code, like +49 30 901820.';
    else values.phone = phone;
  }
  if (values.email === null && values.phone === null)
    complaints.email = 'Keep a mail address or a phone number: without one, nobody can reach them.';
  return { values, complaints };
}

/** One person is one lead: who has this address or number already is named, with a link. */
async function complainAboutKnown(
  work: Work,
  team: Team,
  lead: LeadRow,
  { email, phone }: Values,
  complaints: Complaints,
): Promise<void> {
  if (email !== null && email !== lead.email && complaints.email === undefined) {
    const known = await leadByEmail(work, team.id, normaliseEmail(email));
    if (known && known.id !== lead.id)
      complaints.email = `This is the address of ${await knownText(work, known)}`;
  }
  if (phone?.startsWith('+') && phone !== lead.phone && complaints.phone === undefined) {
    const known = await leadByPhone(work, team.id, phone, email === null);
    if (known && known.id !== lead.id)
      complaints.phone = `This is the number of ${await knownText(work, known)}`;
  }
}

async function knownText(work: Work, known: LeadRow): Promise<string> {
  const slots = [cardSlot(known.id), heldSlot(known.id)];
  const places = await placesOf(work, slots);
  const place = slots.map((slot) => places.get(slot)).find((found) => found !== undefined);
  const link = place === undefined ? '' : ` See ${permalink(work.workspace.url, place.channelId, place.ts)}`;
  const name = truncate(leadName(known).replace(/\s+/g, ' '), 80);
  return `${name}, who is a lead already. Turn this one down as a duplicate.${link}`;
}
