import { type FormReply, idOf, type Listener, onAction, onSubmit } from '../../slack/listener.ts';
import { textValue } from '../../slack/payload.ts';
import type { Work } from '../../work.ts';
import { teamManagedBy } from '../setup.ts';
import type { Team } from '../team.ts';
import { readRep, repMetadata } from './form.ts';
import { openRep, openReps, saveRepSettings } from './settings.ts';

/**
 * *Reps…* in the team's setup.
 * @param settled called when settings have changed: leads that wait for a rep may flow again
 */
export function repListeners(settled: (work: Work, team: Team) => Promise<unknown>): readonly Listener[] {
  return [
    onAction('rep_list', async (work, { value, userId }) => ({
      open: await openReps(work, idOf(value), userId),
    })),

    onSubmit('reps', async (work, form): Promise<FormReply> => {
      const salesTeamId = idOf(form.metadata);
      const team = await teamManagedBy(work, salesTeamId, form.userId);
      const chosen = textValue(form, 'rep');
      if (!team.reps.includes(chosen))
        return { rep: 'Choose somebody from the list below; others are not in the roster.' };
      return { next: await openRep(work, salesTeamId, chosen, form.userId) };
    }),

    onSubmit('rep', async (work, form): Promise<FormReply> => {
      const { salesTeamId, userId } = repMetadata.parse(JSON.parse(form.metadata));
      const team = await teamManagedBy(work, salesTeamId, form.userId);
      const { values, errors } = readRep(form, team);
      if (Object.keys(errors).length > 0) return errors;
      await saveRepSettings(work, team, { userId, by: form.userId, values });
      await settled(work, team);
      return { next: await openReps(work, salesTeamId, form.userId, userId) };
    }),
  ];
}
