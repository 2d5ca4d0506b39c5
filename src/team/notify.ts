import { createHash } from 'node:crypto';
import { DAY } from '../calendar/civil.ts';
import type { OutboxRow } from '../db/schema.ts';
import { postDirect } from '../outbox/enqueue.ts';
import type { PlaybookError } from '../playbook/parse.ts';
import { escape, truncate } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Work } from '../work.ts';
import { allTeams, teamOfChannel, teamsOfMarketingChannel } from './store.ts';
import type { Team } from './team.ts';

/** Tells the managers about something only they can mend: once a day for the same trouble. */
async function notifyManagers(work: Work, teams: readonly Team[], text: string): Promise<void> {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const day = Math.floor(work.now / DAY);
  for (const userId of new Set(teams.flatMap((team) => team.managers))) {
    await postDirect(work, note.of({ text }), userId, `manager:${userId}:${digest}:${day}`);
  }
}

export async function notifyPlaybookMistake(work: Work, error: PlaybookError): Promise<void> {
  const mistakes = escape(truncate(error.message, 2500));
  const text = `:warning: The playbook can't be used as it is. I keep working with the last good version. Please correct the file; I read it again within a minute.\n\`\`\`\n${mistakes}\n\`\`\``;
  await notifyManagers(work, await allTeams(work), text);
}

const advice: Record<string, string> = {
  not_in_channel: 'Type `/invite @Sixth Touch` there.',
  channel_not_found:
    'If it is private, type `/invite @Sixth Touch` there; if it is gone, choose another with `/leads setup`.',
  is_archived: 'Unarchive it, or choose another with `/leads setup`.',
  restricted_action: 'An admin has limited who may post there.',
};

/**
 * Tells the managers that a message will never arrive. A direct message that fails has no other way to them; the log
 * has it.
 */
export async function notifyDeadMessage(work: Work, row: OutboxRow, error: string): Promise<void> {
  const channelId = row.channel_id;
  if (row.kind !== 'post' || channelId === null) return;
  const team = await teamOfChannel(work, channelId);
  const concerned = team ? [team] : await teamsOfMarketingChannel(work, channelId);
  const what =
    advice[error] ?? `Slack says \`${escape(error)}\`; the log has the details under outbox row ${row.id}.`;
  await notifyManagers(
    work,
    concerned.length > 0 ? concerned : await allTeams(work),
    `:warning: I could not post in <#${channelId}>. ${what}`,
  );
}
