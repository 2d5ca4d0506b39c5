import { Refusal } from '../errors.ts';
import { type Listener, onAction } from '../slack/listener.ts';
import { nudgeOfButton } from './blocks.ts';
import { snoozeNudge } from './nudge.ts';

export const nudgeListeners: readonly Listener[] = [
  onAction('snooze', async (work, click) => {
    if (click.variant !== '1h' && click.variant !== 'tomorrow')
      throw new Refusal('Choose how long to snooze.');
    await snoozeNudge(work, nudgeOfButton(click.value), click.userId, click.variant);
  }),
];
