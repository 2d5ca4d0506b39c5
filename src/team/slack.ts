import { assertZone } from '../calendar/zone.ts';
import { Refusal } from '../errors.ts';
import { post } from '../outbox/enqueue.ts';
import { reviveDead } from '../outbox/store.ts';
import { escape } from '../slack/kit.ts';
import { type FieldErrors, type Listener, onAction, onSubmit, type Submission } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { listValue, textValue } from '../slack/payload.ts';
import { modeOf, setupChanged } from './blocks.ts';
import { readRegion, regionMistake } from './holidays.ts';
import { greetingMessage, marketingHello, setupDoneMessage } from './messages.ts';
import { repListeners } from './people/slack.ts';
import { openSetup, saveSetup } from './setup.ts';
import { teamOfChannel, teamsOfMarketingChannel } from './store.ts';
import type { Work } from '../work.ts';
import type { Team, TeamSettings } from './team.ts';

/**
 * The setup of a channel's team.
 * @param settled called when settings have changed: leads that wait for a rep may flow again
 * @param rosterChanged called before that, with the team as it was; undefined for a new one
 */
export const teamListeners = (
  settled: (work: Work, team: Team) => Promise<unknown>,
  rosterChanged: (work: Work, before: Team | undefined, team: Team) => Promise<void>,
): readonly Listener[] => [
  {
    on: 'join',
    handle: async (work, join) => {
      if (join.userId !== work.workspace.botUserId) return;
      await reviveDead(work.db, work.workspace.teamId, join.channelId, work.now);
      if (await teamOfChannel(work, join.channelId)) return;
      if ((await teamsOfMarketingChannel(work, join.channelId)).length > 0) return;
      await post(work, greetingMessage.of({}), {
        channelId: join.channelId,
        dedupeKey: `greeting:${join.channelId}:${join.eventTs}`,
      });
    },
  },

  onAction('team_setup', async (work, click) => {
    if (click.channelId === undefined)
      throw new Refusal('Type `/leads setup` in the channel where leads arrive.');
    return { open: await openSetup(work, click.channelId, click.userId) };
  }),

  onSubmit('team_setup', async (work, form): Promise<FieldErrors | void> => {
    const { settings, errors } = readSetup(form);
    if (Object.keys(errors).length > 0) return errors;
    const channelId = form.metadata;
    const { team, before, changes } = await saveSetup(work, channelId, form.userId, settings);
    const by = form.userId;
    if (!before) await post(work, setupDoneMessage.of({ salesTeamId: team.id, by }), { channelId });
    else if (changes.length > 0) {
      await post(work, note.of({ text: setupChanged(by, changes) }), { channelId });
    }
    if (!before || changes.length > 0) await rosterChanged(work, before, team);
    await settled(work, team);
    if (team.marketingChannelId !== channelId) {
      await post(work, marketingHello.of({ salesTeamId: team.id }), {
        channelId: team.marketingChannelId,
        dedupeKey: `marketing_hello:${team.id}:${team.marketingChannelId}`,
      });
    }
  }),

  ...repListeners(settled),
];

/** Reads the form; every field that can't be used gets a sentence of its own. */
function readSetup(form: Submission): { settings: TeamSettings; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const region = textValue(form, 'region');
  const settings: TeamSettings = {
    name: textValue(form, 'name'),
    mode: modeOf(textValue(form, 'mode')) ?? 'claim',
    zone: textValue(form, 'zone'),
    workingDays: listValue(form, 'days').map(Number).sort(),
    dayStart: textValue(form, 'start'),
    dayEnd: textValue(form, 'end'),
    region: region === '' ? null : (readRegion(region) ?? null),
    marketingChannelId: textValue(form, 'marketing'),
    reps: listValue(form, 'reps'),
    managers: listValue(form, 'managers'),
  };
  if (settings.name === '') errors['name'] = 'Give the team a name.';
  if (settings.reps.length === 0) errors['reps'] = 'Choose at least one rep.';
  if (settings.managers.length === 0) errors['managers'] = 'Choose at least one manager; it may be you.';
  if (settings.marketingChannelId === '') errors['marketing'] = 'Choose a channel for the weekly digest.';
  if (settings.workingDays.length === 0) errors['days'] = 'Choose at least one working day.';
  if (settings.dayStart === '') errors['start'] = 'Choose when the day starts.';
  if (settings.dayEnd === '') errors['end'] = 'Choose when the day ends.';
  else if (settings.dayEnd <= settings.dayStart) errors['end'] = 'The day has to end after it starts.';
  if (region !== '' && settings.region === null) errors['region'] = regionMistake;
  try {
    assertZone(settings.zone);
  } catch {
    errors['zone'] = `Choose a time zone; “${escape(settings.zone)}” is none.`;
  }
  return { settings, errors };
}
