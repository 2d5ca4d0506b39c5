import type { Logger } from 'pino';
import type { Listener } from '../slack/listener.ts';
import { takePost } from './take-post.ts';

/** Every post in a channel the app is in. */
export function intakeListeners(log: Logger): readonly Listener[] {
  return [
    {
      on: 'message',
      handle: async (work, event) => {
        await takePost(work, event, log);
      },
    },
  ];
}
