import { z } from 'zod';
import { defineMessage } from '../outbox/message.ts';
import { teamById } from '../team/store.ts';
import { renderDigest } from './blocks.ts';
import { digestOf } from './digest.ts';

const digestData = z.object({
  salesTeamId: z.number(),
  from: z.number(),
  to: z.number(),
  /** The weekly post, which asks marketing for an answer; else the reply to somebody who asked. */
  weekly: z.boolean().optional(),
});

/** The digest as it goes to the marketing channel, or to whoever asks for it. */
export const digestMessage = defineMessage(
  'digest',
  digestData,
  async (work, { salesTeamId, from, to, weekly }) => {
    const team = await teamById(work, salesTeamId);
    return renderDigest(await digestOf(work, team, { from, to }), weekly);
  },
);
