import { z } from 'zod';
import { leadById } from '../lead/store.ts';
import { defineMessage } from '../outbox/message.ts';
import { idOf, type Listener, onAction } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { flagConfirmation } from './blocks.ts';
import { flagLead, undoFlag } from './feedback.ts';
import { flagById } from './store.ts';

/** Confirms a one-click reason; not sent for one that is taken back already. */
export const flagSaved = defineMessage('flag_saved', z.object({ flagId: z.number() }), async (work, data) => {
  const flag = await flagById(work, data.flagId);
  return flag.undone_at === null ? flagConfirmation(flag, await leadById(work, flag.lead_id)) : null;
});

export const feedbackListeners: readonly Listener[] = [
  onAction('flag', async (work, click) => {
    const [lead = '', reason = ''] = click.value.split(':');
    const flag = await flagLead(work, idOf(lead), click.userId, reason);
    return { say: flagSaved.of({ flagId: flag.id }) };
  }),

  onAction('flag_undo', async (work, click) => {
    await undoFlag(work, idOf(click.value), click.userId);
    return { replace: note.of({ text: 'Taken back. It is no longer counted.' }) };
  }),
];
