import type { ModalView } from '@slack/types';
import { input, line, option, plain, section } from '../slack/kit.ts';
import type { Preferences } from './preference.ts';

/** What somebody has chosen, as sentences in mrkdwn. */
export function preferencesText({ nudgeIn, quiet, brief, briefTime, signature }: Preferences): string {
  return [
    `*Nudges* come ${nudgeIn === 'thread' ? 'in the lead’s thread' : 'as a direct message'}`,
    quiet === null ? '*Quiet hours:* none' : `*Quiet hours:* ${quiet.from} to ${quiet.to}`,
    !brief
      ? '*Morning brief:* off'
      : `*Morning brief:* ${briefTime === null ? 'at the start of your working day' : `at ${briefTime}`}`,
    signature === null ? '*You sign* with no name yet' : `*You sign* “${line(signature, 80)}”`,
  ].join('\n');
}

const nudgePlaces = [option('In the lead’s thread', 'thread'), option('As a direct message', 'direct')];
const briefChoices = [option('Yes, on every working day with something to do', 'on'), option('No', 'off')];

export function preferencesModal({ nudgeIn, quiet, brief, briefTime, signature }: Preferences): ModalView {
  const time = (value: string | null | undefined) => ({
    type: 'timepicker' as const,
    placeholder: plain('Choose a time'),
    ...(value != null && { initial_time: value }),
  });
  return {
    type: 'modal',
    callback_id: 'preferences',
    title: plain('My settings', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      input('nudge_in', 'Where do nudges come?', {
        type: 'static_select',
        options: nudgePlaces,
        initial_option: nudgePlaces.find(({ value }) => value === nudgeIn),
      }),
      section('*Quiet hours:* between these times no nudge comes. Your working hours count anyway.'),
      input('quiet_from', 'Quiet from', time(quiet?.from), { optional: true }),
      input('quiet_to', 'Quiet until', time(quiet?.to), { optional: true }),
      input('brief', 'A morning brief: today’s leads in one message?', {
        type: 'static_select',
        options: briefChoices,
        initial_option: briefChoices.find(({ value }) => value === (brief ? 'on' : 'off')),
      }),
      input('brief_time', 'When?', time(briefTime), {
        optional: true,
        hint: 'Left empty, it comes at the start of your working day.',
      }),
      input(
        'signature',
        'How you sign',
        {
          type: 'plain_text_input',
          max_length: 80,
          ...(signature !== null && { initial_value: signature }),
        },
        {
          optional: true,
          hint: 'Your name as it stands in the messages that you copy. For instance: Alice, Acme Ltd',
        },
      ),
    ],
  };
}
