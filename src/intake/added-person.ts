import type { LeadRow } from '../db/schema.ts';
import { threadOf } from '../lead/card-slot.ts';
import { peopleByEmail } from '../lead/people/store.ts';
import { leadById } from '../lead/store.ts';
import { post } from '../outbox/enqueue.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { addedPersonCame } from './messages.ts';

/** Tells whoever added somebody to a lead that this person has come in by themselves. */
export async function tellOfAddedPerson(work: Work, came: LeadRow, team: Team): Promise<void> {
  if (came.email_key === null) return;
  const [person] = await peopleByEmail(work, team.id, came.email_key);
  if (!person) return;
  const message = addedPersonCame.of({ personId: person.id, leadId: person.lead_id, cameAs: came.id });
  await post(work, message, await threadOf(work, await leadById(work, person.lead_id), team));
}
