import { createHash } from 'node:crypto';
import { DAY } from '../calendar/civil.ts';
import type { OutboxRow } from '../db/schema.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { messageOfSlot } from '../outbox/store.ts';
import type { PlaybookError } from '../playbook/parse.ts';
import { escape, truncate } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Work } from '../work.ts';
import { allTeams, teamOfChannel, teamsOfMarketingChannel } from './store.ts';
import type { Team } from './team.ts';

/** Tells the managers about something only they can mend: once a day for the same `trouble`. */
async function notifyManagers(
  work: Work,
  teams: readonly Team[],
  text: string,
  trouble = text,
): Promise<void> {
  const digest = createHash('sha256').update(trouble).digest('hex').slice(0, 16);
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
  thread_not_posted: 'The message whose thread it belongs to is gone.',
  not_in_channel: 'Type `/invite @Sixth Touch` there.',
  channel_not_found:
    'If it is private, type `/invite @Sixth Touch` there; if it is gone, choose another with `/leads setup`.',
  is_archived: 'Unarchive it, or choose another with `/leads setup`.',
  restricted_action: 'An admin has limited who may post there.',
};

/**
 * Tells the managers of the channel's teams that a message will never arrive, or never be brought up to date. A
 * direct message that fails has no other way to them, and a channel without a team no manager; the log has it.
 */
export async function notifyDeadMessage(work: Work, row: OutboxRow, error: string): Promise<void> {
  // A message that somebody deleted needs no update.
  if (row.kind === 'update' && error === 'message_not_found') return;
  const channelId = await channelOf(work, row);
  if (channelId === undefined) return;
  const team = await teamOfChannel(work, channelId);
  const concerned = team ? [team] : await teamsOfMarketingChannel(work, channelId);
  const what = row.kind === 'update' ? 'bring a message up to date' : 'post';
  const how =
    advice[error] ?? `Slack says \`${escape(error)}\`; the log has the details under outbox row ${row.id}.`;
  await notifyManagers(
    work,
    concerned,
    `:warning: I could not ${what} in <#${channelId}>. ${how}`,
    `${what} ${channelId} ${advice[error] ?? error}`,
  );
}

async function channelOf(work: Work, row: OutboxRow): Promise<string | undefined> {
  if (row.kind === 'post') return row.channel_id ?? undefined;
  if (row.kind !== 'update' || row.slot === null) return undefined;
  return (await messageOfSlot(work.db, row.team_id, row.slot))?.channelId;
}
