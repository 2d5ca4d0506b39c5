import type { InputBlock, ModalView } from '@slack/types';
import type { LeadRow, PersonRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { context, input, line, plain, section } from '../slack/kit.ts';
import { type Breadth, breadthText } from './breadth.ts';

/** The most that a field takes. */
const longestField = 150;

/** @param breadth how many are tried there; undefined where nobody knows the account */
export function personForm(lead: LeadRow, metadata: string, breadth: Breadth | undefined): ModalView {
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
      field('name', 'Name', false),
      field('email', 'Mail address', true),
      field('phone', 'Phone number', true, 'With the country code: +49 30 901820'),
      field('title', 'Job title', true),
    ],
  };
}

function field(id: string, label: string, optional: boolean, hint?: string): InputBlock {
  const element = { type: 'plain_text_input' as const, max_length: longestField };
  return input(id, label, element, { optional, ...(hint !== undefined && { hint }) });
}

/** What the rep hears, for mrkdwn. */
export function personAdded(person: PersonRow, lead: LeadRow, breadth: Breadth | undefined): string {
  const tried = breadth === undefined ? '' : ` ${breadthText(breadth, lead)}.`;
  return `:bust_in_silhouette: *${line(person.name ?? '', 80)}* is added to ${leadTitle(lead)}. Log what you do with them with *Log…*.${tried}`;
}
