import type { ActionsBlock, InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { RoutingMode } from '../db/schema.ts';
import type { Rendered } from '../outbox/message.ts';
import type { Playbook } from '../playbook/schema.ts';
import { actions, button, context, input, line, option, plain, section, user } from '../slack/kit.ts';
import type { Team } from './team.ts';
import { zoneGroups } from './zones.ts';

/** What the app says when it is invited to a channel. */
export function greeting(): Rendered {
  const text = 'Hello. I make sure that every lead posted here is followed up until the sixth touch.';
  return {
    text: `${text} Set up this channel to start.`,
    blocks: [
      section(
        `:wave: ${text}\nTell me who works the leads, who manages, and where marketing reads along. It takes a minute; after that, every post here that is a lead becomes a card with buttons.`,
      ),
      actions([button('Set up this channel', 'team_setup', { style: 'primary' })]),
      context('Posts that are no leads stay untouched. You can change everything later with `/leads setup`.'),
    ],
  };
}

/** How a new lead gets its rep, in the words of the form and of the note about a change. */
export const modes = {
  claim: { label: 'Reps claim leads', hint: 'The first click has it', said: 'reps claim new leads' },
  round_robin: {
    label: 'Round robin',
    hint: 'Each new lead goes to the next rep in the roster',
    said: 'new leads go round robin',
  },
  least_loaded: {
    label: 'Least loaded',
    hint: 'Each new lead goes to the rep with the fewest open leads',
    said: 'new leads go to the rep with the fewest open leads',
  },
} as const satisfies Record<RoutingMode, { label: string; hint: string; said: string }>;

/** Undefined for what is no mode: forms of other versions of the app. */
export function modeOf(value: string): RoutingMode | undefined {
  return (Object.keys(modes) as RoutingMode[]).find((mode) => mode === value);
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Mon Tue Fri`. @param days ISO weekdays, Monday is 1 */
export function dayList(days: readonly number[]): string {
  return days.map((day) => dayNames[day - 1]?.slice(0, 3)).join(' ');
}

/** The weekdays to choose from, by their ISO number. */
export function dayOptions(): PlainTextOption[] {
  return dayNames.map((name, index) => option(name, String(index + 1)));
}

/** A team that a person is in, and the channel its leads arrive in. */
export interface TeamElsewhere {
  name: string;
  channelId: string;
}

/**
 * The setup form, filled with what the team has or with the playbook's defaults.
 * @param asker stands in as the first manager of a new team, and of one whose managers are gone
 * @param elsewhere the asker's own teams: a new one may be a mistake
 */
export function setupModal(
  channelId: string,
  team: Team | undefined,
  defaults: Playbook['working'],
  asker: string,
  elsewhere: readonly TeamElsewhere[] = [],
): ModalView {
  const days = dayOptions();
  const chosenDays = team?.workingDays ?? defaults.days;
  const modeOptions = Object.entries(modes).map(([value, { label, hint }]) => ({
    ...option(label, value),
    description: plain(hint),
  }));
  // Slack takes no empty list; where every manager is gone, the asker is the next.
  const managers = team && team.managers.length > 0 ? team.managers : [asker];
  const zones = zoneGroups();
  const zone = team?.calendar.zone;
  const zoneOption = zones.flatMap((group) => group.options).find((entry) => entry.value === zone);
  return {
    type: 'modal',
    callback_id: 'team_setup',
    private_metadata: channelId,
    title: plain('Set up this channel', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(team ? `Setup of <#${channelId}>` : newTeamText(channelId, elsewhere)),
      ...(team ? [moreSettings(team)] : []),
      input('name', 'Team name', {
        type: 'plain_text_input',
        max_length: 60,
        initial_value: team?.name ?? 'Sales',
      }),
      input(
        'reps',
        'Reps',
        {
          type: 'multi_users_select',
          placeholder: plain('Who works the leads?'),
          ...(team && team.reps.length > 0 && { initial_users: team.reps }),
        },
        { hint: 'Round robin goes in this order.' },
      ),
      input(
        'managers',
        'Managers',
        { type: 'multi_users_select', initial_users: managers },
        { hint: 'They see the standup, change this setup, and hear of problems.' },
      ),
      input(
        'marketing',
        'Marketing channel',
        {
          type: 'conversations_select',
          placeholder: plain('Where marketing reads along'),
          filter: {
            include: ['public', 'private'],
            exclude_bot_users: true,
            exclude_external_shared_channels: true,
          },
          ...(team && { initial_conversation: team.marketingChannelId }),
        },
        { hint: 'The weekly digest goes here: why leads were bad, which source works.' },
      ),
      input('mode', 'Who gets a new lead?', {
        type: 'radio_buttons',
        options: modeOptions,
        initial_option: modeOptions.find((entry) => entry.value === team?.mode) ?? modeOptions[0],
      }),
      input('zone', 'Time zone', {
        type: 'static_select',
        placeholder: plain('The team’s time zone'),
        option_groups: zones,
        ...(zoneOption && { initial_option: zoneOption }),
      }),
      input('days', 'Working days', {
        type: 'checkboxes',
        options: days,
        initial_options: days.filter((day) => chosenDays.includes(Number(day.value))),
      }),
      input('start', 'The day starts', {
        type: 'timepicker',
        initial_time: team?.dayStart ?? defaults.start,
      }),
      input(
        'end',
        'The day ends',
        { type: 'timepicker', initial_time: team?.dayEnd ?? defaults.end },
        { hint: 'Nobody is nudged outside these hours, and all deadlines count in them.' },
      ),
      regionInput(team?.region ?? null, 'Public holidays are no working days: DE, or with its state DE-BY.'),
    ],
  };
}

/** The way to the other forms of the team. */
function moreSettings(team: Team): ActionsBlock {
  const value = String(team.id);
  return actions(
    [
      button('Reps…', 'rep_list', { value }),
      button('Routing…', 'routing', { value }),
      button('Sources…', 'sources', { value }),
    ],
    'sources',
  );
}

/** A text, because a menu takes 100 options and the world has more regions. */
export function regionInput(region: string | null, hint: string): InputBlock {
  const element = { type: 'plain_text_input', max_length: 20 } as const;
  const filled = region === null ? element : { ...element, initial_value: region };
  return input('region', 'Public holidays of', filled, { hint, optional: true });
}

function newTeamText(channelId: string, elsewhere: readonly TeamElsewhere[]): string {
  const text = `<#${channelId}> has no team yet. Leads posted there will get cards.`;
  if (elsewhere.length === 0) return text;
  const teams = elsewhere.slice(0, 5).map((team) => `${line(team.name, 60)} (<#${team.channelId}>)`);
  const own = teams.length === 1 ? 'Your team is' : 'Your teams are';
  return `${text}\n${own} ${teams.join(', ')}; to change it, type \`/leads setup\` there.`;
}

/** What everybody in the channel reads once the team is set up. */
export function setupDone(team: Team, by: string): Rendered {
  const { label } = modes[team.mode];
  const first = 'This channel is set up.';
  const reps = team.reps.map(user).join(', ');
  return {
    text: `${first} ${label}.`,
    blocks: [
      section(
        `:white_check_mark: *${first}* ${label}: ${reps}. Managers: ${team.managers.map(user).join(', ')}. The weekly digest goes to <#${team.marketingChannelId}>.`,
      ),
      context(
        `${team.dayStart} to ${team.dayEnd}, ${dayList(team.workingDays)}, ${team.calendar.zone} · set up by ${user(by)} · try it: post \`New lead: Ada Lovelace, ada@analytical.example, Analytical Engines, demo request\``,
      ),
    ],
  };
}

/** What everybody in the channel reads after a change. @param changes from `setupChanges`, at least one */
export function setupChanged(by: string, changes: readonly string[]): string {
  return `${user(by)} changed the setup: ${changes.join(', ')}.`;
}

/** The marketing channel's first message: it shows at once whether the app can post there. */
export function marketingHello(team: Team): Rendered {
  const text = `From now on the weekly lead digest of ${line(team.name)} comes here: why leads were bad, which source works, what became of them.`;
  return {
    text,
    blocks: [section(`:bar_chart: ${text} Ask for it any time with \`/leads digest\`.`)],
  };
}
