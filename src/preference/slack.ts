import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { type FormReply, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { teamsOfMember } from '../team/store.ts';
import type { Work } from '../work.ts';
import { preferencesModal } from './blocks.ts';
import { readPreferences } from './form.ts';
import { preferencesOf, savePreferences } from './store.ts';

export const preferenceListeners: readonly Listener[] = [
  onAction('preferences', async (work, { userId }) => {
    await refuseStrangers(work, userId);
    return { open: preferencesModal(await preferencesOf(work, userId)) };
  }),

  onSubmit('preferences', async (work, form): Promise<FormReply | void> => {
    await refuseStrangers(work, form.userId);
    const { chosen, errors } = readPreferences(form);
    if (Object.keys(errors).length > 0) return errors;
    await savePreferences(work, form.userId, chosen);
    await recordAudit(work, {
      actor: form.userId,
      action: 'preferences.changed',
      detail: { ...chosen },
    });
    return undefined;
  }),
];

async function refuseStrangers(work: Work, userId: string): Promise<void> {
  if ((await teamsOfMember(work, userId)).length > 0) return;
  throw new Refusal('You are in no team’s roster. A manager can add you with `/leads setup`.');
}
