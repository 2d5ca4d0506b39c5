import { z } from 'zod';
import { defineMessage } from '../outbox/message.ts';
import { section } from './kit.ts';

/** A sentence for one person: a refusal, a confirmation without buttons. The text is mrkdwn, already escaped. */
export const note = defineMessage('note', z.object({ text: z.string() }), (_work, { text }) => ({
  text: text.replace(/[*`]/g, ''),
  blocks: [section(text)],
}));
