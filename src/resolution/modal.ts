import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { LeadRow, Resolution } from '../db/schema.ts';
import { verdictText } from '../feedback/blocks.ts';
import { verdictOn } from '../feedback/verdict.ts';
import { leadTitle } from '../lead/lead.ts';
import { closingAnswers } from '../playbook/answers.ts';
import type { Answer, Playbook, Reason } from '../playbook/schema.ts';
import { context, input, option, plain, section, select, when } from '../slack/kit.ts';
import { type Place, withPlace } from '../slack/place.ts';
import { answerText, longestText } from '../template/answer-text.ts';
import { signatureHint } from '../template/blocks.ts';
import { mailText, originalText } from '../template/links.ts';
import { contactLine } from '../touch/blocks.ts';
import { type Choice, choiceValue } from './choice.ts';
import { attemptsLeft, possibleEnds, type Standing } from './gates.ts';
import { needsReason, resolutions } from './kinds.ts';

export interface ClosingView {
  lead: LeadRow;
  playbook: Playbook;
  standing: Standing;
  /** How the rep signs. */
  signature: string | null;
  /** What is chosen so far. */
  choice: Choice;
  place: Place;
  /** The day that nurture suggests, `YYYY-MM-DD`. */
  returnOn: string;
}

/** Answers for the chosen end; the one that fits the reason comes first. */
export function answersOf({ playbook, choice }: Pick<ClosingView, 'playbook' | 'choice'>): Answer[] {
  const { resolution } = choice;
  if (resolution === undefined || resolution === 'qualified') return [];
  return closingAnswers(playbook, resolution, reasonOf(playbook, choice.reason));
}

/** The answer that the form shows: the chosen one, else the first that fits. */
export function answerOf(view: Pick<ClosingView, 'playbook' | 'choice'>): Answer | undefined {
  const answers = answersOf(view);
  return answers.find(({ id }) => id === view.choice.answer) ?? answers[0];
}

export function reasonOf(playbook: Playbook, id: string | undefined): Reason | undefined {
  return playbook.reasons.find((reason) => reason.id === id);
}

/** Blocks whose content depends on a choice carry it in their name: Slack keeps what stood in one of the same name. */
export function answerBlock({ resolution, reason }: Choice): string {
  return `close_answer:${resolution ?? ''}:${reason ?? ''}`;
}

export function wordsBlock(answer: Answer): string {
  return `close_words:${answer.id}`;
}

/** Close a lead: how it ended, why, and whether they know. Each choice brings what belongs to it. */
export function resolveModal(view: ClosingView): ModalView {
  const { lead, choice } = view;
  const keeps = keptBy(view);
  const submit = choice.resolution === undefined ? 'Go on' : keeps ? 'Save for marketing' : 'Close lead';
  return {
    type: 'modal',
    callback_id: 'resolve',
    private_metadata: withPlace(choiceValue(choice), view.place),
    title: plain('Close this lead', 24),
    submit: plain(submit, 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`${leadTitle(lead)}\n${contactLine(lead)}`.trim()),
      endInput(view),
      ...lockedText(view),
      ...(choice.resolution === undefined ? [] : detailBlocks(view, choice.resolution)),
      input(
        'note',
        'Note',
        { type: 'plain_text_input', multiline: true, max_length: 500 },
        {
          optional: true,
          ...(choice.resolution === 'nurture' && { hint: 'You read it again when the lead comes back.' }),
        },
      ),
    ],
  };
}

function endInput({ lead, standing, choice }: ClosingView): InputBlock {
  const options = possibleEnds(standing).map((kind) => ({
    ...option(resolutions[kind].label, choiceValue({ leadId: lead.id, resolution: kind })),
    description: plain(resolutions[kind].hint),
  }));
  return chosenFrom(
    'close_as',
    'How did it end?',
    { type: 'radio_buttons', options },
    choiceValue({ leadId: lead.id, resolution: choice.resolution }),
  );
}

/** What is not offered yet, and what is left to do: `Unresponsive unlocks after attempt 6: 3 to go.` */
function lockedText({ standing }: ClosingView): ModalView['blocks'] {
  const left = attemptsLeft(standing);
  if (left === 0) return [];
  const text = `:lock: Unresponsive unlocks after attempt ${standing.planned}: ${left} to go${nextText(standing)}.`;
  return [context(text)];
}

function nextText({ nextAttemptAt, isPutOff, isLate }: Standing): string {
  if (nextAttemptAt === null) return '';
  if (isLate) return `, the next one since ${when(nextAttemptAt)}`;
  return `, ${isPutOff ? 'the next one put off until' : 'next'} ${when(nextAttemptAt)}`;
}

function detailBlocks(view: ClosingView, resolution: Resolution): ModalView['blocks'] {
  if (resolution === 'qualified') return [context('They want to go on, so they know where they stand.')];
  if (resolution === 'nurture') return [returnInput(view), ...answerBlocks(view)];
  if (!needsReason(resolution)) return answerBlocks(view);
  return [reasonInput(view, resolution), ...reasonBlocks(view)];
}

function returnInput({ returnOn }: ClosingView): InputBlock {
  return input(
    'close_return',
    'When does it come back?',
    { type: 'datepicker', initial_date: returnOn },
    { hint: 'That morning it is open again, with a new cadence.' },
  );
}

const reasonKinds: Record<Reason['kind'], string> = {
  judgement: 'No fit for us',
  factual: 'No lead from the start',
  data: 'Something is missing: the lead stays open',
};

/** What fits the end comes first. A lead that was touched may turn out to be spam all the same: every kind is there. */
const reasonGroups = {
  disqualified: ['judgement', 'factual', 'data'],
  rejected: ['factual', 'judgement', 'data'],
} as const;

function reasonInput(
  { lead, playbook, choice }: ClosingView,
  resolution: keyof typeof reasonGroups,
): InputBlock {
  const value = (reason: string): string => choiceValue({ leadId: lead.id, resolution, reason });
  const groups = reasonGroups[resolution].map((kind) => ({
    label: plain(reasonKinds[kind]),
    options: playbook.reasons
      .filter((reason) => reason.kind === kind)
      .map((reason) => option(reason.label, value(reason.id))),
  }));
  return chosenFrom(
    'close_reason',
    'Why is it no lead for us?',
    {
      type: 'static_select',
      placeholder: plain('Choose a reason', 150),
      option_groups: groups.filter(({ options }) => options.length > 0),
    },
    choice.reason === undefined ? '' : value(choice.reason),
  );
}

/** A field that shows at once what belongs to the choice. */
function chosenFrom(
  id: string,
  label: string,
  element: InputBlock['element'] & {
    options?: PlainTextOption[];
    option_groups?: { options: PlainTextOption[] }[];
  },
  chosen: string,
): InputBlock {
  const options = element.options ?? element.option_groups?.flatMap((group) => group.options);
  const initial = options?.find(({ value }) => value === chosen);
  const field = { ...element, ...(initial && { initial_option: initial }) } as InputBlock['element'];
  return { ...input(id, label, field), dispatch_action: true };
}

function reasonBlocks(view: ClosingView): ModalView['blocks'] {
  const reason = reasonOf(view.playbook, view.choice.reason);
  if (!reason) return [context('Choose a reason, and what belongs to it appears here.')];
  const verdict = verdictOn(reason, view.standing);
  const text = verdictText(verdict, reason, view.standing.verifyFrom);
  if (keptBy(view)) return [section(text)];
  return [...(text === '' ? [] : [section(text)]), ...answerBlocks(view)];
}

/** Whether the chosen reason is saved while the lead stays open. */
function keptBy({ playbook, choice, standing }: ClosingView): boolean {
  if (choice.resolution === undefined || !needsReason(choice.resolution)) return false;
  const reason = reasonOf(playbook, choice.reason);
  const verdict = reason && verdictOn(reason, standing);
  return verdict === 'verify' || verdict === 'ask';
}

function answerBlocks(view: ClosingView): ModalView['blocks'] {
  const { lead, choice } = view;
  const answers = answersOf(view);
  const answer = answerOf(view);
  if (!answer) return [toldInput()];
  const value = (id: string): string => choiceValue({ ...choice, answer: id });
  const options = answers.map(({ id, label }) => option(label, value(id)));
  const { type, placeholder } = select('Choose an answer', '', options);
  const which = chosenFrom(
    answerBlock(choice),
    answer.text === undefined ? 'Closed as' : 'Their answer',
    { type, placeholder, options },
    value(answer.id),
  );
  const text = answerText(answer, lead, view.signature);
  if (text === undefined)
    return [which, context('Nobody needs an answer to this. It is closed without one.')];
  const words = input(
    wordsBlock(answer),
    'What to tell them',
    { type: 'plain_text_input', multiline: true, max_length: longestText, initial_value: text },
    { hint: 'Change what you like. With “Not yet” below, you get a mail link with your own words.' },
  );
  const link = mailText(lead, text, originalText);
  return [which, words, section(link), ...signatureHint([{ text }]), toldInput()];
}

function toldInput(): InputBlock {
  return input(
    'close_told',
    'Do they know?',
    {
      type: 'radio_buttons',
      options: [
        option('Yes, I have sent it', 'sent'),
        option('Yes, I told them by phone or in person', 'spoken'),
        option('Not yet', 'no'),
      ],
    },
    { hint: 'People remember who never wrote back.' },
  );
}
