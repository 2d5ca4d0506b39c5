import type { InputBlock, ModalView, SectionBlock } from '@slack/types';
import type { LeadRow, PersonRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { button, context, input, line, option, overflow, plain, section, truncate } from '../slack/kit.ts';
import { type Breadth, breadthText } from './breadth.ts';

/** The most that a field takes. */
const longestField = 150;

/** A modal takes a hundred blocks. */
const mostPeople = 80;

/**
 * @param breadth how many are tried there; undefined where nobody knows the account
 * @param people who was added already, those removed again included
 */
export function personForm(
  lead: LeadRow,
  metadata: string,
  breadth: Breadth | undefined,
  people: readonly PersonRow[],
): ModalView {
  return {
    type: 'modal',
    callback_id: 'add_person',
    private_metadata: metadata,
    title: plain('Add a person', 24),
    submit: plain('Add', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`Who else could help you at the account of ${leadTitle(lead)}?`),
      ...(breadth === undefined ? [] : [context(breadthText(breadth, lead))]),
      ...fieldsFor(),
      ...(people.length === 0 ? [] : [{ type: 'divider' as const }, section('*Added so far*')]),
      ...people.slice(-mostPeople).map(personRow),
    ],
  };
}

/** Somebody who was added, to be corrected. */
export function correctForm(lead: LeadRow, metadata: string, person: PersonRow): ModalView {
  return {
    type: 'modal',
    callback_id: 'correct_person',
    private_metadata: metadata,
    title: plain('Edit a person', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [section(`Who is it at the account of ${leadTitle(lead)}?`), ...fieldsFor(person)],
  };
}

export type PersonField = 'name' | 'email' | 'phone' | 'title';

/** Slack keeps what stands in a field with the same name when a form is shown in the place of another. */
export function fieldId(field: PersonField, personId?: number): string {
  return personId === undefined ? field : `${field}:${personId}`;
}

function fieldsFor(person?: PersonRow): InputBlock[] {
  const id = (name: PersonField): string => fieldId(name, person?.id);
  return [
    field(id('name'), 'Name', person?.name, { optional: false }),
    field(id('email'), 'Mail address', person?.email),
    field(id('phone'), 'Phone number', person?.phone, { hint: 'With the country code: +49 30 901820' }),
    field(id('title'), 'Job title', person?.title),
  ];
}

function field(
  id: string,
  label: string,
  value: string | null = null,
  more: { hint?: string; optional?: boolean } = {},
): InputBlock {
  const element = {
    type: 'plain_text_input' as const,
    max_length: longestField,
    ...(value !== null && { initial_value: truncate(value, longestField) }),
  };
  return input(id, label, element, { optional: true, ...more });
}

function personRow({ id, name, email, phone, title, removed_at: removed }: PersonRow): SectionBlock {
  const value = String(id);
  const who = line(name ?? '', 80);
  if (removed !== null)
    return section(
      `:wastebasket: ${who} is removed. What was done with them stays in the story.`,
      button('Put back', 'person_back', { value, label: `Put ${name ?? 'them'} back` }),
    );
  const work = title === null ? '' : `, ${line(title, 80)}`;
  const reached = [email, phone].flatMap((each) => (each === null ? [] : [line(each, longestField)]));
  return section(
    [`*${who}*${work}`, ...(reached.length === 0 ? [] : [reached.join(' · ')])].join('\n'),
    overflow(`person:${value}`, [option('Edit…', 'edit'), option('Remove', 'remove')]),
  );
}

/** What the rep hears, for mrkdwn. */
export function personAdded(person: PersonRow, lead: LeadRow, breadth: Breadth | undefined): string {
  const tried = breadth === undefined ? '' : ` ${breadthText(breadth, lead)}.`;
  return `:bust_in_silhouette: *${line(person.name ?? '', 80)}* is added to ${leadTitle(lead)}. Log what you do with them with *Log…*.${tried}`;
}

export function personCorrected(person: PersonRow, lead: LeadRow): string {
  return `:bust_in_silhouette: *${line(person.name ?? '', 80)}* at the account of ${leadTitle(lead)} is saved.`;
}
