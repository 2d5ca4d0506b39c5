import type { ModalView } from '@slack/types';
import { z } from 'zod';
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
import { personAdded, personForm } from './blocks.ts';
import { breadthOf } from './breadth.ts';
import { addPerson, leadForPerson, type NewPerson } from './people.ts';

/** What an open form remembers: the lead, and where to answer. */
const memory = z.object({
  leadId: z.number(),
  channelId: z.string().optional(),
  threadTs: z.string().optional(),
});

export async function openPersonForm(
  work: Work,
  leadId: number,
  { userId, channelId, threadTs }: Pick<Click, 'userId' | 'channelId' | 'threadTs'>,
): Promise<ModalView> {
  const lead = await leadForPerson(work, leadId, userId);
  const playbook = await work.playbooks.version(work.db, lead.playbook_version);
  const remembered: z.infer<typeof memory> = { leadId, channelId, threadTs };
  return personForm(lead, JSON.stringify(remembered), await breadthOf(work, lead, playbook));
}

export const peopleListeners: readonly Listener[] = [
  onAction('add_person', async (work, click) => ({
    open: await openPersonForm(work, idOf(click.value), click),
  })),

  onSubmit('add_person', async (work, form): Promise<FormReply> => {
    const { leadId, channelId, threadTs } = memory.parse(JSON.parse(form.metadata));
    const read = readPerson(form, work.playbooks.current.playbook.phoneCountry);
    if ('errors' in read) return read.errors;
    const { userId } = form;
    const { lead, person } = await addPerson(work, leadId, userId, read.person);
    const playbook = await work.playbooks.version(work.db, lead.playbook_version);
    const said = note.of({ text: personAdded(person, lead, await breadthOf(work, lead, playbook)) });
    return { say: said, at: { channelId, threadTs } };
  }),
];

/** Reads the form; every field that can't be used gets a sentence of its own. */
function readPerson(form: Submission, country?: string): { person: NewPerson } | { errors: FieldErrors } {
  const errors: FieldErrors = {};
  const text = (field: string): string | null => textValue(form, field) || null;
  const value = (field: string, read: ReturnType<typeof readTypedEmail> | null): string | null => {
    if (read === null) return null;
    if ('value' in read) return read.value;
    errors[field] = read.complaint;
    return null;
  };
  const [name, email, phone] = [text('name'), text('email'), text('phone')];
  if (name === null) errors['name'] = 'Write who it is.';
  const person = {
    name: name ?? '',
    email: value('email', email === null ? null : readTypedEmail(email)),
    phone: value('phone', phone === null ? null : readTypedPhone(phone, country)),
    title: text('title'),
  };
  return Object.keys(errors).length > 0 ? { errors } : { person };
}
