import type { InputBlock, ModalView } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import { answersFor } from '../playbook/answers.ts';
import type { Answer, Playbook } from '../playbook/schema.ts';
import { actions, button, context, inSentence, input, option, plain, section, select } from '../slack/kit.ts';
import { contactLine } from '../touch/blocks.ts';
import { answerText, longestText } from '../template/answer-text.ts';
import { signatureHint } from '../template/blocks.ts';
import { mailText, originalText } from '../template/links.ts';
import { type Field, fieldsInOrder, longest, releaseLabel, shownIn } from './complete.ts';
import { type ListPlace, placed } from './list.ts';

const fieldLabels: Record<Field, { label: string; hint?: string }> = {
  name: { label: 'Name' },
  email: { label: 'Mail address' },
  phone: { label: 'Phone number', hint: 'With the country code: +49 30 901820' },
  account: { label: 'Company' },
  title: { label: 'Job title' },
  message: { label: 'What they want' },
};

/** What is missing comes first; everything is filled in as far as it is known. @param place where in a list it was clicked */
export function completeModal(lead: LeadRow, playbook: Playbook, place?: ListPlace): ModalView {
  const { missing, others } = fieldsInOrder(lead, playbook);
  const isQualified = playbook.ranks[lead.rank]?.qualifyFirst === true;
  const say = option(releaseLabel, 'yes');
  return {
    type: 'modal',
    callback_id: 'held_complete',
    private_metadata: placed(lead.id, place),
    title: plain('Complete this lead', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(leadTitle(lead)),
      ...wayBack(place),
      ...missing.map((field) => fieldInput(lead, field, `Missing: rank ${lead.rank} needs it.`)),
      ...others.map((field) => fieldInput(lead, field)),
      isQualified
        ? input(
            'release',
            'When it is complete',
            { type: 'checkboxes', options: [say] },
            { optional: true, hint: 'Without it, what you typed is saved and the lead waits on.' },
          )
        : context('Once nothing is missing, it goes to the reps by itself.'),
    ],
  };
}

/** The form stands in the list's place. */
function wayBack(place: ListPlace | undefined): ModalView['blocks'] {
  if (place === undefined) return [];
  return [
    actions([button('Back to the list', 'list_page:back', { value: `${place.importId}:${place.offset}` })]),
  ];
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

interface TurningDown {
  /** Where in a list it was clicked. */
  place?: ListPlace | undefined;
  /** How whoever turns it down signs. */
  signature?: string | null;
}

/** @param chosen the reason; before one is chosen there is nothing to say */
export function turnDownModal(
  lead: LeadRow,
  playbook: Playbook,
  chosen?: Answer,
  { place, signature = null }: TurningDown = {},
): ModalView {
  const value = placed(lead.id, place);
  return {
    type: 'modal',
    callback_id: 'held_turn_down',
    private_metadata: value,
    title: plain(chosen ? closeLabel(chosen, 'Turn down politely') : 'Turn down', 24),
    submit: plain(chosen ? closeLabel(chosen) : 'Turn down', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`${leadTitle(lead)}\n${contactLine(lead)}`.trim()),
      ...wayBack(place),
      reasonInput('turn_down_reason', 'Why is this no lead for us?', playbook, value, chosen),
      ...(chosen
        ? answerBlocks(lead, chosen, signature)
        : [context('Choose a reason, and the words for the prospect appear here.')]),
    ],
  };
}

/** Says nothing of politeness where nobody is told anything: `Close as spam`. */
export function closeLabel({ label, text }: Answer, polite = 'Turn down'): string {
  if (text !== undefined) return polite;
  const close = `Close as ${inSentence(label)}`;
  return close.length <= 24 ? close : 'Close without an answer';
}

/** @param value what each option begins with: the reason stands behind it */
export function reasonInput(
  id: string,
  question: string,
  playbook: Playbook,
  value: string,
  chosen?: Answer,
): InputBlock {
  const options = answersFor(playbook, 'rejected').map((answer) =>
    option(answer.label, `${answer.id}:${value}`),
  );
  const initial = chosen && options.find((entry) => entry.value === `${chosen.id}:${value}`);
  const { placeholder, type } = select('Choose a reason', '', options);
  const element = { type, placeholder, options, ...(initial && { initial_option: initial }) };
  return { ...input(id, question, element), dispatch_action: true };
}

function answerBlocks(lead: LeadRow, answer: Answer, signature: string | null): ModalView['blocks'] {
  const text = answerText(answer, lead, signature);
  if (text === undefined) return [context('Nobody needs an answer to this. It is closed without one.')];
  const written = input(
    answerBlock(answer),
    'What to tell them',
    { type: 'plain_text_input', multiline: true, max_length: longestText, initial_value: text },
    {
      hint: 'Change what you like. With “Not yet” below, you get a mail link with your own words when you turn them down.',
    },
  );
  const sent = input('sent', 'Was it sent?', {
    type: 'radio_buttons',
    options: [option('Yes, it is sent', 'yes'), option('Not yet', 'no')],
  });
  const link = mailText(lead, text, originalText);
  return [written, section(link), ...signatureHint([{ text }]), sent];
}
