import type { InputBlock, ModalView } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import type { Answer, Playbook } from '../playbook/schema.ts';
import { context, escape, input, option, plain, section, select } from '../slack/kit.ts';
import { contactLine } from '../touch/blocks.ts';
import { answerText, longestText, mailtoLink } from './answer-text.ts';
import { type Field, fieldsInOrder, longest, shownIn } from './complete.ts';

const fieldLabels: Record<Field, { label: string; hint?: string }> = {
  name: { label: 'Name' },
  email: { label: 'Mail address' },
  phone: { label: 'Phone number', hint: 'With the country code: +49 30 901820' },
  account: { label: 'Company' },
  title: { label: 'Job title' },
  message: { label: 'What they want' },
};

/** What is missing comes first; everything is filled in as far as it is known. */
export function completeModal(lead: LeadRow, playbook: Playbook): ModalView {
  const { missing, others } = fieldsInOrder(lead, playbook);
  const isQualified = playbook.ranks[lead.rank]?.qualifyFirst === true;
  const say = option('Release it right away', 'yes');
  return {
    type: 'modal',
    callback_id: 'held_complete',
    private_metadata: String(lead.id),
    title: plain('Complete this lead', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(leadTitle(lead)),
      ...missing.map((field) => fieldInput(lead, field, `Missing: rank ${lead.rank} needs it.`)),
      ...others.map((field) => fieldInput(lead, field)),
      isQualified
        ? input(
            'release',
            'When it is complete',
            { type: 'checkboxes', options: [say], initial_options: [say] },
            { optional: true },
          )
        : context('Once nothing is missing, it goes to the reps by itself.'),
    ],
  };
}

function fieldInput(lead: LeadRow, field: Field, why?: string): InputBlock {
  const { label, hint } = fieldLabels[field];
  const shown = shownIn(lead, field);
  return input(
    field,
    label,
    {
      type: 'plain_text_input',
      max_length: longest[field],
      ...(field === 'message' && { multiline: true }),
      ...(shown !== '' && { initial_value: shown }),
    },
    { optional: true, hint: [why, hint].filter(Boolean).join(' ') || undefined },
  );
}

/** The text's block changes its name with the reason: Slack would keep what stood in a block of the same name. */
export function answerBlock(answer: Answer): string {
  return `answer:${answer.id}`;
}

/** @param chosen the reason; before one is chosen there is nothing to say */
export function turnDownModal(lead: LeadRow, playbook: Playbook, chosen?: Answer): ModalView {
  const options = playbook.answers.map((answer) => option(answer.label, `${lead.id}:${answer.id}`));
  const initial = chosen && options.find(({ value }) => value === `${lead.id}:${chosen.id}`);
  const { placeholder, type } = select('Choose a reason', '', options);
  const reason = input('turn_down_reason', 'Why is this no lead for us?', {
    type,
    placeholder,
    options,
    ...(initial && { initial_option: initial }),
  });
  return {
    type: 'modal',
    callback_id: 'held_turn_down',
    private_metadata: String(lead.id),
    title: plain('Turn down politely', 24),
    submit: plain('Turn down', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`${leadTitle(lead)}\n${contactLine(lead)}`.trim()),
      { ...reason, dispatch_action: true },
      ...(chosen
        ? answerBlocks(lead, chosen)
        : [context('Choose a reason, and the words for the prospect appear here.')]),
    ],
  };
}

function answerBlocks(lead: LeadRow, answer: Answer): ModalView['blocks'] {
  const text = answerText(answer, lead);
  if (text === undefined) return [context('Nobody needs an answer to this. It is closed without one.')];
  const written = input(
    answerBlock(answer),
    'What to tell them',
    { type: 'plain_text_input', multiline: true, max_length: longestText, initial_value: text },
    { hint: 'Change what you like. What stands here when you turn them down is kept as what you wrote.' },
  );
  const sent = input('sent', 'Was it sent?', {
    type: 'radio_buttons',
    options: [option('Yes, it is sent', 'yes'), option('Not yet', 'no')],
  });
  return [written, section(sendText(lead, text)), sent];
}

function sendText({ email }: LeadRow, text: string): string {
  if (email === null) return 'No mail address is known: call them, or write on another channel.';
  const { url, hasText } = mailtoLink(email, text);
  const how = hasText ? 'with this text; change it there' : 'and paste the text';
  return `:email: <${escape(url)}|Open in your mail program> ${how}.`;
}
