import { recordAudit } from '../db/audit.ts';
import type { LeadRow } from '../db/schema.ts';
import { normaliseEmail } from '../intake/account.ts';
import { cardUrl } from '../intake/card-url.ts';
import { savedDetails } from '../intake/draft.ts';
import { missingFields, requirable } from '../intake/gate.ts';
import { identityOf } from '../intake/identity.ts';
import { personaOf } from '../intake/persona.ts';
import { recheckGate, release } from '../intake/release.ts';
import { leadByPhone } from '../intake/store.ts';
import { contactNeeded, readTypedEmail, readTypedPhone } from '../intake/typed-contact.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { leadName } from '../lead/lead.ts';
import { leadByEmail, updateLead } from '../lead/store.ts';
import type { Playbook } from '../playbook/schema.ts';
import { truncate } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { heldLead } from './gate.ts';

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

/** The box that lets a lead go at once. */
export const releaseLabel = 'Release it to the reps right away';

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
 * @returns the lead as it is now; or what is wrong, and then nothing is saved
 * @throws Refusal when somebody has decided meanwhile
 */
export async function completeLead(
  work: Work,
  leadId: number,
  userId: string,
  typed: Typed,
  releaseNow: boolean,
): Promise<{ lead: LeadRow } | { complaints: Complaints }> {
  const { lead, team } = await heldLead(work, leadId);
  const { playbook } = work.playbooks.current;
  const { values, complaints } = read(lead, typed, playbook.phoneCountry);
  await complainAboutKnown(work, team, lead, values, complaints);
  if (releaseNow) {
    for (const field of fieldsInOrder({ ...lead, ...values }, playbook).missing) {
      complaints[field] ??=
        `Rank ${lead.rank} needs this. Fill it in, or untick “${releaseLabel}” to save the rest.`;
    }
  }
  if (Object.keys(complaints).length > 0) return { complaints };

  const changed = fields.filter((field) => values[field] !== lead[field]);
  const draft = { title: values.title, details: savedDetails(lead) };
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
  const decided = releaseNow
    ? await release(work, completed, team, userId)
    : await recheckGate(work, completed, team, userId);
  await refreshCard(work, leadId);
  return { lead: decided };
}

type Values = Record<Field, string | null>;

/** What was not changed stays as it is, however it was written. @param country of numbers that name none */
function read(
  lead: LeadRow,
  typed: Typed,
  country: string | undefined,
): { values: Values; complaints: Complaints } {
  const complaints: Complaints = {};
  const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const values = Object.fromEntries(
    fields.map((field) => {
      if (tidy(typed[field]) === tidy(shownIn(lead, field))) return [field, lead[field]];
      return [field, (field === 'message' ? typed[field] : tidy(typed[field])) || null];
    }),
  ) as Values;
  const take = (field: 'email' | 'phone', made: ReturnType<typeof readTypedEmail>): void => {
    if ('complaint' in made) complaints[field] = made.complaint;
    else values[field] = made.value;
  };
  const { email, phone } = values;
  if (email !== lead.email && email !== null) take('email', readTypedEmail(email));
  if (phone !== lead.phone && phone !== null) take('phone', readTypedPhone(phone, country));
  if (email === null && phone === null) complaints.email = contactNeeded;
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
  const url = await cardUrl(work, known.id);
  const link = url === undefined ? '' : ` See ${url}`;
  const name = truncate(leadName(known).replace(/\s+/g, ' '), 80);
  return `${name}, who is a lead already. Turn this one down as a duplicate.${link}`;
}
