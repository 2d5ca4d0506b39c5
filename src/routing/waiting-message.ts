import { z } from 'zod';
import { tagOfWait } from '../lead/waiting.ts';
import { defineMessage, type Rendered } from '../outbox/message.ts';
import { context, count, line, section } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { waitingCounts, type WaitingCount } from './store.ts';

/** Tells a manager how many leads wait for room, and why; kept up to date while more come. */
export const waitingNews = defineMessage(
  'waiting_news',
  /** `tag`: of the reps they wait for; null for all of them. */
  z.object({ salesTeamId: z.number(), tag: z.string().nullable() }),
  async (work, { salesTeamId, tag }) => {
    const team = await teamById(work, salesTeamId);
    const counts = (await waitingCounts(work, salesTeamId)).filter(({ why }) => tagOfWait(why) === tag);
    return counts.length === 0 ? null : renderWaiting(team.name, counts);
  },
);

/** So many reasons and channels are told apart. */
const shownCounts = 10;

/** @param counts at least one */
export function renderWaiting(teamName: string, counts: readonly WaitingCount[]): Rendered {
  const leads = counts.reduce((sum, each) => sum + each.leads, 0);
  const headline = `${count(leads, 'lead')} of ${line(teamName, 60)} ${leads === 1 ? 'waits' : 'wait'} for a rep`;
  // The reason is a sentence of routing's, with nothing of a lead in it.
  const rows = counts
    .slice(0, shownCounts)
    .map((each) => `• ${each.leads} in <#${each.channelId}>: ${each.why}.`);
  return {
    text: `${headline}.`,
    blocks: [
      section([`:hourglass: *${headline}.*`, ...rows].join('\n')),
      context(
        'Each goes to a rep by itself as soon as one can take it. To make room, change limits and tags with `/leads setup` → *Reps…*, or take some yourself.',
      ),
    ],
  };
}
