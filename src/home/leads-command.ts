import { digestMessage } from '../digest/messages.ts';
import { Refusal } from '../errors.ts';
import type { Rendered } from '../outbox/message.ts';
import { section } from '../slack/kit.ts';
import { type CommandReply, type Listener, onCommand, type SlashCommand } from '../slack/listener.ts';
import { openSetup } from '../team/setup.ts';
import { teamOfChannel, teamsOfMarketingChannel, teamsOfMember } from '../team/store.ts';
import { DAY } from '../calendar/civil.ts';
import { endOfLocalDay } from '../calendar/zone.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { helpText, renderQueue } from './blocks.ts';
import { type QueueItem, queueOf } from './queue.ts';
import { cardPlaces, openLeadsOf } from './store.ts';

/** `/leads`: the word behind it picks the answer, none means the queue. */
export const leadsListeners: readonly Listener[] = [
  onCommand('/leads', async (work, command): Promise<CommandReply> => {
    const word = command.text.split(/\s+/)[0]?.toLowerCase() ?? '';
    switch (word) {
      case '':
        return myQueue(work, command);
      case 'digest':
        return myDigest(work, command);
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

const noTeam =
  'You are in no sales team yet. Go to the channel where your leads arrive, invite the app, and type `/leads setup` there.';

async function myQueue(work: Work, command: SlashCommand): Promise<Rendered> {
  const teams = await teamsOfMember(work, command.userId);
  if (teams.length === 0) throw new Refusal(noTeam);
  const items: QueueItem[] = [];
  for (const team of teams) items.push(...(await teamQueue(work, team, command.userId)));
  return renderQueue(
    items,
    await cardPlaces(
      work,
      items.map((item) => item.lead),
    ),
    work.workspace.url,
  );
}

async function teamQueue(work: Work, team: Team, userId: string): Promise<QueueItem[]> {
  const leads = await openLeadsOf(work, team.id, userId);
  const nudged = new Map<number, readonly number[]>();
  for (const { playbook_version: version } of leads) {
    if (!nudged.has(version))
      nudged.set(version, (await work.playbooks.version(work.db, version)).nudgeAttempts);
  }
  const nudgeAttempts = (lead: { playbook_version: number }) => nudged.get(lead.playbook_version) ?? [];
  return queueOf(leads, nudgeAttempts, work.now, endOfLocalDay(team.calendar.zone, work.now));
}

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
