import { leadById } from '../lead/store.ts';
import { idOf, type Listener, onAction } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { flagTakenBack } from './blocks.ts';
import { flagLead, undoFlag } from './feedback.ts';
import { flagSaved } from './messages.ts';

export const feedbackListeners: readonly Listener[] = [
  onAction('flag', async (work, click) => {
    const [lead = '', reason = ''] = click.value.split(':');
    const flag = await flagLead(work, idOf(lead), click.userId, reason);
    return { say: flagSaved.of({ flagId: flag.id }) };
  }),

  onAction('flag_undo', async (work, click) => {
    const flag = await undoFlag(work, idOf(click.value), click.userId);
    return { replace: note.of({ text: flagTakenBack(flag, await leadById(work, flag.lead_id)) }) };
  }),
];
