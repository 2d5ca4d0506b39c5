import { Refusal } from '../errors.ts';
import type { Rendered } from '../outbox/message.ts';
import { fitting } from '../slack/kit.ts';
import { type Listener, onCommand } from '../slack/listener.ts';
import { teamOfChannel, teamsOfMember } from '../team/store.ts';
import { isManager } from '../team/team.ts';
import { renderStandup } from './blocks.ts';
import { standupOf } from './standup.ts';

export const standupListeners: readonly Listener[] = [
  onCommand('/standup', async (work, command): Promise<Rendered> => {
    const here = await teamOfChannel(work, command.channelId);
    const managed =
      here && isManager(here, command.userId)
        ? [here]
        : (await teamsOfMember(work, command.userId)).filter((team) => isManager(team, command.userId));
    if (managed.length === 0) throw new Refusal('`/standup` is for managers. Your own leads: `/leads`.');
    const standups: Rendered[] = [];
    for (const team of managed) standups.push(renderStandup(await standupOf(work, team)));
    return {
      text: standups.map((standup) => standup.text).join(' '),
      blocks: fitting(standups.flatMap((standup) => standup.blocks ?? []).slice(0, 50), 9500),
    };
  }),
];
