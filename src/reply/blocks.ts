import type { ModalView } from '@slack/types';
import type { LeadRow } from '../db/schema.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import { choiceValue } from '../resolution/choice.ts';
import { actions, button, context, input, line, option, plain, section, when } from '../slack/kit.ts';
import { type Place, withPlace } from '../slack/place.ts';
import { stepOf } from '../touch/agreed-step.ts';
import { contactLine } from '../touch/blocks.ts';
import { type Said, said as labels } from './said.ts';
import { pickedFrom } from './step-time.ts';

/** What a step's text may hold: it stands in one line of the card. */
export const longestStep = 150;

export interface StepView {
  lead: LeadRow;
  zone: string;
  /** `YYYY-MM-DD`. */
  suggestedDay: string;
  /** What they said, once it is chosen. */
  said?: Said;
  /** Whether they have said something since we last acted. */
  asks: boolean;
  place: Place;
}

/** What they said, what comes next and when; filled in with the step that stands. */
export function stepModal(view: StepView): ModalView {
  const { lead, zone, asks } = view;
  const step = stepOf(lead);
  const picked = step && pickedFrom(zone, step.at);
  return {
    type: 'modal',
    callback_id: 'next_step',
    private_metadata: withPlace(`${lead.id}:${asks ? 'asks' : ''}`, view.place),
    title: plain('Next step', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(`${leadTitle(lead)}\n${contactLine(lead)}`.trim()),
      ...(asks ? saidBlocks(view) : []),
      input(
        'step',
        'What comes next?',
        {
          type: 'plain_text_input',
          max_length: longestStep,
          placeholder: plain('Send the offer, call about the trial…'),
          ...(step && { initial_value: step.text }),
        },
        { hint: 'Until then nothing else is due. A touch on that day does it.' },
      ),
      input('step_date', 'When?', {
        type: 'datepicker',
        initial_date: picked?.date ?? view.suggestedDay,
      }),
      input(
        'step_time',
        'At what time?',
        { type: 'timepicker', ...(picked && !step?.isAllDay && { initial_time: picked.time }) },
        { optional: true, hint: `In ${zone}. Without one: any time that day.` },
      ),
      ...(step ? [actions([clearButton(lead)])] : []),
    ],
  };
}

function saidBlocks({ lead, said }: StepView): ModalView['blocks'] {
  const options = Object.entries(labels).map(([id, label]) => option(label, `${lead.id}:${id}`));
  const initial = options.find(({ value }) => value === `${lead.id}:${said ?? ''}`);
  const element = { type: 'radio_buttons' as const, options, ...(initial && { initial_option: initial }) };
  return [
    { ...input('step_said', 'What did they say?', element), dispatch_action: true },
    ...(said === undefined ? [] : hintBlocks(lead, said)),
  ];
}

/** Where another form fits what they said better. */
function hintBlocks(lead: LeadRow, said: Said): ModalView['blocks'] {
  const close = (label: string, resolution: 'nurture' | 'disqualified') =>
    button(label, `step_close:${resolution}`, { value: choiceValue({ leadId: lead.id, resolution }) });
  if (said === 'wrong_person') {
    const add = button('Add a person…', 'add_person', {
      value: String(lead.id),
      label: `Add the person whom ${leadName(lead)} named`,
    });
    return [context('Whom did they name? Add them here and try them next.'), actions([add])];
  }
  if (said === 'later') {
    return [
      context('In weeks or months? Close it as nurture, and it comes back by itself on that day.'),
      actions([close('Close as nurture…', 'nurture')]),
    ];
  }
  if (said === 'no') {
    return [
      context('Then it is over: close it with a kind answer. For “not now”, it can come back later.'),
      actions([close('Close…', 'disqualified'), close('Close as nurture…', 'nurture')]),
    ];
  }
  return [];
}

function clearButton(lead: LeadRow): ReturnType<typeof button> {
  return button('Take the step back', 'step_clear', {
    value: String(lead.id),
    label: 'There is no next step any more',
  });
}

/** In the form's place, when there is no step any more. */
export function clearedView(lead: LeadRow): ModalView {
  const next =
    lead.replied_at !== null
      ? 'Their reply waits for you again.'
      : lead.next_attempt_at === null
        ? 'All planned attempts are made: close the lead with a result, or keep going.'
        : `The cadence goes on: attempt ${lead.attempts + 1} is due ${when(lead.next_attempt_at)}.`;
  return {
    type: 'modal',
    callback_id: 'step_cleared',
    title: plain('Next step', 24),
    close: plain('Close', 24),
    blocks: [section(`*${line(leadName(lead), 80)}* has no next step any more. ${next}`)],
  };
}
