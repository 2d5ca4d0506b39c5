import { awayCommand, backCommand } from '../away/command.ts';
import { openAddForm } from '../byhand/add-lead.ts';
import { digestMessage } from '../digest/messages.ts';
import { Refusal } from '../errors.ts';
import { section } from '../slack/kit.ts';
import { type CommandReply, type Listener, onCommand, type SlashCommand } from '../slack/listener.ts';
import { whyLead } from '../routing/why.ts';
import { moreLeads } from '../more/more.ts';
import { findLeads } from '../story/find.ts';
import { openSetup } from '../team/setup.ts';
import { teamOfChannel, teamsOfMarketingChannel, teamsOfMember } from '../team/store.ts';
import { DAY } from '../calendar/civil.ts';
import { openImport } from '../imports/slack.ts';
import type { Work } from '../work.ts';
import { myQueue } from '../queue/my-queue.ts';
import { helpText } from './help.ts';
import { answerList } from './messages.ts';

/** `/leads`: the word behind it picks the answer, none means the queue. */
export const leadsListeners: readonly Listener[] = [
  { on: 'list', handle: (userId, list) => answerList.of({ userId, list }) },

  onCommand('/leads', async (work, command): Promise<CommandReply> => {
    const word = command.text.split(/\s+/)[0]?.toLowerCase() ?? '';
    switch (word) {
      case '':
      case 'queue':
      case 'list':
        return myQueue(work, command.userId);
      case 'add':
        return {
          open: await openAddForm(work, command.userId, command.channelId, command.text.slice(word.length)),
        };
      case 'find':
        return findLeads(work, command.userId, command.text.slice(word.length));
      case 'more':
        return moreLeads(work, command.userId);
      case 'import':
        return { open: await openImport(work, command.channelId, command.userId) };
      case 'away':
        return awayCommand(work, command.userId, command.text.slice(word.length));
      case 'back':
        return backCommand(work, command.userId, command.text.slice(word.length));
      case 'digest':
        return myDigest(work, command);
      case 'why':
        return whyLead(work, command.userId, command.text.slice(word.length));
      case 'setup':
        return { open: await openSetup(work, command.channelId, command.userId) };
      case 'help':
        return { text: 'What you can type', blocks: [section(helpText)] };
      default:
        throw new Refusal(
          `I don't know \`/leads ${word.slice(0, 40).replace(/[`<>&]/g, '')}\`.\n\n${helpText}`,
        );
    }
  }),
];

/** The digest of the teams that belong to this channel, else of those the person is in. */
async function myDigest(work: Work, command: SlashCommand): Promise<CommandReply> {
  const here = await teamOfChannel(work, command.channelId);
  let teams = here ? [here] : await teamsOfMarketingChannel(work, command.channelId);
  if (teams.length === 0) teams = await teamsOfMember(work, command.userId);
  const team = teams[0];
  if (!team) {
    throw new Refusal(
      'There is no digest here. Type `/leads digest` in a lead channel or in the marketing channel.',
    );
  }
  return { reply: digestMessage.of({ salesTeamId: team.id, from: work.now - 7 * DAY, to: work.now }) };
}
