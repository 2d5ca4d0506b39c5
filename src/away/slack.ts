import { type Listener, onAction } from '../slack/listener.ts';
import { decideOnLeads } from './hand-on.ts';
import { takeUserChange } from './changed-user.ts';

export const awayListeners: readonly Listener[] = [
  { on: 'user', handle: takeUserChange },

  onAction('absence', async (work, { value, variant, userId }) => {
    const [absenceId = 0, salesTeamId = 0] = value.split(':').map(Number);
    if (variant !== 'hand_on' && variant !== 'leave') throw new Error(`No such decision: ${variant}`);
    await decideOnLeads(work, { absenceId, salesTeamId, by: userId, handOn: variant === 'hand_on' });
  }),
];
