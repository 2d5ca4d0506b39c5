import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { everyoneOf } from '../lead/people/store.ts';
import { readTypedEmail, readTypedPhone } from '../intake/typed-contact.ts';
import {
  type Click,
  type FieldErrors,
  type FormReply,
  idOf,
  type Listener,
  onAction,
  onSubmit,
  type Submission,
} from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import type { Work } from '../work.ts';
import {
  correctForm,
  fieldId,
  personAdded,
  personCorrected,
  type PersonField,
  personForm,
} from './blocks.ts';
import { breadthOf } from './breadth.ts';
import { correctPerson, personToCorrect, putBack, removePerson } from './change.ts';
import { addPerson, leadForPerson, type NewPerson } from './people.ts';

/** What an open form remembers: the lead, whom of it is corrected, and where to answer. */
const memory = z.object({
  leadId: z.number(),
  personId: z.number().optional(),
  channelId: z.string().optional(),
  threadTs: z.string().optional(),
});
type Memory = z.infer<typeof memory>;

function remembered(metadata: string | undefined): Memory {
  return memory.parse(JSON.parse(metadata ?? ''));
}

export async function openPersonForm(
  work: Work,
  leadId: number,
  { userId, channelId, threadTs }: Pick<Click, 'userId' | 'channelId' | 'threadTs'>,
): Promise<ModalView> {
  const lead = await leadForPerson(work, leadId, userId);
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const place: Memory = { leadId, channelId, threadTs };
  const breadth = await breadthOf(work, lead, playbook);
  return personForm(lead, JSON.stringify(place), breadth, await everyoneOf(work, leadId));
}

export const peopleListeners: readonly Listener[] = [
  onAction('add_person', async (work, click) => ({
    open: await openPersonForm(work, idOf(click.value), click),
  })),

  onSubmit('add_person', async (work, form): Promise<FormReply> => {
    const { leadId, channelId, threadTs } = remembered(form.metadata);
    const read = readPerson(form, work.playbooks.current.playbook.phoneCountry);
    if ('errors' in read) return read.errors;
    const { userId } = form;
    const { lead, person } = await addPerson(work, leadId, userId, read.person);
    const playbook = await work.playbooks.version(work.db, lead.playbook_version);
    const said = note.of({ text: personAdded(person, lead, await breadthOf(work, lead, playbook)) });
    return { say: said, at: { channelId, threadTs } };
  }),

  onAction('person', async (work, { variant, value: what, userId, metadata }) => {
    const place = remembered(metadata);
    const which = { leadId: place.leadId, personId: idOf(variant), userId };
    if (what === 'edit') {
      const { lead, person } = await personToCorrect(work, which);
      return { show: correctForm(lead, JSON.stringify({ ...place, personId: person.id }), person) };
    }
    if (what !== 'remove') throw new Error(`No such choice: ${what}`);
    await removePerson(work, which);
    return { show: await openPersonForm(work, place.leadId, { ...place, userId }) };
  }),

  onAction('person_back', async (work, { value, userId, metadata }) => {
    const place = remembered(metadata);
    await putBack(work, { leadId: place.leadId, personId: idOf(value), userId });
    return { show: await openPersonForm(work, place.leadId, { ...place, userId }) };
  }),

  onSubmit('correct_person', async (work, form): Promise<FormReply> => {
    const { leadId, personId = 0, channelId, threadTs } = remembered(form.metadata);
    const read = readPerson(form, work.playbooks.current.playbook.phoneCountry, personId);
    if ('errors' in read) return read.errors;
    const which = { leadId, personId, userId: form.userId };
    const { lead, person } = await correctPerson(work, which, read.person);
    return { say: note.of({ text: personCorrected(person, lead) }), at: { channelId, threadTs } };
  }),
];

/** Reads the form; every field that can't be used gets a sentence of its own. */
function readPerson(
  form: Submission,
  country: string | undefined,
  personId?: number,
): { person: NewPerson } | { errors: FieldErrors } {
  const errors: FieldErrors = {};
  const text = (field: PersonField): string | null => textValue(form, fieldId(field, personId)) || null;
  const value = (field: PersonField, read: ReturnType<typeof readTypedEmail> | null): string | null => {
    if (read === null) return null;
    if ('value' in read) return read.value;
    errors[fieldId(field, personId)] = read.complaint;
    return null;
  };
  const [name, email, phone] = [text('name'), text('email'), text('phone')];
  if (name === null) errors[fieldId('name', personId)] = 'Write who it is.';
  const person = {
    name: name ?? '',
    email: value('email', email === null ? null : readTypedEmail(email)),
    phone: value('phone', phone === null ? null : readTypedPhone(phone, country)),
    title: text('title'),
  };
  return Object.keys(errors).length > 0 ? { errors } : { person };
}
