import { type Listener, onAction } from '../slack/listener.ts';
import { decideOnDeparture } from './departure.ts';
import { decideOnLeads } from './hand-on.ts';
import { takeUserChange } from './changed-user.ts';

export const awayListeners: readonly Listener[] = [
  { on: 'user', handle: takeUserChange },

  onAction('absence', async (work, { value, variant, userId }) => {
    const [absenceId = 0, salesTeamId = 0] = value.split(':').map(Number);
    if (variant !== 'hand_on' && variant !== 'leave') throw new Error(`No such decision: ${variant}`);
    await decideOnLeads(work, { absenceId, salesTeamId, by: userId, handOn: variant === 'hand_on' });
  }),

  onAction('departure', async (work, { value, variant, userId: by }) => {
    const [salesTeamId = '', userId = '', at = ''] = value.split(':');
    if (variant !== 'hand_on' && variant !== 'leave') throw new Error(`No such decision: ${variant}`);
    const departure = { salesTeamId: Number(salesTeamId), userId, at: Number(at) };
    await decideOnDeparture(work, departure, { by, handOn: variant === 'hand_on' });
  }),
];
