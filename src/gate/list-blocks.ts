import type { ModalView } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { savedReasons } from '../intake/gate.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Answer, Playbook } from '../playbook/schema.ts';
import { actions, button, context, escape, input, line, option, plain, section } from '../slack/kit.ts';
import { contactLine } from '../touch/blocks.ts';
import { closeLabel, reasonInput } from './blocks.ts';
import { type HeldListView, type ListPlace, pageSize, placed } from './list.ts';
import { counted, numberOf } from './numbers.ts';

/** The held leads of a list, ten at a time. @param notice what the last click did, for mrkdwn */
export function listModal(view: HeldListView, notice?: string): ModalView {
  const { fileName, left, leads, offset } = view;
  const shown =
    left > pageSize ? ` These are ${numberOf(offset + 1)} to ${numberOf(offset + leads.length)}.` : '';
  const waits = left === 0 ? 'No lead waits any more.' : `${waiting(left)}.${shown}`;
  return {
    type: 'modal',
    callback_id: 'held_list',
    title: plain('Held leads', 24),
    close: plain('Close', 24),
    blocks: [
      ...(notice === undefined ? [] : [section(notice)]),
      section(`*${line(fileName, 100)}*: ${waits}`),
      ...leads.flatMap((lead) => leadBlocks(lead, view)),
      ...paging(view),
    ],
  };
}

function waiting(left: number): string {
  return `${counted(left, 'lead')} ${left === 1 ? 'waits' : 'wait'}`;
}

function leadBlocks(lead: LeadRow, place: ListPlace): ModalView['blocks'] {
  const value = placed(lead.id, place);
  const name = leadName(lead);
  const why = savedReasons(lead.held_reasons).map(escape).join(' ');
  const facts = `*${lead.rank}* · ${line(lead.rank_reason, 100)} · ${why}`;
  return [
    section(`${leadTitle(lead)}\n${contactLine(lead)}\n${facts}`),
    actions([
      button('Release', 'list_release', { value, label: `Release the lead ${name} to the reps` }),
      button('Complete…', 'list_complete', { value, label: `Complete what is known of the lead ${name}` }),
      button('Turn down…', 'list_turn_down', { value, label: `Turn down the lead ${name} politely` }),
    ]),
  ];
}

function paging({ importId, offset, left }: HeldListView): ModalView['blocks'] {
  const to = (text: string, way: string, at: number): ReturnType<typeof button> =>
    button(text, `list_page:${way}`, { value: `${importId}:${at}` });
  const buttons = [
    ...(offset > 0 ? [to('Earlier', 'earlier', offset - pageSize)] : []),
    ...(offset + pageSize < left ? [to('Later', 'later', offset + pageSize)] : []),
  ];
  return buttons.length === 0 ? [] : [actions(buttons)];
}

export interface RestForm {
  importId: number;
  fileName: string;
  /** How many would be turned down. */
  left: number;
  /** Whether there are others now than when the form was opened. */
  changed?: boolean;
}

/** @param chosen the reason; before one is chosen it is not asked whether they were told */
export function turnDownRestModal(form: RestForm, playbook: Playbook, chosen?: Answer): ModalView {
  const { importId, left, changed = false } = form;
  const value = `${importId}:${left}`;
  const leads = counted(left, 'lead');
  return {
    type: 'modal',
    callback_id: 'held_rest',
    private_metadata: value,
    title: plain(chosen ? closeLabel(chosen) : 'Turn down all', 24),
    submit: plain(chosen ? closeLabel(chosen) : 'Turn down', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...(changed ? [section(':warning: The list has changed meanwhile. Nothing was turned down yet.')] : []),
      section(
        `*${line(form.fileName, 100)}*: ${leads} ${left === 1 ? 'waits and is' : 'wait and are all'} turned down. No rep sees them, and this can't be taken back.`,
      ),
      reasonInput('rest_reason', 'Why are these no leads for us?', playbook, value, chosen),
      ...toldBlocks(chosen),
    ],
  };
}

function toldBlocks(chosen: Answer | undefined): ModalView['blocks'] {
  if (!chosen) return [context('Choose a reason first.')];
  if (chosen.text === undefined)
    return [context('Nobody needs an answer to this. They are closed without one.')];
  return [
    input(
      'answered',
      'Were they told?',
      {
        type: 'radio_buttons',
        options: [option('Yes, all of them', 'yes'), option('No', 'no')],
      },
      { hint: 'If not, the digest counts them as closed without an answer.' },
    ),
  ];
}
