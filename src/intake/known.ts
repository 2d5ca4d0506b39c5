import type { LeadRow } from '../db/schema.ts';
import { leadByEmail, leadById } from '../lead/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { companyKey } from './account.ts';
import type { LeadDraft } from './draft.ts';
import { identityOf } from './identity.ts';
import { couldBeOne, nameKey } from './person.ts';
import { arrivalsOf } from './probable.ts';
import { askedAbout, leadsByName, leadsByPhone, type Question } from './store.ts';

type Person = ReturnType<typeof identityOf>;

/**
 * `exact`: the same mail address or number, or one that a manager has said to be the same person's. `probable`: the
 * same name at the same company, but another address or number, or the same number under another name; with the
 * question that waits already, if one does.
 */
export type Known =
  { match: 'exact'; lead: LeadRow } | { match: 'probable'; lead: LeadRow; waiting?: Question };

/**
 * The lead that this draft repeats. Mail decides; a phone number only where one of the two has no mail: colleagues
 * share numbers.
 */
export async function findKnown(work: Work, team: Team, draft: LeadDraft): Promise<Known | undefined> {
  const person = identityOf(draft);
  const { email_key: email, phone } = person;
  const byMail = email === null ? undefined : await leadByEmail(work, team.id, email);
  if (byMail) return { match: 'exact', lead: byMail };
  const withNumber = phone?.startsWith('+') ? await leadsByPhone(work, team.id, phone, email === null) : [];
  const exact = withNumber.find((lead) => couldBeOne(lead.name_key, person.name_key));
  if (exact) return { match: 'exact', lead: exact };
  const similar = [...(await sameNameAndCompany(work, team, person)), ...withNumber];
  const [like] = similar;
  if (!like) return undefined;
  const asked = await askedBefore(work, similar, person);
  if (!asked || asked.decision === 'different') return { match: 'probable', lead: like };
  const lead = await leadById(work, asked.lead_id);
  return asked.decision === 'same' ? { match: 'exact', lead } : { match: 'probable', lead, waiting: asked };
}

/** Newest first. The company is the mail's domain, or its name: people write to us from private addresses too. */
async function sameNameAndCompany(work: Work, team: Team, person: Person): Promise<LeadRow[]> {
  const { name_key: name, account_key: key, account } = person;
  if (name === null) return [];
  const company = account === null ? null : companyKey(account);
  return (await leadsByName(work, team.id, name)).filter(
    (lead) =>
      (key !== null && lead.account_key === key) ||
      (company !== null && lead.account !== null && companyKey(lead.account) === company),
  );
}

/** The last question whether this address, or this number where it has none, is that of one of these leads. */
async function askedBefore(work: Work, similar: LeadRow[], person: Person): Promise<Question | undefined> {
  const questions = await askedAbout(
    work,
    similar.map(({ id }) => id),
    person,
  );
  return questions.find((asked) => nameKey(arrivalsOf(asked)[0]?.draft.name ?? null) === person.name_key);
}
