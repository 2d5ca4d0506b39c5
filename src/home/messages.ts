import { z } from 'zod';
import { moreLeads } from '../more/more.ts';
import { defineMessage } from '../outbox/message.ts';
import { listOfName } from '../queue/answer-list.ts';
import { myQueue } from '../queue/my-queue.ts';

/** A list that a command was answered with, brought up to date after a click in it. */
export const answerList = defineMessage(
  'answer_list',
  z.object({ userId: z.string(), list: z.string() }),
  async (work, { userId, list: name }) => {
    const list = listOfName(name);
    if (!list) return null;
    return list.kind === 'more' ? moreLeads(work, userId, list) : myQueue(work, userId, list);
  },
);
