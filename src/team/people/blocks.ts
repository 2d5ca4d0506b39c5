import type { ModalView } from '@slack/types';
import { context, count, escape, fitting, input, option, plain, section, user } from '../../slack/kit.ts';
import { dayList, dayOptions, regionInput } from '../blocks.ts';
import type { RepSettings } from '../reps.ts';
import type { Team } from '../team.ts';
import { zoneGroups } from '../zones.ts';
import type { RepRow } from './store.ts';

/** A rep in the list: what is set, and whether they get leads now. */
export interface ListedRep {
  rep: RepSettings;
  /** "away until Friday"; undefined while they are available. */
  absent: string | undefined;
  row: RepRow | undefined;
}

/** *Reps…*: who is in the roster with which settings, and whose to change. @param saved whose were saved just now */
export function repsModal(team: Team, reps: readonly ListedRep[], saved?: string): ModalView {
  const rows = fitting(reps.slice(0, 80).map((listed) => section(repLine(listed))));
  const rest = reps.length - rows.length;
  return {
    type: 'modal',
    callback_id: 'reps',
    private_metadata: String(team.id),
    title: plain('Reps', 24),
    submit: plain('Next', 24),
    close: plain('Back', 24),
    blocks: [
      ...(saved === undefined
        ? []
        : [context(`:white_check_mark: The settings of ${user(saved)} are saved.`)]),
      input('rep', 'Whose settings?', {
        type: 'users_select',
        placeholder: plain('Choose a rep'),
        ...(team.reps[0] !== undefined && { initial_user: team.reps[0] }),
      }),
      ...rows,
      ...(rest > 0 ? [context(`And ${count(rest, 'more rep')}.`)] : []),
    ],
  };
}

function repLine(listed: ListedRep): string {
  return `${user(listed.rep.userId)} · ${settingsText(listed)}`;
}

/** What is set for a rep, as part of a sentence: `weight 2 · at most 5 open`. */
export function settingsText({ rep, absent, row }: ListedRep): string {
  const parts = [
    ...(rep.weight === 1 ? [] : [`weight ${rep.weight}`]),
    ...(rep.mostOpen === null ? [] : [`at most ${rep.mostOpen} open`]),
    ...(rep.mostNewADay === null ? [] : [`at most ${rep.mostNewADay} new a day`]),
    ...(rep.tags.length === 0 ? [] : [rep.tags.map(escape).join(', ')]),
    ...(row?.zone == null ? [] : [row.zone]),
    ...(row?.working_days == null ? [] : [dayList(JSON.parse(row.working_days) as number[])]),
    ...(row?.day_start == null ? [] : [`from ${row.day_start}`]),
    ...(row?.day_end == null ? [] : [`to ${row.day_end}`]),
    ...(row?.region == null ? [] : [`holidays of ${row.region}`]),
    ...(absent === undefined
      ? []
      : [`${absent.startsWith('deactivated') ? ':bust_in_silhouette:' : ':palm_tree:'} ${absent}`]),
  ];
  return parts.length === 0 ? 'the team’s settings' : parts.join(' · ');
}

/** The menu's word for "as the team has it". */
export const asTeam = 'team';

/** One rep's own settings; what is left empty is as the team has it. @param tags that the playbook's rules ask for */
export function repModal(
  team: Team,
  rep: RepSettings,
  row: RepRow | undefined,
  tags: readonly string[],
): ModalView {
  const weights = Array.from({ length: 10 }, (_, index) => option(String(index + 1), String(index + 1)));
  const days = dayOptions();
  const ownDays = row?.working_days == null ? [] : (JSON.parse(row.working_days) as number[]);
  const teamZone = option(`As the team: ${team.calendar.zone}`, asTeam);
  const zones = [{ label: plain('The team’s'), options: [teamZone] }, ...zoneGroups()];
  const ownZone = zones.flatMap((group) => group.options).find((entry) => entry.value === row?.zone);
  const chosenDays = days.filter((day) => ownDays.includes(Number(day.value)));
  const limit = (id: string, label: string, value: number | null, hint: string) =>
    input(
      id,
      label,
      {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '1',
        ...(value !== null && { initial_value: String(value) }),
      },
      { hint, optional: true },
    );
  const knownTags = tags.length === 0 ? '' : ` The playbook’s rules ask for: ${tags.join(', ')}.`;
  return {
    type: 'modal',
    callback_id: 'rep',
    private_metadata: JSON.stringify({ salesTeamId: team.id, userId: rep.userId }),
    title: plain('A rep’s settings', 24),
    submit: plain('Save', 24),
    close: plain('Back', 24),
    blocks: [
      section(`Settings of ${user(rep.userId)}. Whatever is left empty is as the team has it.`),
      input(
        'weight',
        'Weight',
        {
          type: 'static_select',
          options: weights,
          initial_option: weights[Math.min(Math.max(rep.weight, 1), 10) - 1] ?? weights[0],
        },
        { hint: 'Somebody with weight 2 gets twice as many new leads as somebody with weight 1.' },
      ),
      limit(
        'most_open',
        'Open leads at most',
        rep.mostOpen,
        'Who has that many gets no new one. Empty: no limit.',
      ),
      limit('most_new', 'New leads a day at most', rep.mostNewADay, 'Empty: no limit.'),
      input(
        'tags',
        'Tags',
        {
          type: 'plain_text_input',
          max_length: 300,
          ...(rep.tags.length > 0 && { initial_value: rep.tags.join(', ') }),
        },
        {
          hint: `Words with commas between them, such as german, enterprise. Which leads ask for which tag is written in the playbook.${knownTags}`,
          optional: true,
        },
      ),
      input('zone', 'Time zone', {
        type: 'static_select',
        option_groups: zones,
        initial_option: ownZone ?? teamZone,
      }),
      input(
        'days',
        'Working days',
        { type: 'checkboxes', options: days, ...(chosenDays.length > 0 && { initial_options: chosenDays }) },
        { hint: `None: the team’s, ${dayList(team.workingDays)}.`, optional: true },
      ),
      input(
        'start',
        'The day starts',
        { type: 'timepicker', ...(row?.day_start != null && { initial_time: row.day_start }) },
        { hint: `Empty: ${team.dayStart}.`, optional: true },
      ),
      input(
        'end',
        'The day ends',
        { type: 'timepicker', ...(row?.day_end != null && { initial_time: row.day_end }) },
        { hint: `Empty: ${team.dayEnd}.`, optional: true },
      ),
      regionInput(
        row?.region ?? null,
        `Such as DE or DE-BY. Empty: ${team.region ?? 'none besides the playbook’s'}.`,
      ),
    ],
  };
}
