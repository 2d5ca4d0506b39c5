import { openAddForm } from '../byhand/add-lead.ts';
import { digestMessage } from '../digest/messages.ts';
import { cardUrls } from '../card/store.ts';
import type { LeadRow } from '../db/schema.ts';
import { Refusal } from '../errors.ts';
import type { Rendered } from '../outbox/message.ts';
import { section } from '../slack/kit.ts';
import { type CommandReply, type Listener, onCommand, type SlashCommand } from '../slack/listener.ts';
import { openSetup } from '../team/setup.ts';
import { teamOfChannel, teamsOfMarketingChannel, teamsOfMember } from '../team/store.ts';
import { DAY } from '../calendar/civil.ts';
import { endOfLocalDay } from '../calendar/zone.ts';
import { openImport } from '../imports/slack.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { emptyQueue, helpText, renderQueue, shownInQueue } from './blocks.ts';
import { queueOf, type QueueRules } from './queue.ts';
import { openLeadsOf } from './store.ts';

/** `/leads`: the word behind it picks the answer, none means the queue. */
export const leadsListeners: readonly Listener[] = [
  onCommand('/leads', async (work, command): Promise<CommandReply> => {
    const word = command.text.split(/\s+/)[0]?.toLowerCase() ?? '';
    switch (word) {
      case '':
      case 'queue':
      case 'list':
        return myQueue(work, command);
      case 'add':
        return {
          open: await openAddForm(work, command.userId, command.channelId, command.text.slice(word.length)),
        };
      case 'import':
        return { open: await openImport(work, command.channelId, command.userId) };
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
  'You have no leads here. Reps: ask a manager to add you with `/leads setup`. Marketing: `/leads digest`.';

/** One order over all the person's teams, each lead by its own team's day. */
async function myQueue(work: Work, command: SlashCommand): Promise<Rendered> {
  const teams = await teamsOfMember(work, command.userId);
  if (teams.length === 0) throw new Refusal(noTeam);
  const leads: LeadRow[] = [];
  for (const team of teams) leads.push(...(await openLeadsOf(work, team.id, command.userId)));
  if (leads.length === 0) return emptyQueue(teams.some((team) => isManager(team, command.userId)));
  const items = queueOf(leads, await queueRules(work, teams, leads), work.now);
  const shown = items.slice(0, shownInQueue).map(({ lead }) => lead.id);
  return renderQueue(items, await cardUrls(work, shown));
}

async function queueRules(
  work: Work,
  teams: readonly Team[],
  leads: readonly LeadRow[],
): Promise<QueueRules> {
  const days = new Map(teams.map((team) => [team.id, endOfLocalDay(team.calendar.zone, work.now)]));
  const nudged = new Map<number, readonly number[]>();
  for (const { playbook_version: version } of leads) {
    if (!nudged.has(version))
      nudged.set(version, (await work.playbooks.version(work.db, version)).nudgeAttempts);
  }
  return {
    nudgeAttempts: (lead) => nudged.get(lead.playbook_version) ?? [],
    endOfDay: (lead) => days.get(lead.sales_team_id) ?? work.now,
  };
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
