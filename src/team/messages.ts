import { z } from 'zod';
import { defineMessage } from '../outbox/message.ts';
import * as blocks from './blocks.ts';
import { teamById } from './store.ts';

export const greetingMessage = defineMessage('greeting', z.object({}), () => blocks.greeting());

/** Tells the channel that it has a team now. */
export const setupDoneMessage = defineMessage(
  'setup_done',
  z.object({ salesTeamId: z.number(), by: z.string() }),
  async (work, data) => blocks.setupDone(await teamById(work, data.salesTeamId), data.by),
);

export const marketingHello = defineMessage(
  'marketing_hello',
  z.object({ salesTeamId: z.number() }),
  async (work, data) => blocks.marketingHello(await teamById(work, data.salesTeamId)),
);
