import type { InputBlock, ModalView } from '@slack/types';
import type { LeadDraft } from '../intake/draft.ts';
import { input, option, plain, truncate } from '../slack/kit.ts';
import { isMember, type Team } from '../team/team.ts';
import { type FormMemory, longest } from './form.ts';

export interface AddForm {
  memory: FormMemory;
  /** The teams the lead may be for; at least one. */
  teams: readonly Team[];
  /** Read from a message; empty for an empty form. */
  found: Partial<LeadDraft>;
  userId: string;
}

/** The one form for a lead that somebody types. */
export function addForm({ memory, teams, found, userId }: AddForm): ModalView {
  return {
    type: 'modal',
    callback_id: 'add_lead',
    private_metadata: JSON.stringify(memory),
    title: plain(memory.origin === undefined ? 'Add a lead' : 'Track as lead', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...(teams.length > 1 ? [teamField(teams)] : []),
      field('name', 'Name', found.name),
      field('email', 'Mail address', found.email, { hint: 'Mail or phone: give at least one.' }),
      field('phone', 'Phone number', found.phone, { hint: 'With the country code: +49 30 901820' }),
      field('account', 'Company', found.account),
      field('title', 'Job title', found.title),
      field('source', 'Where do they come from?', found.source, {
        placeholder: 'Trade fair in Berlin, referral by Grace, …',
      }),
      input(
        'message',
        'What do they want?',
        {
          type: 'plain_text_input',
          multiline: true,
          max_length: longest.message,
          ...initial(found.message, longest.message),
        },
        { optional: true },
      ),
      ...(teams.some((team) => mayTake(team, userId)) ? [ownerField(teams)] : []),
    ],
  };
}

/** Whether somebody may keep a lead that they add: where a rep takes the turn, the turn decides. */
export function mayTake(team: Team, userId: string): boolean {
  return team.mode === 'claim' && isMember(team, userId);
}

function field(
  id: string,
  label: string,
  value: string | null | undefined,
  more: { hint?: string; placeholder?: string } = {},
): InputBlock {
  const { hint, placeholder } = more;
  return input(
    id,
    label,
    {
      type: 'plain_text_input',
      max_length: longest.line,
      ...initial(value, longest.line),
      ...(placeholder !== undefined && { placeholder: plain(placeholder, 150) }),
    },
    { optional: true, ...(hint !== undefined && { hint }) },
  );
}

/** Slack refuses a form that is filled with more than may be typed. */
function initial(value: string | null | undefined, length: number): { initial_value?: string } {
  return value ? { initial_value: truncate(value, length) } : {};
}

function teamField(teams: readonly Team[]): InputBlock {
  return input('team', 'For which team?', {
    type: 'static_select',
    options: teams.slice(0, 100).map((team) => option(team.name, String(team.id))),
  });
}

function ownerField(teams: readonly Team[]): InputBlock {
  const options = [
    {
      ...option('The team', 'team'),
      description: plain(teams.length > 1 ? 'As the team’s routing says' : 'Whoever claims it first'),
    },
    { ...option('Me', 'me'), description: plain('You make the first touch') },
  ];
  return input('owner', 'Who gets it?', { type: 'radio_buttons', options, initial_option: options[0] });
}
