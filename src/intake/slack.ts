import type { Logger } from 'pino';
import { z } from 'zod';
import type { Listener } from '../slack/listener.ts';
import { receivePost } from './receive.ts';

/** The little we rely on; what the post says is read by `readPost`, which trusts nothing. */
const messageEvent = z.looseObject({
  channel: z.string(),
  ts: z.string(),
  subtype: z.string().optional(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
});

/** Every post in a channel the app is in. */
export function intakeListeners(log: Logger): readonly Listener[] {
  return [
    {
      on: 'message',
      handle: async (work, event) => {
        const parsed = messageEvent.safeParse(event);
        if (!parsed.success) return;
        const message = parsed.data;
        // Our own cards are no leads, and what is said in threads is talk about leads.
        if (message.user === work.workspace.botUserId) return;
        if (message.thread_ts !== undefined && message.thread_ts !== message.ts) return;
        const received = await receivePost(work, message.channel, message);
        if (received.outcome === 'not_lead') {
          log.debug({ channel: message.channel, ts: message.ts }, 'a post that is no lead was left alone');
        }
      },
    },
  ];
}
