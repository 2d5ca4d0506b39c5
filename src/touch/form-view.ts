import type { ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { dateText } from '../calendar/date-text.ts';
import type { LeadRow, PersonRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Playbook } from '../playbook/schema.ts';
import { input, line, option, plain, section, truncate } from '../slack/kit.ts';
import { channelNames } from '../template/blocks.ts';
import { ownWords } from '../template/memory.ts';
import { type Channel, channelOf, messageOrder } from '../template/next-step.ts';
import { isTouchKind, kindGroups, touchKinds } from './kinds.ts';

/** What an open form remembers. */
export const touchFormMemory = z.object({
  leadId: z.number(),
  /** The touch that is edited. */
  touchId: z.number().optional(),
  /** The time the form was opened with, Unix seconds: one that nobody changed is no claim about the minute. */
  openedAt: z.number(),
  /** Where the form was opened; nowhere in App Home. */
  channelId: z.string().optional(),
  threadTs: z.string().optional(),
  /** The repeat that was warned about: person and message. */
  warned: z.string().optional(),
});
export type TouchFormMemory = z.infer<typeof touchFormMemory>;

/** What stands in the fields; `person` is the lead's own where it is empty. */
export interface TouchFields {
  kind: string;
  person: string;
  message: string;
  note: string;
  /** UTC milliseconds. */
  at: number;
}

/** The lead's own person, in the field. */
export const leadsPerson = 'lead';
/** No message at all, in the field. */
export const noMessage = '-';

export interface TouchFormView {
  memory: TouchFormMemory;
  fields: TouchFields;
  lead: LeadRow;
  people: readonly PersonRow[];
  playbook: Playbook;
  /** Which messages were used with whom at this lead, oldest first; the names are not escaped. */
  used: readonly { message: string; name: string; at: number }[];
  zone: string;
  now: number;
  /** That the message was used before, for mrkdwn. */
  warning?: string;
}

/** The form for one touch: what one click can't say. */
export function touchForm(view: TouchFormView): ModalView {
  const { memory, fields, lead, people, warning } = view;
  const isNew = memory.touchId === undefined;
  return {
    type: 'modal',
    callback_id: 'touch_form',
    private_metadata: JSON.stringify(memory),
    title: plain(isNew ? 'Log a touch' : 'Edit this touch', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`${isNew ? 'What did you do for' : 'A touch of'} ${leadTitle(lead)}${isNew ? '?' : ''}`),
      input('kind', 'What happened?', kindSelect(fields.kind)),
      ...(people.length === 0
        ? []
        : [input('person', 'With whom?', chosen(peopleOptions(lead, people), fields.person))]),
      ...(warning === undefined ? [] : [section(`:warning: ${warning}`)]),
      input('message', 'Message used', messageSelect(view), {
        hint: 'What was used with this person is not suggested again.',
      }),
      input(
        'note',
        'Note',
        {
          type: 'plain_text_input',
          multiline: true,
          max_length: 1000,
          ...(fields.note !== '' && { initial_value: truncate(fields.note, 1000) }),
        },
        { optional: true },
      ),
      input('at', 'When?', { type: 'datetimepicker', initial_date_time: Math.floor(fields.at / 1000) }),
    ],
  };
}

function kindSelect(kind: string) {
  const groups = kindGroups.map(({ label, kinds }) => ({
    label: plain(label),
    options: kinds.map((one) => option(upperFirst(touchKinds[one].done), one)),
  }));
  const initial = groups.flatMap(({ options }) => options).find(({ value }) => value === kind);
  return {
    type: 'static_select' as const,
    placeholder: plain('Choose what you did'),
    option_groups: groups,
    ...(initial && { initial_option: initial }),
  };
}

function chosen(options: PlainTextOption[], value: string) {
  const initial = options.find((one) => one.value === value) ?? options[0];
  return { type: 'static_select' as const, options, ...(initial && { initial_option: initial }) };
}

/** A menu takes a hundred choices. */
const mostOptions = 98;

function peopleOptions(lead: LeadRow, people: readonly PersonRow[]): PlainTextOption[] {
  const named = people.slice(-mostOptions).map((person) => option(personName(person), String(person.id)));
  return [option(shown(leadName(lead)), leadsPerson), ...named];
}

/** The messages by what they are made for, those of the touch's own channel first. */
function messageSelect(view: TouchFormView) {
  const { fields, lead, playbook } = view;
  const keys = messageOrder(lead.rank, playbook).slice(0, mostOptions);
  const own = isTouchKind(fields.kind) ? touchKinds[fields.kind].channel : undefined;
  const channels = (Object.keys(channelNames) as Channel[]).sort(
    (a, b) => Number(b === own) - Number(a === own),
  );
  const groupOf = (label: string, channel: Channel | undefined) => ({
    label: plain(label),
    options: keys
      .filter((key) => channelOf(key, lead.rank, playbook) === channel)
      .map((key) => messageOption(key, view)),
  });
  const any = {
    label: plain('Any channel'),
    options: [option('None', noMessage), option('My own words', ownWords)],
  };
  const made = [
    ...channels.map((channel) => groupOf(`For: ${channelNames[channel]}`, channel)),
    groupOf('For anything', undefined),
  ];
  const groups = [any, ...made.filter(({ options }) => options.length > 0)];
  const all = groups.flatMap(({ options }) => options);
  const initial = all.find(({ value }) => value === fields.message) ?? all[0];
  return {
    type: 'static_select' as const,
    option_groups: groups,
    ...(initial && { initial_option: initial }),
  };
}

function messageOption(key: string, { playbook, used, zone, now }: TouchFormView): PlainTextOption {
  const said = used
    .filter(({ message }) => message === key)
    .map(({ name, at }) => `${line(name, 30)} on ${dateText(zone, at, now)}`);
  const marked = said.length === 0 ? {} : { description: plain(`Used with ${said.slice(-2).join(', ')}`) };
  return { ...option(playbook.messages[key]?.label ?? key, key), ...marked };
}

/** What people call somebody at the account; not escaped. */
export function personName(person: Pick<PersonRow, 'id' | 'name' | 'email' | 'phone'>): string {
  return shown(person.name ?? person.email ?? person.phone ?? '');
}

function shown(text: string): string {
  const trimmed = text.replace(/\s+/g, ' ').trim();
  return trimmed === '' ? 'No name' : trimmed.toWellFormed();
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function repeatKey(person: string, message: string): string {
  return `${person}:${message}`;
}

/** That a message was used with this person before, and what to do; for mrkdwn. */
export function repeatWarning(told: {
  who: string;
  label: string;
  isCall: boolean;
  name: string;
  on: string;
}): string {
  const { who, label, isCall, name, on } = told;
  const did = isCall
    ? `used “${line(label)}” with ${line(name, 80)}`
    : `sent “${line(label)}” to ${line(name, 80)}`;
  return `${who} ${did} on ${on}. Choose another message, or save once more to log it anyway.`;
}
